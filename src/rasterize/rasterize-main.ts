/**
 * The process that draws hostile files: takes one file on standard input, writes its pages on descriptor 3, ends.
 *
 *   in: frame of JSON {mediaType, boxes}, frame of bytes       out: a frame for each page, then an empty one
 *
 * Started by `rasterizer.ts` under Node's permission model: it reads this program and nothing else, writes nothing, starts
 * nothing, has no environment. Unlike the extractor it loads native code, the canvas; so one process draws one file.
 */
import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { FrameReader, frameHead } from '../attachments/frames.js';
import { limits } from '../limits.js';
import { type Box, drawPages } from './draw.js';

const answers = 3;

const watch = new Worker(new URL('../attachments/extractor-watch.js', import.meta.url), {
  workerData: { maxMegabytes: limits.maxRasterizerMegabytes, parent: process.ppid },
});
watch.unref();

let head: { readonly mediaType: string; readonly boxes: readonly Box[] } | undefined;

const reader = new FrameReader(
  limits.maxAttachmentBytes,
  (frame) => {
    if (head === undefined) head = JSON.parse(frame.toString('utf8')) as typeof head;
    else void draw(frame, head.mediaType, head.boxes);
  },
  () => process.exit(1),
);

async function draw(bytes: Buffer, mediaType: string, boxes: readonly Box[]): Promise<void> {
  try {
    for await (const page of drawPages(bytes, mediaType, boxes)) writeFrame(page);
    writeFrame(Buffer.alloc(0));
    process.exit(0);
  } catch (error) {
    // The other side is told by the status that this is all; why is for the operator to read.
    writeFrame(Buffer.from(`error ${error instanceof Error ? error.message : ''}`.slice(0, 500)));
    process.exit(1);
  }
}

function writeFrame(body: Buffer): void {
  for (const bytes of [frameHead(body.length), body])
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
