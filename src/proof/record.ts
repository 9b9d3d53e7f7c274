/**
 * What a release says of one message, as `data/messages/NUMBER.json`: docs/release-format.md, "Records". Canonical JSON
 * and a line feed. Its segments, in order, are the message as received:
 *
 *     ["field","mP3o…","Subject: Trot 14\r\n"]   shown: kind, salt (base64), text
 *     ["line","x1Qa…",["/v8="]]                  shown: bytes that are not UTF-8, in base64
 *     ["line","7bGk…",18]                        shown: the next 18 bytes of data/messages/NUMBER.eml
 *     ["line","Zk9w…"]                           hidden: kind, commitment (base64)
 */
import { hash } from 'node:crypto';
import { parseBase64 } from './base64.js';
import { canonicalJson, type Json } from './canonical-json.js';
import { isCount, isHash, isObject, parseCanonical } from './entry.js';
import { isPayload, isPlainPath } from './manifest.js';
import { leafHash, rootOf } from './merkle.js';
import { saltBytes, segmentCommitment } from './segment.js';

const messageDomain = Buffer.from('impart-message-v1\n');

/** What the segments of a message come to: SHA-256("impart-message-v1\n" ‖ uint32 count ‖ root of the tree over their commitments). */
export function messageCommitment(commitments: readonly Uint8Array[]): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(commitments.length);
  const root = rootOf(commitments.map(leafHash));
  return hash('sha256', Buffer.concat([messageDomain, count, root]), 'buffer');
}

export type RecordSegment =
  | readonly [kind: string, salt: string, shown: string | readonly [base64: string] | number]
  | readonly [kind: string, commitment: string];

/** A file of the release that belongs to a message. */
export interface RecordFile {
  /** From the root of the release. */
  readonly path: string;
  /** Hex. */
  readonly sha256: string;
}

/** What a checker reads of a record; all else in it is for readers. */
export interface MessageRecord {
  readonly number: number;
  /** The whole message, where nothing of it is hidden. */
  readonly original: RecordFile | undefined;
  /** Its attachments that are published. */
  readonly files: readonly RecordFile[];
  readonly segments: readonly RecordSegment[];
}

export const recordPath = (number: number): string => `data/messages/${number}.json`;
export const originalPath = (number: number): string => `data/messages/${number}.eml`;

export function formatRecord(record: Json): Buffer {
  return Buffer.from(`${canonicalJson(record)}\n`);
}

/** Undefined where the bytes are no record. */
export function parseRecord(bytes: Buffer): MessageRecord | undefined {
  if (bytes.at(-1) !== 0x0a) return undefined;
  const value = parseCanonical(bytes.subarray(0, -1));
  if (!isObject(value) || value.v !== 1 || !isCount(value.number) || !Array.isArray(value.segments))
    return undefined;
  const { number, original, attachments } = value;
  const segments: unknown[] = value.segments;
  if (!segments.every(isSegment) || !Array.isArray(attachments)) return undefined;
  if (original !== null && !isFile(original)) return undefined;
  const listed: unknown[] = attachments;
  const files = listed.flatMap((attachment): unknown[] => {
    if (!isObject(attachment)) return [undefined];
    return attachment.files === undefined
      ? []
      : Array.isArray(attachment.files)
        ? attachment.files
        : [undefined];
  });
  if (!files.every(isFile)) return undefined;
  return { number, original: original ?? undefined, files, segments };
}

function isFile(value: unknown): value is RecordFile {
  // A hostile release must not make a checker read what lies beside it.
  return isObject(value) && isPayloadPath(value.path) && isHash(value.sha256);
}

const isPayloadPath = (path: unknown): path is string =>
  typeof path === 'string' && isPlainPath(path) && isPayload(path);

function isSegment(value: unknown): value is RecordSegment {
  if (!Array.isArray(value) || (value.length !== 2 && value.length !== 3)) return false;
  const [kind, hash, shown]: unknown[] = value;
  if (typeof kind !== 'string' || typeof hash !== 'string' || parseBase64(hash)?.length !== saltBytes)
    return false;
  if (value.length === 2 || typeof shown === 'string' || isCount(shown)) return true;
  return Array.isArray(shown) && shown.length === 1 && typeof shown[0] === 'string';
}

/** A segment as a record says it. */
export function shownSegment(kind: string, salt: Uint8Array, bytes: Uint8Array): RecordSegment {
  const text = Buffer.from(bytes).toString();
  const isText = Buffer.from(text).equals(bytes);
  const base64 = Buffer.from(salt).toString('base64');
  return [kind, base64, isText ? text : [Buffer.from(bytes).toString('base64')]];
}

export interface CheckedSegments {
  readonly commitment: Buffer;
  /** The bytes that are shown, with nothing in place of what is hidden. */
  readonly shown: Buffer;
  readonly hidden: number;
}

/** Works out what the segments commit to. `original`: the bytes that numbers are taken from. Undefined where they do not fit it. */
export function checkSegments(
  segments: readonly RecordSegment[],
  original: Buffer | undefined,
): CheckedSegments | undefined {
  let at = 0;
  const shown: Buffer[] = [];
  const commitments: Buffer[] = [];
  for (const [, hash, content] of segments) {
    const bytes = Buffer.from(hash, 'base64');
    if (content === undefined) {
      commitments.push(bytes);
      continue;
    }
    let part: Buffer;
    if (typeof content === 'number') {
      if (original === undefined || at + content > original.length) return undefined;
      part = original.subarray(at, at + content);
      at += content;
    } else {
      part = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content[0], 'base64');
    }
    shown.push(part);
    commitments.push(segmentCommitment(bytes, part));
  }
  if (original !== undefined && at !== original.length) return undefined;
  const hidden = commitments.length - shown.length;
  return { commitment: messageCommitment(commitments), shown: Buffer.concat(shown), hidden };
}
