/**
 * The process that draws hostile files: takes one file, says its pages, ends.
 *
 *   in: frame of JSON {mediaType, boxes}, frame of bytes       out: a frame for each page, then an empty one
 *
 * Started by `rasterizer.ts`, confined. Unlike the extractor it loads native code, the canvas; so one process draws one file.
 */
import { answerFrame, takeFrames, watchMemory } from '../confined/inside.js';
import { limits } from '../limits.js';
import { type Box, drawPages } from './draw.js';

watchMemory(limits.maxRasterizerMegabytes);

let head: { readonly mediaType: string; readonly boxes: readonly Box[] } | undefined;

takeFrames((frame) => {
  if (head === undefined) head = JSON.parse(frame.toString('utf8')) as typeof head;
  else void draw(frame, head.mediaType, head.boxes);
});

async function draw(bytes: Buffer, mediaType: string, boxes: readonly Box[]): Promise<void> {
  try {
    for await (const page of drawPages(bytes, mediaType, boxes)) answerFrame(page);
    answerFrame(Buffer.alloc(0));
    process.exit(0);
  } catch (error) {
    // The other side is told by the status that this is all; why is for the operator to read.
    answerFrame(Buffer.from(`error ${error instanceof Error ? error.message : ''}`.slice(0, 500)));
    process.exit(1);
  }
}
