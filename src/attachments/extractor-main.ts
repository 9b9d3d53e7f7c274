/**
 * The process that reads hostile files: takes one file at a time, says what came out as JSON. Started by `extractor.ts`,
 * confined. What a file can do to it costs that file alone.
 */
import { answerFrame, takeFrames, watchMemory } from '../confined/inside.js';
import { extract } from '../extract/extract.js';
import { limits } from '../limits.js';

watchMemory(limits.maxExtractorMegabytes);

let queue = Promise.resolve();

takeFrames((file) => {
  queue = queue.then(async () => answer(await extract(file, () => performance.now())));
});
process.stdin.on('end', () => process.exit(0));

function answer(value: object): void {
  const megabytes = Math.round(process.memoryUsage.rss() / 2 ** 20);
  answerFrame(Buffer.from(JSON.stringify({ ...value, megabytes })));
}
