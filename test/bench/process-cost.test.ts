import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { measure, parseTimes } from '../../bench/process-cost.js';

const busy =
  'const end = process.cpuUsage().user + 300000; while (process.cpuUsage().user < end); process.stderr.write("done")';
const large =
  'const held = Buffer.alloc(200e6, 1); setTimeout(() => process.exit(held[5] === 1 ? 3 : 4), 300)';

test('the times of the children are the second line, in minutes and seconds, with a point or a comma', () => {
  assert.deepEqual(parseTimes('0m0.00s 0m0.01s\n1m2.25s 0m0.50s\n'), {
    userSeconds: 62.25,
    systemSeconds: 0.5,
  });
  assert.deepEqual(parseTimes('0m0,000s 0m0,001s\n0m2,250s 0m0,500s\n'), {
    userSeconds: 2.25,
    systemSeconds: 0.5,
  });
});

test('what the grandchildren of a command computed counts', async () => {
  const ran = await measure(['/bin/sh', '-c', '"$0" -e "$1"; true', process.execPath, busy]);
  assert.equal(ran.status, 0);
  assert.equal(ran.stderr, 'done');
  assert.ok(ran.userSeconds >= 0.29, `${ran.userSeconds} s of 0.3`);
});

test('the peak is that of the process that holds most', {
  skip: existsSync('/proc/self/status') ? false : 'no /proc here',
}, async () => {
  const ran = await measure(['/bin/sh', '-c', '"$0" -e "$1"', process.execPath, large]);
  assert.equal(ran.status, 3);
  assert.ok((ran.peakBytes ?? 0) > 200e6, `${ran.peakBytes}`);
  assert.ok((ran.peakSumBytes ?? 0) >= (ran.peakBytes ?? 0));
});

test('arguments reach the command as they are', async () => {
  const ran = await measure([
    process.execPath,
    '-e',
    'process.stderr.write(JSON.stringify(process.argv.slice(1)))',
    'two words',
    '$HOME',
    "it's",
  ]);
  assert.deepEqual(JSON.parse(ran.stderr), ['two words', '$HOME', "it's"]);
});

test('a command that is not there ends with a status and says so', async () => {
  const ran = await measure(['/nowhere/at/all']);
  assert.equal(ran.status, 127);
  assert.match(ran.stderr, /not found|No such file/);
});
