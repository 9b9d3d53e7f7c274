/**
 * A file as pictures of its pages, boxes burnt in: PDF by Mozilla's PDF.js, pictures by their decoders, both onto a canvas of
 * which only the pixels are kept (PNG, ISO/IEC 15948).
 *
 *   report.pdf, box {page: 1, left: 100, top: 50, …}   → page 1 as 1190 × 1684 pixels, black where the box is
 *
 * Runs in the process of rasterize-main.ts alone: decoders of pictures are native code, and what they read is hostile.
 */

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas';
import { imageSize } from 'image-size';
import { limits } from '../limits.js';
import { drawable } from './drawable.js';

/** In thousandths of the page's width and height from its upper left corner; pages from 1. */
export interface Box {
  readonly page: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels to a point of 1/72 inch: print at 144 dpi is read without effort. */
const pdfScale = 2;

/** PNGs in order. Throws where the file cannot be read, or is larger than the limits. */
export async function* drawPages(
  bytes: Buffer,
  mediaType: string,
  boxes: readonly Box[],
): AsyncGenerator<Buffer> {
  if (mediaType === 'application/pdf') {
    yield* drawPdf(bytes, boxes);
    return;
  }
  if (!drawable.has(mediaType)) throw new RangeError(`${mediaType} is not drawn`);
  const { width, height } = imageSize(bytes);
  if (width * height > limits.maxDrawnPixels)
    throw new RangeError(`${width} × ${height} pixels are too many`);
  const image = await loadImage(bytes);
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  yield finish(canvas, 1, boxes);
}

async function* drawPdf(bytes: Buffer, boxes: readonly Box[]): AsyncGenerator<Buffer> {
  const pdfjs = (await import('pdfjs-dist/legacy/build/pdf.mjs')) as typeof import('pdfjs-dist');
  // Once it is loaded, PDF.js works in this thread and starts none.
  await import('pdfjs-dist/legacy/build/pdf.worker.mjs' as string);
  const packageDir = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')));
  const task = pdfjs.getDocument({
    data: Uint8Array.from(bytes),
    verbosity: 0,
    isEvalSupported: false,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    cMapUrl: `${join(packageDir, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(packageDir, 'standard_fonts')}/`,
  });
  const document = await task.promise;
  if (document.numPages > limits.maxDrawnPages)
    throw new RangeError(`${document.numPages} pages are too many`);
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const plain = page.getViewport({ scale: 1 });
    const scale = Math.min(pdfScale, Math.sqrt(limits.maxDrawnPixels / (plain.width * plain.height)));
    const viewport = page.getViewport({ scale });
    const canvas = createCanvas(
      Math.max(1, Math.floor(viewport.width)),
      Math.max(1, Math.floor(viewport.height)),
    );
    await page.render({ canvas: asElement(canvas), viewport }).promise;
    page.cleanup();
    yield finish(canvas, number, boxes);
  }
  await task.destroy();
}

/** PDF.js is typed for browsers; this canvas does what it asks of theirs. */
const asElement = (canvas: Canvas): HTMLCanvasElement => canvas as unknown as HTMLCanvasElement;

function finish(drawn: Canvas, page: number, boxes: readonly Box[]): Buffer {
  const { width, height } = drawn;
  // A canvas of our own: a clip that a file left behind would keep boxes from being drawn.
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.drawImage(drawn, 0, 0);
  context.fillStyle = '#000000';
  for (const box of boxes) {
    if (box.page !== page) continue;
    // Outwards to whole pixels: half of a letter's edge would show.
    const left = Math.floor((box.left * width) / 1_000);
    const top = Math.floor((box.top * height) / 1_000);
    const right = Math.ceil(((box.left + box.width) * width) / 1_000);
    const bottom = Math.ceil(((box.top + box.height) * height) / 1_000);
    context.fillRect(left, top, right - left, bottom - top);
  }
  return withoutMetadata(canvas.toBuffer('image/png'));
}

/** Chunks that make a picture (PNG 11.2), and none that say anything else. */
function withoutMetadata(png: Buffer): Buffer {
  const kept: Buffer[] = [png.subarray(0, 8)];
  for (let at = 8; at + 12 <= png.length; ) {
    const end = at + 12 + png.readUInt32BE(at);
    if (/^(?:IHDR|PLTE|tRNS|IDAT|IEND)$/.test(png.toString('latin1', at + 4, at + 8)))
      kept.push(png.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}
