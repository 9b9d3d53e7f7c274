/**
 * Small pictures as PNG (W3C PNG, 3rd edition): 16 colours from a palette, unfiltered, stored.
 *
 *   89 50 4e 47 0d 0a 1a 0a  IHDR PLTE IDAT IEND
 */
import { crc32 } from 'node:zlib';
import { zlibStored } from './zip.ts';

export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** One palette index per pixel, row by row. */
  readonly pixels: Uint8Array;
}

/** White, deep blue, mid blue, sand, red, grey, black, pale blue. */
const palette = [0xffffff, 0x12355b, 0x3d7ea6, 0xd8c08c, 0xb3261e, 0x9a9a9a, 0x111111, 0xdcebf3];

export function canvas(width: number, height: number, colour = 0): Canvas {
  return { width, height, pixels: new Uint8Array(width * height).fill(colour) };
}

export function fill(on: Canvas, x: number, y: number, width: number, height: number, colour: number): void {
  for (let row = Math.max(0, y); row < Math.min(on.height, y + height); row++) {
    for (let column = Math.max(0, x); column < Math.min(on.width, x + width); column++) {
      on.pixels[row * on.width + column] = colour;
    }
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(8 + data.length + 4);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), out.length - 4);
  return out;
}

function scanlines(of: Canvas): Buffer {
  const stride = 1 + Math.ceil(of.width / 2);
  const out = Buffer.alloc(stride * of.height);
  for (const [index, colour] of of.pixels.entries()) {
    const row = Math.floor(index / of.width);
    const column = index % of.width;
    const at = row * stride + 1 + (column >> 1);
    out[at] = (out[at] ?? 0) | (column % 2 === 0 ? colour << 4 : colour);
  }
  return out;
}

export function png(of: Canvas): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(of.width, 0);
  header.writeUInt32BE(of.height, 4);
  header.set([4, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((rgb) => [rgb >> 16, (rgb >> 8) & 255, rgb & 255]));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = zlibStored(scanlines(of));
  const chunks = [
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...chunks]);
}

/** The Authority's mark: three waves under a beacon. */
export function logo(): Buffer {
  const on = canvas(72, 32, 7);
  fill(on, 33, 3, 6, 12, 4);
  fill(on, 30, 13, 12, 3, 1);
  for (const [index, top] of [19, 23, 27].entries()) {
    for (let x = 0; x < 72; x++)
      fill(on, x, top + ((x + index * 4) % 12 < 6 ? 0 : 1), 1, 2, index === 1 ? 2 : 1);
  }
  return png(on);
}

/** Depths as bars hanging from the water line; bars shallower than `wanted` are red. */
export function depthChart(depths: readonly number[], wanted: number): Buffer {
  const on = canvas(depths.length * 16 + 16, 120, 7);
  fill(on, 0, 0, on.width, 12, 0);
  fill(on, 0, 12, on.width, 2, 1);
  for (const [index, depth] of depths.entries()) {
    const height = Math.round(depth * 10);
    fill(on, 12 + index * 16, 14, 10, height, depth < wanted ? 4 : 2);
    fill(on, 8 + index * 16, 14 + height, 16, 106 - height, 3);
  }
  fill(on, 0, 14 + Math.round(wanted * 10), on.width, 1, 6);
  return png(on);
}
