import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeQuery, formatQuery } from '../../../src/index/query/format.js';
import { type ParsedQuery, parseQuery } from '../../../src/index/query/parse.js';
import type { Query } from '../../../src/index/query/query.js';
import { limits } from '../../../src/limits.js';

function parsed(text: string): Query {
  const result = parseQuery(text);
  assert.ok(result.ok, `${text}: ${JSON.stringify(result)}`);
  return result.query;
}

function notes(text: string): string[] {
  const result = parseQuery(text);
  assert.ok(result.ok);
  return result.notes.map((note) => note.message);
}

/** Canonical text: a short way to write down a tree. */
function meaning(text: string): string {
  return formatQuery(parsed(text));
}

describe('how words combine', () => {
  const cases: readonly (readonly [text: string, meaning: string])[] = [
    ['a b c', 'a b c'],
    ['a AND b c', 'a b c'],
    ['a b OR c d', '(a b) OR (c d)'],
    ['a (b OR c) d', 'a (b OR c) d'],
    ['(a b) c', 'a b c'],
    ['a OR (b OR c)', 'a OR b OR c'],
    ['a -b', 'a -b'],
    ['a NOT b', 'a -b'],
    ['a AND NOT b', 'a -b'],
    ['NOT NOT a', 'a'],
    ['-(a b)', '-(a b)'],
    ['-a OR b', '-a OR b'],
    ['NOT a b', '-a b'],
    ['a or b and not c', 'a or b and not c'],
    ['((a))', 'a'],
    ['', ''],
    [' \t\u3000', ''],
    ['*', ''],
    ['* a', 'a'],
    ['* OR a', ''],
    ['NOT *', '-*'],
    ['a NOT *', '-*'],
    ['budget*', 'budget*'],
    ['"cost over"*', '"cost over"*'],
    ['a"b c"d', 'a "b c" d'],
    ['“b c”', '"b c"'],
    ['„b c“', '"b c"'],
    ['"AND"', '"AND"'],
    ['"say ""no"" now"', '"say no now"'],
    ['--force', 'force'],
    ['-5', '-5'],
    ['a-b', 'a-b'],
    ['a - b', 'a b'],
    ['foo(bar)', 'foo bar'],
    ['invoice, please.', 'invoice please'],
  ];
  for (const [text, wanted] of cases) {
    test(`${text} means ${wanted}`, () => {
      assert.equal(meaning(text), wanted);
    });
  }
});

describe('fields', () => {
  const cases: readonly (readonly [text: string, meaning: string])[] = [
    ['from:(anna OR "Bob Smith")', 'from:anna OR from:"Bob Smith"'],
    ['FROM:Anna To: bob', 'from:Anna to:bob'],
    ['-cc:bob@enron.com', '-cc:bob@enron.com'],
    ['subject:(a -b) c', 'subject:a -subject:b c'],
    ['any:ann*', 'any:ann*'],
    ['body:(cost NEAR/3 overrun)', 'body:NEAR(cost overrun, 3)'],
    ['own:NEAR(cost overrun)', 'own:NEAR(cost overrun, 10)'],
    ['type:(pdf OR image)', 'type:pdf OR type:image'],
    ['type:.PDF', 'type:pdf'],
    ['type:Application/PDF', 'type:application/pdf'],
    ['has:Attachments', 'has:attachment'],
    ['folder:Sent/ x', 'folder:Sent x'],
    ['folder:"Sent / 2016"*', 'folder:Sent/2016*'],
    ['container:12 container:"12"', 'container:12 container:"12"'],
    ['msgid:<a.b@c>', 'msgid:<a.b@c>'],
    ['msgid:a.b@c', 'msgid:<a.b@c>'],
    ['msgid:"<a(""b)@c>"', 'msgid:"<a(""b)@c>"'],
    ['thread:0012', 'thread:12'],
    ['10:30', '"10:30"'],
    ['http://example.net/a?b=c', '"http://example.net/a?b=c"'],
    ['file://x', '"file://x"'],
    ['from:re:x', 'from:"re:x"'],
    ['std::string', '"std::string"'],
  ];
  for (const [text, wanted] of cases) {
    test(`${text} means ${wanted}`, () => {
      assert.equal(meaning(text), wanted);
    });
  }

  test('a type knows its media types and file endings', () => {
    assert.deepEqual(parsed('type:jpg'), {
      kind: 'type',
      name: 'jpg',
      mediaTypes: ['image/jpeg', 'image/jpg', 'image/pjpeg'],
      families: [],
      extensions: ['jpg', 'jpeg'],
    });
    const family = { kind: 'type', name: 'image/*', mediaTypes: [], families: ['image'], extensions: [] };
    assert.deepEqual(parsed('type:image/*'), family);
    assert.deepEqual(parsed('type:dwg'), {
      kind: 'type',
      name: 'dwg',
      mediaTypes: [],
      families: [],
      extensions: ['dwg'],
    });
  });
});

