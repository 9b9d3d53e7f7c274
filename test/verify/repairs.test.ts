/** Repairs: each undoes one thing that storage does, and is reported only where it made the difference. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeMessage } from '../../src/verify/repairs.js';
import { finderFor, onTheWire, recordOf, rsaKey, signed } from './signing.js';

const key = rsaKey(1024);
const context = { findKeys: finderFor(recordOf(key)), now: 0 };

function judge(raw: Buffer): { result: string | undefined; repairs: string[] } {
  const [signature] = judgeMessage(raw, context);
  const flags = signature?.flags ?? [];
  return { result: signature?.result, repairs: flags.filter((flag) => flag.startsWith('repaired:')) };
}

const body = 'Dear Bob,\nFrom Monday on the dredger\n.. works at night.\n';
const letter = signed(key, { body });

test('bytes as they were sent need no repair', () => {
  assert.deepEqual(judge(onTheWire(letter)), { result: 'verified', repairs: [] });
});

test('a message with both kinds of line ends verifies with line ends as on the wire', () => {
  const mixed = Buffer.from(onTheWire(letter).toString('latin1').replace('Bob,\r\n', 'Bob,\n'), 'latin1');
  assert.deepEqual(judge(mixed), { result: 'verified', repairs: ['repaired:line-endings'] });
});

test('a From_ line that an mbox quoted is unquoted', () => {
  const quoted = onTheWire(letter.replace('\nFrom Monday', '\n>From Monday'));
  assert.deepEqual(judge(quoted), { result: 'verified', repairs: ['repaired:mboxo-unquoting'] });
});

test('a quoted From_ line on the first line of the body is unquoted as well', () => {
  const first = signed(key, { body: 'From here on\n' }).replace('\n\nFrom here', '\n\n>From here');
  assert.equal(judge(onTheWire(first)).result, 'verified');
});

test('dots that SMTP doubled are single again', () => {
  const stuffed = onTheWire(letter.replace('\n.. works', '\n... works'));
  assert.deepEqual(judge(stuffed), { result: 'verified', repairs: ['repaired:dot-unstuffing'] });
});

test('a lone dot and a Ctrl-Z at the end are dropped', () => {
  assert.deepEqual(judge(onTheWire(`${letter}.\n`)), {
    result: 'verified',
    repairs: ['repaired:trailing-lines'],
  });
  assert.deepEqual(judge(onTheWire(`${letter}\x1a`)).result, 'verified');
});

test('repairs are combined where one alone does not do', () => {
  const both = `${letter.replace('\nFrom Monday', '\n>From Monday')}.\n`;
  assert.deepEqual(judge(Buffer.from(both, 'latin1')), {
    result: 'verified',
    repairs: ['repaired:line-endings', 'repaired:mboxo-unquoting', 'repaired:trailing-lines'],
  });
});

test('a text that another text replaced is not repaired', () => {
  const other = onTheWire(letter.replace('night', 'noon'));
  assert.deepEqual(judge(other), { result: 'headers-only', repairs: [] });
});

test('a message that was signed with its quoted From_ line verifies plainly', () => {
  const own = onTheWire(signed(key, { body: 'They wrote:\n>From the bridge\n' }));
  assert.deepEqual(judge(own), { result: 'verified', repairs: [] });
});
