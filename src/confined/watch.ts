/**
 * Watches a confined process from a thread of its own, because a file that keeps it busy keeps it from watching itself:
 * ends the process when it takes too much memory outside of the JavaScript heap, or when its parent is gone.
 */
import { workerData } from 'node:worker_threads';

const everyMilliseconds = 50;
const { maxMegabytes, parent } = workerData as { readonly maxMegabytes: number; readonly parent: number };

setInterval(() => {
  const isTooLarge = process.memoryUsage.rss() > maxMegabytes * 2 ** 20;
  if (isTooLarge || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, everyMilliseconds);
