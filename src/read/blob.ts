/** The bytes of an attachment, by its SHA-256: out of the first of its messages that still has them. */
import { hash } from 'node:crypto';
import { OperatorError } from '../errors.js';
import { decodeBody } from '../message/body.js';
import { parseMessage } from '../message/parse.js';
import type { Archive } from './archive.js';
import { readRaw } from './raw.js';

/** Places tried: the same bytes are in each of them. */
const triedPlaces = 5;

export interface BlobPlace {
  readonly number: number;
  readonly entity: number;
}

/** Throws OperatorError `attachment-missing` where none of the places has them, or what `readRaw` throws. */
export async function readBlob(
  archive: Archive,
  sha256: string,
  places: readonly BlobPlace[],
): Promise<Buffer> {
  for (const { number, entity } of places.slice(0, triedPlaces)) {
    const row = archive.index.catalog.findMessage(number);
    if (row === undefined) continue;
    const message = parseMessage(await readRaw(archive.trove, archive.index, row));
    const part = message.entities[entity];
    const bytes = part === undefined ? undefined : decodeBody(part).bytes;
    if (bytes !== undefined && hash('sha256', bytes, 'hex') === sha256) return bytes;
  }
  throw new OperatorError(
    'attachment-missing',
    `the bytes of attachment ${sha256} are not where they were found`,
    'Run impart fsck: it names every original that is missing or differs. Run impart extract to bring the list of attachments up to date.',
  );
}
