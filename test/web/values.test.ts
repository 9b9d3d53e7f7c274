/** The small pure parts: names of files, links between queries, timelines, blocks of text. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Facet } from '../../src/index/facets.js';
import { formatQuery } from '../../src/index/query/format.js';
import { parseQuery } from '../../src/index/query/parse.js';
import type { Query } from '../../src/index/query/query.js';
import { wantedTokens } from '../../src/read/snippet.js';
import { contentDisposition, safeFileName } from '../../src/web/download.js';
import { formatSentTime, formatTime } from '../../src/web/figures.js';
import { imageType } from '../../src/web/image-type.js';
import {
  conditionOn,
  conditionOnDate,
  respelled,
  withCondition,
  withoutCondition,
} from '../../src/web/query-links.js';
import { type BlockOptions, textBlocks } from '../../src/web/text-blocks.js';
import { timeline } from '../../src/web/timeline.js';
import { visibleName, visibleText } from '../../src/web/visible-text.js';

function query(text: string): Query {
  const parsed = parseQuery(text);
  assert.ok(parsed.ok, text);
  return parsed.query;
}

describe('names of downloads', () => {
  test('hold nothing that a file system or a shell takes for something else', () => {
    assert.equal(safeFileName('../../etc/passwd', 'x'), '_.._etc_passwd');
    assert.equal(safeFileName('C:\\Windows\\a.exe', 'x'), 'C__Windows_a.exe');
    assert.equal(safeFileName('invoice\u202efdp.exe', 'x'), 'invoice_fdp.exe');
    assert.equal(safeFileName('.bashrc', 'x'), 'bashrc');
    assert.equal(safeFileName('CON.txt', 'x'), '_CON.txt');
    assert.equal(safeFileName('a\r\nSet-Cookie: b', 'x'), 'a__Set-Cookie_ b');
    assert.equal(safeFileName(' .. ', 'x.bin'), 'x.bin');
    assert.equal(safeFileName('', 'x.bin'), 'x.bin');
    assert.equal(safeFileName('\ud800.txt', 'x'), '\ufffd.txt');
  });

  test('of any length keep their ending', () => {
    const name = safeFileName(`${'ä'.repeat(500)}.pdf`, 'x');
    assert.equal(Array.from(name).length, 120);
    assert.match(name, /\.pdf$/);
  });

  test('are written as RFC 6266 and RFC 8187 want them', () => {
    assert.equal(
      contentDisposition('€ rates.pdf'),
      'attachment; filename="_ rates.pdf"; filename*=UTF-8\'\'%E2%82%AC%20rates.pdf',
    );
    assert.equal(
      contentDisposition("100% (it's).txt"),
      "attachment; filename=\"100_ (it's).txt\"; filename*=UTF-8''100%25%20%28it%27s%29.txt",
    );
  });
});

describe('links between queries', () => {
  const added = (to: string, condition: Query | undefined): string => {
    assert.ok(condition);
    return formatQuery(withCondition(query(to), condition));
  };

  test('a condition is added as text that reads back as the same query', () => {
    for (const value of ['anna@x.example', 'O"Brien OR (x', 'AND', '-a*', 'Deleted Items/2016']) {
      for (const field of ['from', 'folder']) {
        const condition = conditionOn(field, value);
        if (condition === undefined) continue;
        const text = added('invoice OR bill', condition);
        assert.equal(formatQuery(query(text)), text);
        assert.deepEqual(query(text), withCondition(query('invoice OR bill'), condition));
      }
    }
  });

  test('a date takes the place of the date before', () => {
    assert.equal(added('invoice date:2016', conditionOnDate('2016-03')), 'invoice date:2016-03');
    assert.equal(added('', conditionOnDate('2016')), 'date:2016');
  });

  test('undated is what no date finds', () => {
    const text = added('invoice', conditionOnDate(''));
    assert.equal(text, 'invoice -date:0001..');
    assert.equal(formatQuery(query(text)), text);
  });

  test('each condition can be taken back', () => {
    assert.equal(formatQuery(withoutCondition(query('a b from:c'), 1)), 'a from:c');
    assert.equal(formatQuery(withoutCondition(query('a'), 0)), '');
    assert.equal(formatQuery(withoutCondition(query('a OR b'), 0)), '');
  });

  test('a spelling is mended wherever the word stands, and nowhere else', () => {
    const text = 'invioce -invioce "old Invioce here" subject:invioce NEAR(invioce paid, 5) invioces';
    assert.equal(
      formatQuery(respelled(query(text), 'invioce', 'invoice')),
      'invoice -invoice "old invoice here" subject:invoice NEAR(invoice paid, 5) invioces',
    );
  });
});

describe('a timeline', () => {
  const month = (value: string, count: number): Facet => ({ value, label: value, count });

  test('has no gaps', () => {
    const { bars, unit, highest } = timeline([month('2015-11', 3), month('2016-02', 9)]);
    assert.equal(unit, 'month');
    assert.equal(highest, 9);
    assert.deepEqual(bars, [
      { period: '2015-11', count: 3 },
      { period: '2015-12', count: 0 },
      { period: '2016-01', count: 0 },
      { period: '2016-02', count: 9 },
    ]);
  });

  test('of more than fifteen years goes by years', () => {
    const { bars, unit } = timeline([month('1998-05', 100), month('1998-07', 1), month('2016-02', 100)]);
    assert.equal(unit, 'year');
    assert.equal(bars.length, 19);
    assert.deepEqual(bars[0], { period: '1998', count: 101 });
  });

  test('leaves out what wrong clocks dated, and counts it', () => {
    const { bars, before, after, undated } = timeline([
      month('1970-01', 2),
      month('2015-11', 1000),
      month('2016-02', 1000),
      month('2044-01', 1),
      month('', 5),
    ]);
    assert.equal(bars[0]?.period, '2015-11');
    assert.equal(bars.at(-1)?.period, '2016-02');
    assert.deepEqual([before, after, undated], [2, 1, 5]);
  });

  test('of nothing, or of undated mail alone, is empty', () => {
    assert.deepEqual(timeline([]).bars, []);
    assert.deepEqual(timeline([month('', 3)]).bars, []);
  });
});

describe('text on a page', () => {
  const options = (maxCharacters: number): BlockOptions => ({
    wanted: wantedTokens(query('')),
    maxCharacters,
    maxQuoted: Number.POSITIVE_INFINITY,
    maxUnfoldedLines: 8,
    quotations: [],
  });

  test('shows control characters instead of sending them', () => {
    assert.equal(visibleText('a\u0000b\u001bc\td\ne\u007f\u0085'), 'a␀b␛c\td\ne␡\ufffd');
    assert.equal(visibleName('a\u202eb\n\u2066c'), 'a[U+202E]b [U+2066]c');
    assert.equal(visibleText('\ud800'), '\ufffd');
  });

  test('is cut at the bound, and the rest is counted', () => {
    const segments = [
      { kind: 'own', depth: 0, text: 'abcdef\n' },
      { kind: 'quoted', depth: 1, text: 'ghij\n' },
    ] as const;
    const { blocks, omitted } = textBlocks(segments, options(4));
    assert.equal(blocks.length, 1);
    assert.equal(omitted, 8);
    assert.equal(textBlocks(segments, options(Number.POSITIVE_INFINITY)).omitted, 0);
  });

  test('that only quotes is open to be read', () => {
    const text = 'a line\n'.repeat(30);
    const open = (segments: Parameters<typeof textBlocks>[0]): boolean[] =>
      textBlocks(segments, options(1e6)).blocks.flatMap((block) =>
        block.kind === 'quotation' ? [block.isOpen] : [],
      );
    assert.deepEqual(open([{ kind: 'quoted', depth: 1, text }]), [true]);
    assert.deepEqual(
      open([
        { kind: 'own', depth: 0, text: 'So.\n' },
        { kind: 'quoted', depth: 1, text },
      ]),
      [false],
    );
  });
});

test('dates are absolute, as sent and in UTC, whatever the year', () => {
  const time = Date.UTC(2001, 4, 14, 16, 39, 5);
  assert.equal(formatTime(time), '2001-05-14 16:39 UTC');
  assert.equal(formatSentTime(time, -420), 'Monday, 14 May 2001, 09:39:05 −07:00');
  assert.equal(formatSentTime(time, 345), 'Monday, 14 May 2001, 22:24:05 +05:45');
  assert.equal(formatSentTime(time, undefined), 'Monday, 14 May 2001, 16:39:05 UTC');
  assert.equal(formatTime(Date.UTC(12016, 0, 1)), '012016-01-01 00:00 UTC');
});

test('a picture is told by its bytes', () => {
  assert.equal(imageType(Buffer.from('\x89PNG\r\n\x1a\n....', 'latin1')), 'image/png');
  assert.equal(imageType(Buffer.from('\xff\xd8\xff\xe0', 'latin1')), 'image/jpeg');
  assert.equal(imageType(Buffer.from('GIF89a')), 'image/gif');
  assert.equal(imageType(Buffer.from('RIFF....WEBPVP8 ')), 'image/webp');
  for (const other of ['<svg xmlns="http://www.w3.org/2000/svg">', 'GIF', 'RIFF....WAVE', '', '<html>'])
    assert.equal(imageType(Buffer.from(other)), undefined);
});
