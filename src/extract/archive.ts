/**
 * Archives inside attachments: what is in them, and each file read as an attachment of its own.
 *
 *   zip  tar  gzip  bzip2  xz  zstd      'contents' as a table of names and sizes; then 'letter.pdf › page 1'
 */

import { limits } from '../limits.js';
import { decompress } from '../receive/decompress.js';
import { ExpansionBudget } from '../receive/expansion.js';
import type { Compression } from '../receive/source.js';
import { StreamFailure } from '../receive/stream.js';
import { parsePax, parseTarHeader, type TarExtension, untilNul } from '../receive/tar-entry.js';
import { blockBytes, paddingAfter } from '../receive/tar-header.js';
import { Window } from '../receive/window.js';
import type { Compound } from './compound.js';
import { type Extraction, ExtractionStop } from './extraction.js';
import { Table } from './table.js';
import type { ZipMembers } from './zip-members.js';

/** A file inside another. It is unpacked when asked for; that throws ExtractionStop where it cannot be. */
export interface Member {
  readonly name: string;
  /** Bytes unpacked, as the archive says. */
  readonly size: number;
  /** Office files keep others as branches of their own tree of streams. */
  content(): Buffer | Compound;
}

export function zipMembers(zip: ZipMembers, extraction: Extraction): Member[] {
  return zip.entries.map((entry) => ({
    name: entry.name,
    size: entry.bytes,
    content: () => zip.read(entry, extraction),
  }));
}

/** The regular files of a tar. Stops at damage, with what came before it. */
export function tarMembers(bytes: Buffer, extraction: Extraction): Member[] {
  const members: Member[] = [];
  let extension: TarExtension = {};
  for (let at = 0; at + blockBytes <= bytes.length; ) {
    const header = parseTarHeader(bytes.subarray(at, at + blockBytes));
    at += blockBytes;
    if (header === undefined) continue;
    const size = extension.size ?? header.size;
    const data = bytes.subarray(at, at + size);
    if (header.type === 'x') parsePax(data, extension);
    else if (header.type === 'L') extension.path = untilNul(data);
    else if (header.type !== 'g' && header.type !== 'K') {
      if (header.type === '0' || header.type === '7')
        members.push({ name: extension.path ?? header.name, size, content: () => data });
      extension = {};
    }
    if (data.length < size) extraction.note('damaged', `the archive ends within ${header.name}`);
    if (members.length >= limits.maxAttachmentListing) break;
    at += size + paddingAfter(size);
  }
  return members;
}

export function addContents(members: readonly Member[], extraction: Extraction): void {
  const table = new Table(extraction, (first, last) =>
    first === 1 && last === members.length ? 'contents' : `contents, files ${first}–${last}`,
  );
  for (const [at, { name, size }] of members.entries()) table.row(at + 1, [name, `${size} bytes`]);
  table.end();
}

/** What a compressed file holds. Damage ends it early, with a finding. Throws ExtractionStop. */
export async function unpacked(
  bytes: Buffer,
  compression: Compression,
  extraction: Extraction,
): Promise<Buffer> {
  const budget = new ExpansionBudget(limits);
  budget.addSource(bytes.length);
  const stream = decompress(Window.over(bytes), compression, budget);
  const parts: Buffer[] = [];
  try {
    for (;;) {
      const part = Buffer.allocUnsafe(256 * 1024);
      const got = await stream.read(part);
      if (got === 0) break;
      extraction.unpacking(got);
      parts.push(part.subarray(0, got));
    }
  } catch (error) {
    if (!(error instanceof StreamFailure)) throw error;
    const code = error.code === 'expansion-limit' ? 'truncated' : 'damaged';
    if (parts.length === 0) throw new ExtractionStop(code, error.message);
    extraction.note(code, error.message);
  } finally {
    await stream.close();
  }
  return Buffer.concat(parts);
}
