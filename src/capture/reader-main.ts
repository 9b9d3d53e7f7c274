/**
 * The process that reads a captured page: takes a frame of JSON (the hint) and one of bytes, says the reading as JSON.
 * Started by `reader.ts`, confined. What a page does to it costs that page its text.
 */
import { answerFrame, takeFrames, watchMemory } from '../confined/inside.js';
import { limits } from '../limits.js';
import { readCapture } from './read-capture.js';
import type { CaptureHint } from './reading.js';

watchMemory(limits.maxExtractorMegabytes);

let hint: CaptureHint | undefined;

takeFrames((frame) => {
  if (hint === undefined) hint = JSON.parse(frame.toString('utf8')) as CaptureHint;
  else void answer(frame, hint);
});

async function answer(bytes: Buffer, of: CaptureHint): Promise<void> {
  answerFrame(Buffer.from(JSON.stringify(await readCapture(bytes, of, () => performance.now()))));
  process.exit(0);
}
