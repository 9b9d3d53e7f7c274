/**
 * A trove of any size made from the messages of a few mboxes: an mbox whose bytes follow from the sources and the
 * number of messages alone.
 *
 *   message i of N  =  base message (i · stride mod base size), copy ⌊i ÷ base size⌋        see vary.ts
 *
 * The stride scatters the sources over the whole file, so that every size has the same mix of mail.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { walkSource } from '../src/receive/walk.js';
import { varyMessage } from './vary.js';

/** Raise it whenever other bytes are made: files of an earlier version are not taken up again. */
export const scaleVersion = 1;
const bufferBytes = 4 * 1024 * 1024;

interface BaseMessage {
  readonly source: number;
  /** Bytes of the source, From_ line included. */
  readonly offset: number;
  readonly length: number;
}

/** The messages that copies are made of. */
export interface Base {
  /** Paths of uncompressed mboxes. */
  readonly sources: readonly string[];
  readonly messages: readonly BaseMessage[];
}

export interface ScaledMbox {
  readonly messages: number;
  readonly bytes: number;
  /** Hex, of the whole file. */
  readonly sha256: string;
}

/** Finds all messages of these mboxes with the program's own walk. Throws as `walkSource`. */
export async function readBase(sources: readonly string[]): Promise<Base> {
  const messages: BaseMessage[] = [];
  for (const [source, path] of sources.entries()) {
    for await (const events of walkSource(path, { keeper: { write() {}, path }, tmpDir: `${path}.tmp` })) {
      for (const event of events) {
        if (event.type === 'message')
          messages.push({ source, offset: event.place.offset, length: event.place.length });
      }
    }
  }
  return { sources, messages };
}

/** Writes an mbox of exactly `count` messages to `path`, complete or not at all. Memory does not grow with `count`. */
export function writeScaled(base: Base, count: number, path: string): ScaledMbox {
  const output = openSync(`${path}.new`, 'w');
  const hash = createHash('sha256');
  const waiting: Buffer[] = [];
  let waitingBytes = 0;
  let bytes = 0;
  const flush = (): void => {
    const chunk = Buffer.concat(waiting.splice(0), waitingBytes);
    for (let done = 0; done < chunk.length; ) done += writeSync(output, chunk, done);
    hash.update(chunk);
    bytes += chunk.length;
    waitingBytes = 0;
  };
  try {
    for (const message of scaledMessages(base, count)) {
      waiting.push(message);
      waitingBytes += message.length;
      if (waitingBytes >= bufferBytes) flush();
    }
    flush();
  } finally {
    closeSync(output);
  }
  renameSync(`${path}.new`, path);
  return { messages: count, bytes, sha256: hash.digest('hex') };
}

/** The stored form of `count` messages, each ending in an empty line. */
function* scaledMessages(base: Base, count: number): Generator<Buffer> {
  const files = base.sources.map((path) => openSync(path, 'r'));
  const size = base.messages.length;
  const stride = coprimeStride(size);
  try {
    for (let i = 0; i < count; i++) {
      const message = base.messages[(i * stride) % size];
      if (message === undefined) throw new RangeError('there is no message to make copies of');
      const stored = Buffer.allocUnsafe(message.length);
      // The index comes from the source's own list, and every source has a file.
      readSync(files[message.source] ?? -1, stored, 0, message.length, message.offset);
      yield varyMessage(withEmptyLine(stored), Math.floor(i / size));
    }
  } finally {
    for (const file of files) closeSync(file);
  }
}

/** Near the golden section of `size`, so that neighbours come from far apart; coprime, so that none is left out. */
export function coprimeStride(size: number): number {
  let stride = Math.max(1, Math.round(size * 0.618));
  while (greatestCommonDivisor(stride, size) !== 1) stride += 1;
  return stride;
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** The last message of a file may lack the empty line that a From_ line needs before it. */
function withEmptyLine(stored: Buffer): Buffer {
  const end = stored.toString('latin1', Math.max(0, stored.length - 4));
  if (/\n\r?\n$/.test(end)) return stored;
  return Buffer.concat([stored, Buffer.from(end.endsWith('\n') ? '\n' : '\n\n', 'latin1')]);
}
