/**
 * A message's bytes exactly as received: straight from the original where they lie there uninterrupted, else
 * from the spool, else by walking the original again. The SHA-256 is compared before anyone sees them.
 */
import { hash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { OperatorError } from '../errors.js';
import type { SearchIndex } from '../index/search.js';
import { walkSource } from '../receive/walk.js';
import type { AccessionRow, DirectPlace, MessageRow, OccurrenceRow } from '../store/catalog-reader.js';
import { incomingPath } from '../store/originals.js';
import { originalPath, type Trove } from '../store/trove.js';

/** An original gets its final name a moment before the catalog says so: so often, and so long (milliseconds), is looked again. */
const looks = 20;
const betweenLooks = 100;

/** Throws OperatorError `original-missing` or `original-damaged`, naming the file. */
export async function readRaw(trove: Trove, index: SearchIndex, message: MessageRow): Promise<Buffer> {
  for (let look = 1; ; look++) {
    const occurrences = index.catalog.occurrences(message.number);
    for (const occurrence of occurrences) {
      const raw = readDirect(trove, index, occurrence);
      if (raw !== undefined && matches(raw, message)) return raw;
    }
    const spooled = index.findSpooled(message.number);
    if (spooled !== undefined && matches(spooled, message)) return spooled;
    const isMoving = occurrences.some((occurrence) => isBeingNamed(trove, index, occurrence));
    if (isMoving && look < looks) {
      await wait(betweenLooks);
      continue;
    }
    for (const occurrence of occurrences) {
      const raw = await unpack(trove, index, occurrence, message);
      if (raw !== undefined) return raw;
    }
    throw new OperatorError(
      'original-missing',
      `the bytes of message ${message.number} are not where they were received`,
      'Run impart fsck: it names every original that is missing or differs.',
    );
  }
}

/** Whether the catalog still names the file that grew while its source was read, and the file is gone. */
function isBeingNamed(trove: Trove, index: SearchIndex, occurrence: OccurrenceRow): boolean {
  const accession = accessionOf(index, occurrence);
  return (
    accession?.state === 'receiving' &&
    !accession.inPlace &&
    accession.original === undefined &&
    !existsSync(incomingPath(trove, accession.id))
  );
}

const matches = (raw: Buffer, message: MessageRow): boolean => hash('sha256', raw, 'hex') === message.sha256;

/** The bytes where they lie in the original; undefined where they do not lie there as they are. */
function readDirect(trove: Trove, index: SearchIndex, occurrence: OccurrenceRow): Buffer | undefined {
  const { direct } = occurrence;
  const accession = accessionOf(index, occurrence);
  if (direct === undefined || accession === undefined) return undefined;
  return readPlace(trove, index, { ...occurrence, direct, accession }, direct.length);
}

/** Its first `maxBytes`. */
function readPlace(
  trove: Trove,
  index: SearchIndex,
  { direct, path: entry, container, accession }: DirectPlace,
  maxBytes: number,
): Buffer | undefined {
  const length = Math.min(direct.length, maxBytes);
  const path = bytesPath(trove, accession);
  if (!accession.inPlace || !isDirectory(path))
    return index.files.read(path, { offset: direct.offset, length });
  // A folder that was received in place has no tar: the entry itself is the file.
  const within = folderPath(index, container);
  return within === undefined
    ? undefined
    : index.files.read(join(path, within, entry), { offset: 0, length });
}

/** Where a folder inside the source lies; undefined for a container that is a file. */
function folderPath(index: SearchIndex, id: number): string | undefined {
  let path = '';
  for (
    let at = index.catalog.container(id);
    at?.parent !== undefined;
    at = index.catalog.container(at.parent)
  ) {
    if (at.kind !== 'folder' && at.kind !== 'maildir') return undefined;
    path = join(at.path, path);
  }
  return path;
}

function accessionOf(index: SearchIndex, occurrence: OccurrenceRow): AccessionRow | undefined {
  const container = index.catalog.container(occurrence.container);
  return container === undefined ? undefined : index.catalog.accession(container.accession);
}

/** Where an accession's bytes are now. */
export function bytesPath(trove: Trove, accession: DirectPlace['accession']): string {
  if (accession.inPlace) return accession.source;
  return accession.original === undefined
    ? incomingPath(trove, accession.id)
    : originalPath(trove, accession.original);
}

function isDirectory(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/**
 * The bytes for a line in a list of hits: as `readRaw`, but without hashing what lies where it was received, and of
 * that the first `maxBytes` alone. A page of hits with large attachments would spend most of its time on the rest.
 */
export async function readRawForList(
  trove: Trove,
  index: SearchIndex,
  message: MessageRow,
  maxBytes = message.size,
): Promise<Buffer> {
  const first = index.catalog.firstPlace(message.number);
  const raw = first?.direct.length === message.size ? readPlace(trove, index, first, maxBytes) : undefined;
  return raw ?? (await readRaw(trove, index, message));
}

/** The slow way: walks the original until the message comes by. */
async function unpack(
  trove: Trove,
  index: SearchIndex,
  occurrence: OccurrenceRow,
  message: MessageRow,
): Promise<Buffer | undefined> {
  const accession = accessionOf(index, occurrence);
  if (accession === undefined) return undefined;
  const path = bytesPath(trove, accession);
  if (!existsSync(path)) return undefined;
  const tmpDir = mkdtempSync(join(tmpdir(), 'impart-'));
  try {
    const keeper = { path, write() {} };
    for await (const events of walkSource(path, { keeper, tmpDir })) {
      for (const event of events) {
        if (event.type === 'message' && event.raw.length === message.size && matches(event.raw, message))
          return Buffer.from(event.raw);
      }
    }
  } finally {
    rmSync(tmpDir, { recursive: true, force: true });
  }
  return undefined;
}