describe('dates are days of UTC with both ends included', () => {
  const cases: readonly (readonly [value: string, from: string | undefined, to: string | undefined])[] = [
    ['2016', '2016-01-01', '2017-01-01'],
    ['2016-02', '2016-02-01', '2016-03-01'],
    ['2016-02-29', '2016-02-29', '2016-03-01'],
    ['2016-03..2016-05', '2016-03-01', '2016-06-01'],
    ['2016-03..', '2016-03-01', undefined],
    ['..2016-05', undefined, '2016-06-01'],
    ['2015-12-31..2016', '2015-12-31', '2017-01-01'],
    ['2016-05-07..2016-05-07', '2016-05-07', '2016-05-08'],
    ['0099', '0099-01-01', '0100-01-01'],
    ['9999', '9999-01-01', '+010000-01-01'],
  ];
  for (const [value, from, to] of cases) {
    test(`date:${value}`, () => {
      assert.deepEqual(parsed(`date:${value}`), {
        kind: 'date',
        ...(from === undefined ? {} : { from: Date.parse(`${from}T00:00:00Z`) }),
        ...(to === undefined ? {} : { to: Date.parse(`${to}T00:00:00Z`) }),
      });
    });
  }

  test('the shortest text is written back', () => {
    const shortest: readonly (readonly [string, string])[] = [
      ['2016-01-01..2016-12-31', '2016'],
      ['2016-03-01..2016-03-31', '2016-03'],
      ['2016-01-01..2016-01-31', '2016-01'],
      ['2016-03-31..2016-03-31', '2016-03-31'],
      ['2016-01-01..2016-01-01', '2016-01-01'],
      ['2015-01-01..2016-12-31', '2015..2016'],
      ['2016-01-01..2016-05-31', '2016..2016-05'],
      ['2016-02-01..2016-12-31', '2016-02..2016'],
      ['2016-12-31..', '2016-12-31..'],
      ['..2016-12-31', '..2016'],
    ];
    for (const [written, wanted] of shortest) assert.equal(meaning(`date:${written}`), `date:${wanted}`);
  });
});

describe('sizes are bytes with both ends included', () => {
  const cases: readonly (readonly [
    value: string,
    min: number | undefined,
    max: number | undefined,
    back: string,
  ])[] = [
    ['>1M', 1048577, undefined, '>1M'],
    ['>=1M', 1048576, undefined, '>=1M'],
    ['<10k', undefined, 10239, '<10k'],
    ['<=10KiB', undefined, 10240, '<=10k'],
    ['100k..2MB', 102400, 2097152, '100k..2M'],
    ['1.5M..', 1572864, undefined, '>=1536k'],
    ['..1000', undefined, 1000, '<=1000'],
    ['1234', 1234, 1234, '1234'],
    ['0', 0, 0, '0'],
    ['>1.3k', 1332, undefined, '>=1332'],
  ];
  for (const [value, min, max, back] of cases) {
    test(`size:${value}`, () => {
      const wanted = {
        kind: 'size',
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
      };
      assert.deepEqual(parsed(`size:${value}`), wanted);
      assert.equal(meaning(`size:${value}`), `size:${back}`);
    });
  }
});

