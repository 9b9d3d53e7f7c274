/**
 * The process that reads hostile files: takes one file at a time on standard input, writes what it says on descriptor 3.
 *
 * Started by `extractor.ts` under Node's permission model: it may read this program, and nothing else; write no file,
 * start no process, load no native code. It has no environment. What a file can do to it costs that file alone.
 */
import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { extract } from '../extract/extract.js';
import { limits } from '../limits.js';
import { FrameReader, frameHead } from './frames.js';

/** Where answers go: nothing that a library prints can get in between. */
const answers = 3;

const watch = new Worker(new URL('./extractor-watch.js', import.meta.url), {
  workerData: { maxMegabytes: limits.maxExtractorMegabytes, parent: process.ppid },
});
watch.unref();

let queue = Promise.resolve();

const reader = new FrameReader(
  limits.maxAttachmentBytes,
  (file) => {
    queue = queue.then(async () => answer(await extract(file, () => performance.now())));
  },
  () => process.exit(1),
);

function answer(value: object): void {
  const body = Buffer.from(
    JSON.stringify({ ...value, megabytes: Math.round(process.memoryUsage.rss() / 2 ** 20) }),
  );
  writeAll(frameHead(body.length));
  writeAll(body);
}

function writeAll(bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(answers, bytes, at);
    } catch (error) {
      // A full pipe: the other side reads as fast as it can.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

process.stdin.on('data', (chunk: Buffer) => reader.push(chunk));
process.stdin.on('end', () => process.exit(0));
