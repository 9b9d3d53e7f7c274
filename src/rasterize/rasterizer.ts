/** Pages of a file as pictures, drawn in a process of their own that is killed when it takes too long or says too much. */
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { FrameReader } from '../confined/frames.js';
import { askConfined, startConfined } from '../confined/start.js';
import { OperatorError } from '../errors.js';
import { limits } from '../limits.js';
import type { ClearedFile } from '../redact/redacted-message.js';
import type { Box } from './draw.js';

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');

/** Throws OperatorError `pages-not-drawn`. `mediaType` is by content. */
export function rasterize(bytes: Buffer, mediaType: string, boxes: readonly Box[]): Promise<ClearedFile[]> {
  return new Promise((resolve, reject) => {
    const pages: ClearedFile[] = [];
    let isWhole = false;
    let why = 'the process that draws ended';
    let said = 0;
    const child = startConfined(join(import.meta.dirname, 'rasterize-main.js'), {
      maxHeapMegabytes: limits.maxExtractorHeapMegabytes,
      mayLoadAddons: true,
    });
    const end = (reason: string): void => {
      why = reason;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => end('it took too long'), limits.maxExtractorMilliseconds);
    const reader = new FrameReader(
      limits.maxDrawnBytes,
      (frame) => {
        said += frame.length;
        if (said > limits.maxDrawnBytes) end('its pages are too large');
        else if (frame.length === 0) isWhole = true;
        else if (frame.subarray(0, 8).equals(pngSignature))
          pages.push({ mediaType: 'image/png', bytes: frame, sha256: hash('sha256', frame, 'hex') });
        else
          why = frame
            .toString('utf8')
            .replace(/^error /, '')
            .slice(0, 200);
      },
      () => end('its pages are too large'),
    );
    child.stdio[3]?.on('data', (chunk: Buffer) => reader.push(chunk));
    child.on('close', () => {
      clearTimeout(timer);
      if (isWhole && pages.length > 0) resolve(pages);
      else reject(notDrawn(why));
    });
    askConfined(child, Buffer.from(JSON.stringify({ mediaType, boxes })));
    askConfined(child, bytes);
  });
}

const notDrawn = (why: string): OperatorError =>
  new OperatorError(
    'pages-not-drawn',
    `this attachment could not be drawn: ${why}`,
    'It stays withheld. PDFs and pictures (PNG, JPEG, GIF, WebP, BMP, AVIF) can be drawn.',
  );
