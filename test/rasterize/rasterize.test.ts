/** Attachments as pictures of their pages: what is under a box is gone, and so is everything that is no pixel. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { OperatorError } from '../../src/errors.js';
import type { Box } from '../../src/rasterize/draw.js';
import { rasterize } from '../../src/rasterize/rasterizer.js';
import { LeakCheck } from '../../src/redact/leak-check.js';

const secret = '07700 900345';

/** One page, 200 × 100 points, one line of text, and a title in its properties. */
function pdf(text: string): Buffer {
  const content = `BT /F1 18 Tf 10 60 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Title (Ring ${secret}) >>`,
  ];
  let out = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = out.length;
    out += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((each) => `${String(each).padStart(10, '0')} 00000 n \n`).join('')}`;
  return Buffer.from(
    `${out}trailer << /Size ${objects.length + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n${start}\n%%EOF\n`,
  );
}

const chunksOf = (png: Uint8Array): string[] => {
  const bytes = Buffer.from(png);
  const names: string[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
    names.push(bytes.toString('latin1', at + 4, at + 8));
  return [...new Set(names)];
};

/** How many pixels of a part of the picture are neither white nor black, and how many are black. */
async function ink(
  png: Uint8Array,
  { left, top, width, height }: Box,
): Promise<{ dark: number; all: number }> {
  const image = await loadImage(Buffer.from(png));
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const share = (part: number, whole: number): number => Math.round((part * whole) / 1_000);
  const { data } = context.getImageData(
    share(left, image.width),
    share(top, image.height),
    share(width, image.width),
    share(height, image.height),
  );
  let dark = 0;
  for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 128) dark += 1;
  return { dark, all: data.length / 4 };
}

const line: Box = { page: 1, left: 0, top: 200, width: 1_000, height: 300 };

describe('an attachment as pages', () => {
  test('shows what the file shows, and nothing else of it', async () => {
    const [page, ...more] = await rasterize(pdf(secret), 'application/pdf', []);
    assert.ok(page !== undefined);
    assert.equal(more.length, 0);
    const { dark, all } = await ink(page.bytes, line);
    assert.ok(dark > 200 && dark < all / 2, String(dark));
    assert.deepEqual(chunksOf(page.bytes), ['IHDR', 'IDAT', 'IEND']);
    assert.deepEqual(new LeakCheck([{ text: secret, form: 'digits' }]).find(page.bytes), []);
  });

  test('has nothing under a box', async () => {
    const [covered] = await rasterize(pdf(secret), 'application/pdf', [line]);
    const [other] = await rasterize(pdf('01632 960999'), 'application/pdf', [line]);
    assert.ok(covered !== undefined && other !== undefined);
    const { dark, all } = await ink(covered.bytes, line);
    assert.equal(dark, all);
    // The same picture whatever the text was: nothing of it is left.
    assert.equal(covered.sha256, other.sha256);
  });

  test('covers a picture, and keeps nothing that its file said beside the pixels', async () => {
    const canvas = createCanvas(100, 50);
    const context = canvas.getContext('2d');
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, 100, 50);
    const png = canvas.toBuffer('image/png');
    const said = Buffer.from(`Comment\0Ring ${secret}`, 'latin1');
    const chunk = Buffer.alloc(12 + said.length);
    chunk.writeUInt32BE(said.length);
    chunk.write('tEXt', 4, 'latin1');
    said.copy(chunk, 8);
    const told = Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
    const box = { page: 1, left: 100, top: 100, width: 300, height: 300 };
    const [page] = await rasterize(told, 'image/png', [box]);
    assert.ok(page !== undefined);
    assert.deepEqual(chunksOf(page.bytes), ['IHDR', 'IDAT', 'IEND']);
    const { dark, all } = await ink(page.bytes, box);
    assert.equal(dark, all);
    assert.equal((await ink(page.bytes, { ...box, left: 600 })).dark, 0);
  });

  test('that cannot be drawn is an error with a reason', async () => {
    for (const [bytes, mediaType] of [
      [Buffer.from('%PDF-1.4\nnothing'), 'application/pdf'],
      [Buffer.from('GIF89a'), 'image/gif'],
    ] as const)
      await assert.rejects(
        rasterize(bytes, mediaType, []),
        (error) => error instanceof OperatorError && error.code === 'pages-not-drawn',
      );
  });
});
