/**
 * Containers of the trove, each written as its program would have: mboxrd, Maildir++, a folder of .eml
 * files, a gzip'd mbox, a zip of mboxes.
 *
 *   From c.haldane@eastmarch-harbour.example Mon Mar 23 09:14:02 2015
 *   >From the outset …                                    (mboxrd)
 */
import { createHash } from 'node:crypto';
import { formatAsctime, later } from './dates.ts';
import { gzip, type ZipEntry, zip } from './files/zip.ts';
import type { Letter } from './letter.ts';
import type { Place, SourceName } from './places.ts';
import type { Stored } from './post.ts';
import { digits, messageIdOf, stampMoment } from './trace.ts';

/** A letter's copy on its way into a container. */
export interface Copy {
  readonly letter: Letter;
  readonly place: Place;
  readonly stored: Stored;
}

export interface Occurrence {
  readonly copy: Copy;
  /** SHA-256 of the message's bytes: without From_ line and separating empty line, unquoted. */
  readonly sha256: string;
  /** File under mail/, and after `#` what holds the message inside it (entry of the zip, number in the mbox from 1). */
  readonly path: string;
}

export interface Built {
  /** Path under mail/ → bytes. */
  readonly files: Map<string, Buffer>;
  readonly occurrences: Occurrence[];
}

type LineEnd = '\n' | '\r\n';

function bytesOf(copy: Copy, lineEnd: LineEnd): Buffer {
  const text = copy.stored.message;
  return Buffer.from(lineEnd === '\n' ? text : text.replace(/\r?\n/g, '\r\n'), 'latin1');
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function mbox(copies: readonly Copy[], lineEnd: LineEnd): { bytes: Buffer; hashes: string[] } {
  const hashes: string[] = [];
  const parts = copies.map((copy) => {
    const message = bytesOf(copy, lineEnd);
    hashes.push(sha256(message));
    const head = `From ${copy.letter.from.address} ${formatAsctime(later(stampMoment(copy.letter), 6))}${lineEnd}`;
    return `${head}${message.toString('latin1').replace(/^(>*From )/gm, '>$1')}${lineEnd}`;
  });
  return { bytes: Buffer.from(parts.join(''), 'latin1'), hashes };
}

function ofSource(copies: readonly Copy[], source: SourceName): Copy[] {
  return copies.filter((copy) => copy.place.source === source);
}

function addMbox(built: Built, path: string, copies: readonly Copy[], pack: (bytes: Buffer) => Buffer): void {
  const { bytes, hashes } = mbox(copies, '\n');
  built.files.set(path, pack(bytes));
  for (const [index, copy] of copies.entries()) {
    built.occurrences.push({ copy, sha256: hashes[index] ?? '', path: `${path}#${index + 1}` });
  }
}

function maildirName(copy: Copy, size: number): string {
  const seconds = Math.floor(stampMoment(copy.letter).time / 1000) + 9;
  const micro = Number.parseInt(digits(`maildir/${copy.letter.key}/${copy.place.folder}`, 5), 16) % 1_000_000;
  const isNew = copy.place.flags === 'new';
  return `${isNew ? 'new' : 'cur'}/${seconds}.M${micro}P2217.tern,S=${size}${isNew ? '' : `:2,${copy.place.flags}`}`;
}

/** Maildir++: sub-folders are siblings whose names begin with a dot. */
function addMaildir(built: Built, copies: readonly Copy[]): void {
  for (const copy of copies) {
    const bytes = bytesOf(copy, '\n');
    const folder = copy.place.folder === '' ? '' : `.${copy.place.folder}/`;
    const path = `penhallow/${folder}${maildirName(copy, bytes.length)}`;
    built.files.set(path, bytes);
    if (folder !== '') built.files.set(`penhallow/${folder}maildirfolder`, Buffer.alloc(0));
    built.occurrences.push({ copy, sha256: sha256(bytes), path });
  }
  built.files.set(
    'penhallow/subscriptions',
    Buffer.from('Dredging\nDredging.Sediment\nKept\nPrivate\nSent\n'),
  );
}

function fileName(copy: Copy, number: number): string {
  const subject = copy.letter.subject
    .replace(/[^\p{L}\p{N} ._-]+/gu, '')
    .replace(/ +/g, ' ')
    .slice(0, 48);
  return `${String(number).padStart(4, '0')} ${subject.trim()}.eml`.normalize('NFC');
}

function addFolder(built: Built, copies: readonly Copy[]): void {
  for (const [index, copy] of copies.entries()) {
    const bytes = bytesOf(copy, '\r\n');
    const path = `directors-office/${copy.place.folder}/${fileName(copy, index + 1)}`;
    built.files.set(path, bytes);
    built.occurrences.push({ copy, sha256: sha256(bytes), path });
  }
  const note = 'Exported for Corin Haldane by B. Tulloch, 30 September 2016. Deleted Items as found.\r\n';
  built.files.set('directors-office/Read me first.txt', Buffer.from(note));
}

/** Mail of a newsroom, zipped as two mboxes with CRLF line ends. */
function addZip(built: Built, copies: readonly Copy[]): void {
  const path = 'courier.zip';
  const entries: ZipEntry[] = [
    { name: 'courier/about.txt', bytes: Buffer.from('Farrow, Nadia. Harbour file. Dec 2016.\r\n') },
  ];
  for (const folder of ['Inbox', 'Sent']) {
    const chosen = copies.filter((copy) => copy.place.folder === folder);
    const { bytes, hashes } = mbox(chosen, '\r\n');
    const name = `courier/${folder}.mbox`;
    entries.push({ name, bytes });
    for (const [index, copy] of chosen.entries()) {
      built.occurrences.push({ copy, sha256: hashes[index] ?? '', path: `${path}#${name}#${index + 1}` });
    }
  }
  built.files.set(path, zip(entries));
}

/** All containers from all copies; the order inside each is by time. */
export function buildBoxes(copies: readonly Copy[]): Built {
  const built: Built = { files: new Map(), occurrences: [] };
  const inOrder = [...copies].sort((a, b) => stampMoment(a.letter).time - stampMoment(b.letter).time);
  addMbox(built, 'procurement.mbox', ofSource(inOrder, 'procurement'), (bytes) => bytes);
  addMaildir(built, ofSource(inOrder, 'penhallow'));
  addFolder(built, ofSource(inOrder, 'office'));
  addMbox(built, 'harbour-users.mbox.gz', ofSource(inOrder, 'list'), gzip);
  addZip(built, ofSource(inOrder, 'courier'));
  return built;
}

export function messageIdIn(copy: Copy): string {
  return messageIdOf(copy.letter);
}
