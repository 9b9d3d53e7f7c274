/** What the programs that `start.ts` starts do for their part: watch themselves, take frames, answer. */
import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { limits } from '../limits.js';
import { FrameReader, frameHead } from './frames.js';

/** Where answers go. */
const answers = 3;

/** Ends this process when it takes more memory than that, or when the one that started it is gone. */
export function watchMemory(maxMegabytes: number): void {
  const watch = new Worker(new URL('./watch.js', import.meta.url), {
    workerData: { maxMegabytes, parent: process.ppid },
  });
  watch.unref();
}

/** Calls `take` with each frame of standard input; a frame longer than any attachment may be ends the process. */
export function takeFrames(take: (frame: Buffer) => void): void {
  const reader = new FrameReader(limits.maxAttachmentBytes, take, () => process.exit(1));
  process.stdin.on('data', (chunk: Buffer) => reader.push(chunk));
}

/** Has been handed over when it returns. */
export function answerFrame(body: Buffer): void {
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