describe('a query that makes no sense says where and why', () => {
  const cases: readonly (readonly [text: string, place: string, message: RegExp])[] = [
    ['invoice "cost over', '"', /never closed/],
    ['“cost over', '“', /never closed/],
    ['a (b c', '(', /never closed/],
    ['a b)', ')', /no opening parenthesis/],
    ['a ()', '()', /nothing in these parentheses/],
    ['a OR', 'OR', /nothing after OR/],
    ['OR a', 'OR', /nothing before OR/],
    ['a OR OR b', 'OR', /nothing after OR/],
    ['(a OR) b', 'OR', /nothing after OR/],
    ['AND a', 'AND', /nothing before AND/],
    ['a AND', 'AND', /nothing after AND/],
    ['a AND OR b', 'AND', /nothing after AND/],
    ['NOT', 'NOT', /nothing after NOT/],
    ['a (NOT)', 'NOT', /nothing after NOT/],
    ['form:anna', 'form:', /not a field/],
    ['sujbect:x', 'sujbect:', /not a field/],
    ['before:2016', 'before:', /not a field/],
    ['bcc:x', 'bcc:', /not a field/],
    ['from:', 'from:', /no value/],
    ['from:-anna', 'from:', /no value/],
    ['from: OR b', 'from:', /no value/],
    ['from:(to:x)', 'to:', /inside from:/],
    ['date:2016-13', '2016-13', /no month 13/],
    ['date:2016-02-30', '2016-02-30', /no day 30/],
    ['date:2015-02-29', '2015-02-29', /no day 29/],
    ['date:2016-05..2016-4', '2016-4', /not a date/],
    ['date:2017..2016', '2017..2016', /ends before it starts/],
    ['date:..', '..', /neither/],
    ['date:yesterday', 'yesterday', /not a date/],
    ['date:201*', '201*', /does not take a \*/],
    ['size:1M', '1M', /exact/],
    ['size:>x', '>x', /not a size/],
    ['size:2M..1M', '2M..1M', /ends before/],
    ['size:<0', '<0', /smaller than 0/],
    ['size:>9999999999G', '>9999999999G', /larger/],
    ['size:..', '..', /neither/],
    ['has:html', 'html', /only has:attachment/],
    ['type:a/b/c', 'a/b/c', /not a type/],
    ['folder:/', '/', /no name/],
    ['msgid:<>', '<>', /no value/],
    ['thread:abc', 'abc', /number/],
    ['a NEAR', 'NEAR', /either side/],
    ['NEAR/5 b', 'NEAR/5', /either side/],
    ['a NEAR/5 (b c)', 'NEAR/5', /either side/],
    ['(a b) NEAR/5 c', 'NEAR/5', /either side/],
    ['a NEAR/x b', 'NEAR/x', /number from 0/],
    ['a NEAR/5 b NEAR/5 c', 'NEAR/5', /two terms only/],
    ['NEAR(a)', 'NEAR(', /at least two/],
    ['NEAR(a b', 'NEAR(', /no closing/],
    ['NEAR(a (b))', '(', /words and phrases only/],
    ['NEAR(a OR b)', 'OR', /words and phrases only/],
    ['NEAR(a from:b)', 'from:', /words and phrases only/],
    ['NEAR(a b, 1001)', ', 1001', /number from 0/],
    ['NEAR(a b, -1)', ', -1', /number from 0/],
    ['date:NEAR(a b)', 'NEAR(', /does not take NEAR/],
    ['from:(a b) NEAR c', 'NEAR', /either side/],
  ];
  for (const [text, place, message] of cases) {
    test(text, () => {
      const result: ParsedQuery = parseQuery(text);
      assert.ok(!result.ok);
      const { error } = result;
      assert.equal(text.slice(error.offset, error.offset + error.length), place);
      assert.match(error.message, message);
    });
  }

  test("a slip in a field's name is answered with the field", () => {
    const result = parseQuery('form:anna');
    assert.ok(!result.ok);
    assert.match(result.error.hint, /Did you mean from:\?/);
  });
});

