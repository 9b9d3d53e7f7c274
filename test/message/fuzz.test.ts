import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { checkInput } from './fuzz/check.js';
import { loadSeeds, mutate } from './fuzz/mutate.js';
import type { WorkerReport, WorkerTask } from './fuzz/worker.js';

const slow = process.env.IMPART_SLOW === '1';
const inputs = slow ? 1_000_000 : 5_000;
/** One input has this long before the watchdog ends the run and names it. */
const watchdogMs = 20_000;
/** MiB of old heap a thread may use: parsing 400 kB has no business with more. */
const maxHeapMiB = 192;

/** Runs one share of the seeds in a thread; rejects when an input never ends or the thread runs out of memory. */
function runShare(index: number, threads: number): Promise<WorkerReport> {
  const shared = new SharedArrayBuffer(4);
  const current = new Int32Array(shared);
  const task: WorkerTask = { from: index, step: threads, to: inputs, shared };
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./fuzz/worker.js', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMiB },
    });
    let last = -1;
    const watchdog = setInterval(() => {
      const seed = Atomics.load(current, 0);
      if (seed === last) {
        reject(new Error(`seed ${String(seed)} takes more than ${String(watchdogMs)} ms`));
        // The rejection already says what matters; ending the thread cannot fail in a way that changes it.
        worker.terminate().catch(() => undefined);
      }
      last = seed;
    }, watchdogMs);
    worker.on('message', (report: WorkerReport) => {
      clearInterval(watchdog);
      resolve(report);
    });
    worker.on('error', (error) => {
      clearInterval(watchdog);
      reject(new Error(`at seed ${String(Atomics.load(current, 0))}: ${String(error)}`));
    });
  });
}

test(`${String(inputs)} damaged messages: nothing thrown, every promise kept, each under a second, memory bounded`, async (context) => {
  const threads = slow ? 2 : 1;
  const reports = await Promise.all(
    Array.from({ length: threads }, (_unused, index) => runShare(index, threads)),
  );
  const failures = reports.flatMap((report) => report.failures);
  assert.deepEqual(failures, []);
  assert.equal(
    reports.reduce((sum, { done }) => sum + done, 0),
    inputs,
  );
  for (const { slowest, slowestSeed, memory } of reports) {
    context.diagnostic(
      `slowest ${slowest.toFixed(0)} ms (seed ${String(slowestSeed)}), ${(memory / 2 ** 20).toFixed(0)} MiB`,
    );
    assert.ok(slowest < 1_000, `seed ${String(slowestSeed)} took ${slowest.toFixed(0)} ms`);
  }
});

test('a message cut at every byte keeps every promise', () => {
  const whole = mutate(loadSeeds().slice(1, 2), 7);
  const full = Buffer.concat([whole, Buffer.from('\nContent-Type: text/plain; name="a\n\n=?utf-8?Q?x?=\n')]);
  for (let length = 0; length <= full.length; length++) checkInput(full.subarray(0, length));
});

test('every corpus message keeps every promise undamaged', () => {
  for (const seed of loadSeeds()) checkInput(seed);
});
