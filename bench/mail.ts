/** The mail that is measured on: found, unpacked and, for the peers, split into a Maildir. Made once, used again. */

import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { walkSource } from '../src/receive/walk.js';
import { type Base, readBase, type ScaledMbox, scaleVersion, writeScaled } from './scale.js';

/** A trove of N messages takes its mbox, the original, the index and room to work: this many times the mbox. */
const roomPerByte = 2.6;

export interface Corpus {
  /** `enron-43k` */
  readonly name: string;
  /** The mbox uncompressed. */
  readonly mbox: string;
  readonly zst: string;
  readonly messages: number;
  readonly bytes: number;
}

/**
 * Every `*.mbox` and `*.mbox.zst` in a directory, unpacked or packed into `work` where needed. With `firstMessages`,
 * only so many of each. Throws an Error where there is none.
 */
export async function readyCorpora(
  dir: string,
  work: string,
  firstMessages: number | undefined,
): Promise<Corpus[]> {
  const files = existsSync(dir) ? readdirSync(dir).filter((file) => /\.mbox(\.zst)?$/.test(file)) : [];
  if (files.length === 0)
    throw new Error(`there is no *.mbox or *.mbox.zst in ${dir}: name a folder with some, --corpora DIR`);
  mkdirSync(work, { recursive: true });
  const corpora: Corpus[] = [];
  for (const file of files.sort()) corpora.push(await readyCorpus(join(dir, file), work, firstMessages));
  return corpora;
}

async function readyCorpus(path: string, work: string, firstMessages: number | undefined): Promise<Corpus> {
  const name = basename(path).replace(/\.mbox(\.zst)?$/, '');
  const whole = path.endsWith('.zst') ? await unpacked(path, join(work, `${name}.mbox`)) : path;
  if (firstMessages === undefined) {
    const base = await readBase([whole]);
    const zst = path.endsWith('.zst') ? path : await packed(whole, join(work, `${name}.mbox.zst`));
    return { name, mbox: whole, zst, messages: base.messages.length, bytes: statSync(whole).size };
  }
  const base = await readBase([whole]);
  const mbox = join(work, `${name}-${firstMessages}.mbox`);
  const { messages, bytes } = writeScaled(base, Math.min(firstMessages, base.messages.length), mbox);
  return { name, mbox, zst: await packed(mbox, `${mbox}.zst`), messages, bytes };
}

async function unpacked(zst: string, target: string): Promise<string> {
  if (existsSync(target)) return target;
  await pipeline(createReadStream(zst), createZstdDecompress(), createWriteStream(`${target}.new`));
  renameSync(`${target}.new`, target);
  return target;
}

async function packed(mbox: string, target: string): Promise<string> {
  await pipeline(createReadStream(mbox), createZstdCompress(), createWriteStream(`${target}.new`));
  renameSync(`${target}.new`, target);
  return target;
}

/** A Maildir with the messages of an mbox, one file each: what the peers read. Returns its path. */
export async function readyMaildir(corpus: Corpus, work: string): Promise<string> {
  const dir = join(work, `${basename(corpus.mbox, '.mbox')}.maildir`);
  if (existsSync(dir)) return dir;
  const fresh = `${dir}.new`;
  rmSync(fresh, { recursive: true, force: true });
  for (const folder of ['cur', 'new', 'tmp']) mkdirSync(join(fresh, folder), { recursive: true });
  let messages = 0;
  for await (const events of walkSource(corpus.mbox, {
    keeper: { write() {}, path: corpus.mbox },
    tmpDir: `${fresh}.tmp`,
  })) {
    for (const event of events) {
      if (event.type === 'message')
        writeFileSync(join(fresh, 'cur', `${String(++messages).padStart(8, '0')}.bench:2,S`), event.raw);
    }
  }
  renameSync(fresh, dir);
  return dir;
}

/** The scaled mbox of `count` messages. Throws an Error where the disk has no room for it and for a trove of it. */
export async function readyScaled(
  corpora: readonly Corpus[],
  count: number,
  work: string,
): Promise<ScaledMbox & { readonly path: string }> {
  const bytesPerMessage = sum(corpora, (corpus) => corpus.bytes) / sum(corpora, (corpus) => corpus.messages);
  const sources = corpora.map((corpus) => corpus.mbox);
  const key = createHash('sha256').update(
    JSON.stringify([scaleVersion, corpora.map(({ name, bytes, messages }) => [name, bytes, messages])]),
  );
  const path = join(work, `scaled-${count}-${key.digest('hex').slice(0, 8)}.mbox`);
  const record = `${path}.json`;
  if (existsSync(path) && existsSync(record))
    return { ...(JSON.parse(readFileSync(record, 'utf8')) as ScaledMbox), path };
  needRoom(work, count * bytesPerMessage * roomPerByte);
  const base: Base = await readBase(sources);
  const scaled = writeScaled(base, count, path);
  writeFileSync(record, `${JSON.stringify(scaled)}\n`);
  return { ...scaled, path };
}

function needRoom(dir: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(dir);
  if (bavail * bsize < bytes)
    throw new Error(
      `${dir} has ${Math.floor((bavail * bsize) / 1e9)} GB left, this needs ${Math.ceil(bytes / 1e9)} GB`,
    );
}

/** Bytes of all files below a path, by their length. */
export function bytesBelow(path: string, counts: (file: string) => boolean = () => true): number {
  if (!existsSync(path)) return 0;
  let bytes = 0;
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && counts(entry.name)) bytes += statSync(join(entry.parentPath, entry.name)).size;
  }
  return bytes;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
