/** Work on all cores. Each thread has two batches at most, so that memory does not grow with the release. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

const batchLength = 32;

/** A further thread is started where there is so much for each. */
const jobsPerThread = 256;

/**
 * Gives `jobs` in batches to threads that run `module`, which answers a batch with an array as long as itself.
 * `onAnswer` is called for each job, in no order. Throws what a thread threw.
 */
export async function runPool<Job, Answer>(
  module: URL,
  workerData: unknown,
  jobs: readonly Job[],
  onAnswer: (job: Job, answer: Answer) => void,
): Promise<void> {
  let next = 0;
  const take = (): readonly Job[] => {
    const batch = jobs.slice(next, next + batchLength);
    next += batch.length;
    return batch;
  };
  const threads = Math.min(availableParallelism(), Math.ceil(jobs.length / jobsPerThread));
  await Promise.all(Array.from({ length: threads }, () => runThread(module, workerData, take, onAnswer)));
}

function runThread<Job, Answer>(
  module: URL,
  workerData: unknown,
  take: () => readonly Job[],
  onAnswer: (job: Job, answer: Answer) => void,
): Promise<void> {
  const worker = new Worker(module, { workerData });
  const waiting: (readonly Job[])[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const give = (): void => {
    const batch = take();
    if (batch.length > 0) {
      waiting.push(batch);
      worker.postMessage(batch);
    } else if (waiting.length === 0) resolve();
  };
  worker.on('error', reject);
  worker.on('message', (answers: readonly Answer[]) => {
    try {
      for (const [at, job] of (waiting.shift() ?? []).entries()) onAnswer(job, answers[at] as Answer);
      give();
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
  give();
  give();
  return promise.finally(() => worker.terminate());
}
