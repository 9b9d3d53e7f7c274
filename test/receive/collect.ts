/**
 * Walks sources for the tests: every event with its bytes copied, and the original as the keeper got it.
 */
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Limits } from '../../src/receive/reader.js';
import type { SourceEvent } from '../../src/receive/source.js';
import { walkSource } from '../../src/receive/walk.js';

export type MessageEvent = Extract<SourceEvent, { type: 'message' }>;
export type FailedEvent = Extract<SourceEvent, { type: 'failed' }>;

export const corpora = '../shared/corpora';

/** A directory that is gone after the test. */
export function makeTemporary(t: Pick<TestContext, 'after'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'receive-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Walked {
  readonly events: readonly SourceEvent[];
  readonly messages: readonly MessageEvent[];
  readonly failures: readonly FailedEvent[];
  /** Bytes that the keeper got. */
  readonly kept: Buffer;
  readonly progress: readonly number[];
}

/** Walks a source to its end. Checks what holds for every walk on the way. */
export async function walkAll(t: TestContext, path: string, limits: Partial<Limits> = {}): Promise<Walked> {
  const folder = makeTemporary(t);
  const keptPath = join(folder, 'kept');
  const tmpDir = join(folder, 'tmp');
  const file = openSync(keptPath, 'w');
  const write = (bytes: Uint8Array) => {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
  };
  const events: SourceEvent[] = [];
  const progress: number[] = [];
  const options = {
    keeper: { path: keptPath, write },
    tmpDir,
    limits,
    onProgress: (bytes: number) => progress.push(bytes),
  };
  for await (const batch of walkSource(path, options)) {
    for (const event of batch)
      events.push(event.type === 'message' ? { ...event, raw: Buffer.from(event.raw) } : event);
  }
  const left = readdirSync(folder).includes('tmp') ? readdirSync(tmpDir) : [];
  if (left.length > 0) throw new Error(`left in tmpDir: ${left.join(' ')}`);
  const kept = readFileSync(keptPath);
  checkDirect(events, kept);
  checkNesting(events);
  const messages = events.filter((event) => event.type === 'message');
  return { events, messages, failures: events.filter((event) => event.type === 'failed'), kept, progress };
}

/** Writes `bytes` into a file of its own and walks that. */
export async function walkBytes(
  t: TestContext,
  bytes: Buffer | string,
  limits: Partial<Limits> = {},
): Promise<Walked> {
  const path = join(makeTemporary(t), 'source');
  writeFileSync(path, bytes);
  return walkAll(t, path, limits);
}

/** A message that says where it is directly must be there, in the bytes that were kept. */
function checkDirect(events: readonly SourceEvent[], kept: Buffer): void {
  for (const event of events) {
    if (event.type !== 'message' || event.place.direct === undefined) continue;
    const { offset, length } = event.place.direct;
    if (!kept.subarray(offset, offset + length).equals(event.raw))
      throw new Error(`not at ${offset}: ${event.place.path}`);
  }
}

/** Containers are numbered as they appear, start before and end after what is in them, children before parents. */
function checkNesting(events: readonly SourceEvent[]): void {
  const open: number[] = [];
  let next = 0;
  for (const event of events) {
    if (event.type === 'container') {
      const { index, parent } = event.container;
      if (index !== next++ || parent !== (open.at(-1) ?? -1))
        throw new Error(`container ${index} in ${parent} out of order`);
      open.push(index);
    } else if (event.type === 'end') {
      if (open.pop() !== event.container) throw new Error(`end of ${event.container} out of order`);
    } else if (open.at(-1) !== event.container) {
      throw new Error(`an event of container ${event.container} out of order`);
    }
  }
  if (open.length > 0) throw new Error(`containers without an end: ${open.join(' ')}`);
}

export function texts(messages: readonly MessageEvent[]): string[] {
  return messages.map(({ raw }) => raw.toString('latin1'));
}

/** A small message whose subject tells it from others. */
export function sampleMessage(subject: string, body = 'Hello.\n'): string {
  return `From: a@example.net\nTo: b@example.net\nSubject: ${subject}\n\n${body}`;
}

/** In the order of the bytes, for lists whose own order does not matter. */
export function sorted(list: readonly string[]): string[] {
  return list.toSorted((one, other) => (one < other ? -1 : 1));
}
