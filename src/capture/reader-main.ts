/**
 * The process that reads a captured page: one line of JSON (the hint), then the bytes, on standard input; the reading
 * as JSON on descriptor 3. Started by `reader.ts` under Node's permission model: it may read this program, and nothing
 * else; it has no environment. What a page does to it costs that page its text.
 */
import { writeSync } from 'node:fs';
import { readCapture } from './read-capture.js';
import type { CaptureHint } from './reading.js';

const answers = 3;

const chunks: Buffer[] = [];
for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk);
const input = Buffer.concat(chunks);
const end = input.indexOf(0x0a);
const hint = JSON.parse(input.toString('utf8', 0, end)) as CaptureHint;
const reading = await readCapture(input.subarray(end + 1), hint, () => performance.now());
writeAll(Buffer.from(JSON.stringify(reading)));
process.exit(0);

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