describe('limits', () => {
  test('a query may have as many characters as the limit and not one more', () => {
    const longest = 'ab '.repeat(limits.maxQueryCharacters).slice(0, limits.maxQueryCharacters);
    assert.ok(parseQuery(longest).ok);
    const result = parseQuery(`${longest}c`);
    assert.ok(!result.ok);
    assert.equal(result.error.offset, limits.maxQueryCharacters);
  });

  test('parentheses may be nested as deep as the limit and not deeper', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}a${')'.repeat(depth)}`;
    assert.ok(parseQuery(nested(limits.maxQueryDepth)).ok);
    assert.ok(parseQuery(nested(limits.maxQueryDepth).repeat(2)).ok);
    const result = parseQuery(nested(limits.maxQueryDepth + 1));
    assert.ok(!result.ok);
    assert.equal(result.error.offset, limits.maxQueryDepth);
  });

  test('NEAR reaches as far as the limit and not farther', () => {
    assert.ok(parseQuery(`a NEAR/${String(limits.maxNearDistance)} b`).ok);
    assert.ok(!parseQuery(`a NEAR/${String(limits.maxNearDistance + 1)} b`).ok);
  });

  test('thousands of minus signs, quotation marks or parentheses are answered, not a crash', () => {
    for (const part of ['NOT ', '-a', '"', '(', ')', 'NEAR(', ', 5', '-(', 'from:', '*']) {
      const result = parseQuery(part.repeat(limits.maxQueryCharacters / part.length));
      assert.equal(typeof result.ok, 'boolean');
    }
  });
});

describe('notes', () => {
  test('punctuation without letters or digits is left out and said so', () => {
    assert.deepEqual(notes('a ??? b'), ['??? has no letters or digits, so it is left out.']);
    assert.deepEqual(notes('""'), ['There is nothing in these quotation marks, so it is left out.']);
    assert.equal(meaning('a OR ???'), 'a');
    assert.equal(meaning('a -???'), 'a');
    assert.equal(meaning('from:(???)'), '');
  });

  test('punctuation that matters to a reader is missed aloud, a comma is not', () => {
    assert.deepEqual(notes('C++'), ['C++ is searched as C: punctuation is not indexed.']);
    assert.deepEqual(notes('costs, (really?) “yes!”'), []);
  });

  test('a name before a colon that is no field is text', () => {
    assert.match(notes('re:budget')[0] ?? '', /^re: is not a field, so this is searched as text/);
    assert.deepEqual(notes('10:30 http://x.y Re: budget'), []);
  });
});

describe('the query as it was understood', () => {
  const cases: readonly (readonly [text: string, description: string])[] = [
    [
      'invoice own:("cost overrun" OR budget*) -from:anna',
      'invoice AND ("cost overrun" OR budget*) in own text AND NOT from anna',
    ],
    ['', 'every message'],
    ['NOT *', 'no message'],
    ['a OR b c', 'a OR (b AND c)'],
    ['-(a b)', 'NOT (a AND b)'],
    ['to:(a OR b)', 'to (a OR b)'],
    ['-cc:(a b)', 'NOT copied to (a AND b)'],
    ['any:a subject:b', 'from, to or copied to a AND b in the subject'],
    ['filename:plan quoted:x body:y', 'plan in a file name AND x in quoted text AND y in own or quoted text'],
    ['date:2016-02', 'dated 2016-02-01 to 2016-02-29 (UTC)'],
    [
      'date:2016-02-03 OR date:2017.. OR date:..2015',
      'dated 2016-02-03 (UTC) OR dated 2017-01-01 or after (UTC) OR dated 2015-12-31 or before (UTC)',
    ],
    ['size:>1M size:<10k', 'larger than 1 MB AND smaller than 10 kB'],
    ['size:100k..2M size:7', 'of 100 kB to 2 MB AND of exactly 7 bytes'],
    ['size:>=10 size:<=20', 'of at least 10 bytes AND of at most 20 bytes'],
    ['type:pdf has:attachment', 'with an attachment of type pdf AND with an attachment'],
    ['folder:Sent container:3', 'in folder "Sent" AND in container 3'],
    ['container:a.mbox*', 'in a container whose name starts with "a.mbox"'],
    ['msgid:a@b thread:7', 'with Message-ID <a@b> AND in thread 7'],
    ['cost NEAR/5 overrun', 'cost near overrun (at most 5 words between)'],
    ['C++', 'C'],
  ];
  for (const [text, wanted] of cases) {
    test(text === '' ? 'nothing' : text, () => {
      assert.equal(describeQuery(parsed(text)), wanted);
    });
  }
});
