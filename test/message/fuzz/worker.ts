/** Checks a range of fuzz inputs in a thread. The number of the input at work stands in shared memory for the watchdog. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkInput } from './check.js';
import { loadSeeds, mutate } from './mutate.js';

export interface WorkerTask {
  readonly from: number;
  readonly step: number;
  readonly to: number;
  /** [0] the seed at work. */
  readonly shared: SharedArrayBuffer;
}

export interface WorkerReport {
  readonly done: number;
  readonly failures: readonly string[];
  /** Milliseconds of the slowest input, repeated once to leave out pauses of the machine. */
  readonly slowest: number;
  readonly slowestSeed: number;
  /** Bytes of heap and buffers after the run. */
  readonly memory: number;
}

function run(task: WorkerTask): WorkerReport {
  const seeds = loadSeeds();
  const current = new Int32Array(task.shared);
  const failures: string[] = [];
  let done = 0;
  let slowest = 0;
  let slowestSeed = -1;
  for (let seed = task.from; seed < task.to; seed += task.step) {
    Atomics.store(current, 0, seed);
    const raw = mutate(seeds, seed);
    const spent = Math.min(timed(raw, seed, failures), 60_000);
    if (spent > slowest) {
      const again = spent > 100 ? timed(raw, seed, []) : spent;
      if (Math.min(spent, again) > slowest) {
        slowest = Math.min(spent, again);
        slowestSeed = seed;
      }
    }
    done++;
  }
  const { heapUsed, external } = process.memoryUsage();
  return { done, failures, slowest, slowestSeed, memory: heapUsed + external };
}

function timed(raw: Buffer, seed: number, failures: string[]): number {
  const started = performance.now();
  try {
    checkInput(raw);
  } catch (error) {
    if (failures.length < 20) failures.push(`seed ${String(seed)}: ${String(error)}`);
  }
  return performance.now() - started;
}

// The task comes from fuzz.test.ts, which types it.
parentPort?.postMessage(run(workerData as WorkerTask));
