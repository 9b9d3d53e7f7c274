/**
 * uuencoded files in text bodies as entities of their own, children of the text they stand in.
 *
 *   text/plain '1', body "hello\nbegin 644 a.gif\n…end\n"   → application/octet-stream '1.uu1', filename a.gif
 */
import { limits } from '../limits.js';
import { baseName } from './file-name.js';
import type { Entity } from './message.js';
import { findUuencoded, type UuencodedBlock } from './uuencode.js';

/** Blocks in the body of a text; none in other entities, nor in encoded text. */
export function uuencodedBlocks(entity: Entity): readonly UuencodedBlock[] {
  if (entity.mediaType !== 'text/plain' || entity.disposition === 'attachment') return [];
  if (entity.transferEncoding === 'base64' || entity.transferEncoding === 'quoted-printable') return [];
  if (entity.transferEncoding === 'x-uuencode') return [];
  return findUuencoded(entity.body, limits.maxUuencodedFiles);
}

/** Entities for the files in `text`, which is `Message.entities[index]`; at most `max`. */
export function uuencodedEntities(text: Entity, index: number, max: number): Entity[] {
  return uuencodedBlocks(text)
    .slice(0, max)
    .map((block, at) => ({
      parent: index,
      depth: text.depth + 1,
      section: `${text.section === '' ? '' : `${text.section}.`}uu${String(at + 1)}`,
      fields: [],
      mediaType: 'application/octet-stream',
      parameters: [],
      charset: '',
      transferEncoding: 'x-uuencode',
      disposition: 'attachment',
      filename: baseName(block.name),
      contentId: '',
      offset: -1,
      body: text.body.subarray(block.start, block.end),
    }));
}

/** The text without its uuencoded files. */
export function withoutUuencoded(body: Buffer, blocks: readonly UuencodedBlock[]): Buffer {
  if (blocks.length === 0) return body;
  const kept: Buffer[] = [];
  let at = 0;
  for (const block of blocks) {
    kept.push(body.subarray(at, block.start));
    at = block.end;
  }
  kept.push(body.subarray(at));
  return Buffer.concat(kept);
}
