import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../../src/limits.js';
import { parseMessageIds } from '../../src/message/msg-id.js';

describe('msg-ids', () => {
  const examples: [string, string[], boolean][] = [
    ['<1234@local.machine.example>', ['1234@local.machine.example'], false],
    [
      '<1234@local.machine.example> <3456@example.net>',
      ['1234@local.machine.example', '3456@example.net'],
      false,
    ],
    ['<a@b><c@d>', ['a@b', 'c@d'], false],
    // RFC 5322 appendix A.5.
    ['<1234   @   local(blah)  .machine .example>', ['1234@local.machine.example'], false],
    ['Your message of "Mon, 1 Jan 1990" <a@b.example>', ['a@b.example'], false],
    ['a@b.example', ['a@b.example'], true],
    ['<a@b <c@d>', ['a@b', 'c@d'], true],
    ['<a@b', ['a@b'], true],
    ['<>', [], true],
    ['', [], false],
  ];
  for (const [body, ids, malformed] of examples) {
    test(`${body || 'nothing'} names ${ids.join(' and ') || 'none'}`, () => {
      assert.deepEqual(parseMessageIds(body), { ids, malformed, truncated: false });
    });
  }

  test('references end at their limit, and say so only beyond it', () => {
    const many = (count: number) => parseMessageIds('<a@b> '.repeat(count));
    assert.deepEqual(
      [many(limits.maxReferences).ids.length, many(limits.maxReferences).truncated],
      [limits.maxReferences, false],
    );
    const over = many(limits.maxReferences + 1);
    assert.deepEqual([over.ids.length, over.truncated], [limits.maxReferences, true]);
  });

  test('a msg-id beyond its length is no identifier', () => {
    const long = (length: number) => parseMessageIds(`<${'a'.repeat(length)}>`).ids.length;
    assert.equal(long(limits.maxMessageIdCharacters), 1);
    assert.equal(long(limits.maxMessageIdCharacters + 1), 0);
  });
});
