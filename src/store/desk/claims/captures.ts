/** Captures of articles: their bytes, their text, and which are versions of one another. */
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../../errors.js';
import { limits } from '../../../limits.js';
import { type Act, addRow, rowAdder, sha256Bytes, standing, type Values } from '../row.js';
import { type Capture, captureKind, capturePartKind } from './kinds.js';

export type CaptureFacts = Omit<Values<typeof captureKind>, 'bytes' | 'size' | 'digest' | 'version_of'>;

export interface KeptCapture {
  readonly id: string;
  /** The same bytes were captured before, from the same place: nothing was written. */
  readonly isKnown: boolean;
}

/** Keeps the bytes and the text, and the capture as a version of those before it with the same address. */
export function addCapture(
  db: DatabaseSync,
  act: Act,
  bytes: Buffer,
  text: string,
  facts: CaptureFacts,
): KeptCapture {
  const sha256 = digestOf(bytes);
  const known = standing(db, captureKind, 'bytes = ? AND url = ?', sha256Bytes(sha256), facts.url)[0];
  if (known !== undefined) return { id: known.id, isKnown: true };
  const encoded = Buffer.from(text, 'utf8');
  const digest = digestOf(encoded);
  keepParts(db, act, sha256, bytes);
  keepParts(db, act, digest, encoded);
  const first = firstVersion(db, facts);
  const id = addRow(db, captureKind, act, {
    ...facts,
    bytes: sha256,
    size: bytes.length,
    digest,
    version_of: first?.id,
  });
  return { id, isKnown: false };
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function keepParts(db: DatabaseSync, act: Act, sha256: string, bytes: Buffer): void {
  if (standing(db, capturePartKind, 'bytes = ? LIMIT 1', sha256Bytes(sha256)).length > 0) return;
  const add = rowAdder(db, capturePartKind, act);
  const size = limits.maxCapturePartBytes;
  // A file of no bytes has one part.
  for (let part = 0; part === 0 || part * size < bytes.length; part += 1)
    add({ bytes: sha256, part, content: bytes.toString('base64', part * size, (part + 1) * size) });
}

/** The first capture of the article at the same address, canonical where the page names one. */
function firstVersion(
  db: DatabaseSync,
  { url, canonical_url: canonical }: CaptureFacts,
): Capture | undefined {
  if (!/^https?:/.test(url) && canonical === '') return undefined;
  const places = [url, canonical].filter((place) => /^https?:/.test(place));
  const slots = places.map(() => '?').join(', ');
  return standing(
    db,
    captureKind,
    `(url IN (${slots}) OR canonical_url IN (${slots})) ORDER BY made_at, id LIMIT 1`,
    ...places,
    ...places,
  ).map((found) =>
    found.version_of === undefined ? found : (findCapture(db, found.version_of) ?? found),
  )[0];
}

export function findCapture(db: DatabaseSync, id: string): Capture | undefined {
  return standing(db, captureKind, 'id = ?', id)[0];
}

export const captureMissing = (id: string): OperatorError =>
  new OperatorError(
    'capture-missing',
    `there is no capture ${id}`,
    'impart claims list --trove DIR lists captures with their ids.',
  );

/** Newest first. */
export const captures = (db: DatabaseSync): Capture[] =>
  standing(db, captureKind, 'true ORDER BY made_at DESC, id');

/** All captures of the same article, oldest first, itself among them. */
export function versionsOf(db: DatabaseSync, capture: Capture): Capture[] {
  const first = capture.version_of ?? capture.id;
  return standing(db, captureKind, '(id = ? OR version_of = ?) ORDER BY made_at, id', first, first);
}

/** What was kept under a SHA-256. Throws OperatorError `capture-damaged` where the parts are not those bytes any more. */
export function keptBytes(db: DatabaseSync, sha256: string): Buffer {
  const parts = standing(db, capturePartKind, 'bytes = ? ORDER BY part, made_at', sha256Bytes(sha256));
  const distinct = parts.filter(({ part }, at) => part !== parts[at - 1]?.part);
  const bytes = Buffer.concat(distinct.map(({ content }) => Buffer.from(content, 'base64')));
  if (digestOf(bytes) === sha256) return bytes;
  throw new OperatorError(
    'capture-damaged',
    `the desk no longer holds the bytes of SHA-256 ${sha256} whole`,
    'Import the desk of a colleague who has them, or capture the article again.',
  );
}

export const captureText = (db: DatabaseSync, { digest }: Pick<Capture, 'digest'>): string =>
  keptBytes(db, digest).toString('utf8');
