/**
 * What a log says, entry by entry: docs/release-format.md, "Entries". Each is canonical JSON (RFC 8785).
 *
 *     {"commitment":"5f1c…","number":12,"record":"9b0e…","type":"message","v":1}
 *     {"commitment":"77aa…","number":13,"reason":"private person","type":"withheld","v":1}
 *     {"number":12,"reason":"legal","type":"withdrawn","v":1}
 *     {"manifest":"c0ff…","release":1,"statement":{…},"time":"2026-11-25T10:00:00.000Z","title":"…","type":"release","v":1}
 *
 * The number of a message is the index of its first entry. A later entry with that number takes the earlier one's place.
 */
import { canonicalJson, type Json } from './canonical-json.js';

export interface MessageEntry {
  readonly type: 'message';
  readonly number: number;
  /** Hex, of its segments: `messageCommitment`. */
  readonly commitment: string;
  /** Hex, SHA-256 of the file `data/messages/NUMBER.json`. */
  readonly record: string;
}

/** Counted, not named: the commitment is to the message under a salt that stays secret. */
export interface WithheldEntry {
  readonly type: 'withheld';
  readonly number: number;
  readonly commitment: string;
  readonly reason: string;
}

/** What was published before, and is no longer. */
export interface WithdrawnEntry {
  readonly type: 'withdrawn';
  readonly number: number;
  readonly reason: string;
}

export interface ReleaseEntry {
  readonly type: 'release';
  /** From 1. The release is the checkpoint of which this entry is the last. */
  readonly release: number;
  readonly time: string;
  readonly title: string;
  /** Hex, SHA-256 of `manifest-sha256.txt`. */
  readonly manifest: string;
  readonly statement: CompletenessStatement;
}

export type LogEntry = MessageEntry | WithheldEntry | WithdrawnEntry | ReleaseEntry;

/** What became of everything that was received. */
export interface CompletenessStatement {
  /** Things that claimed to be messages = parsed + duplicate + failed. */
  readonly received: number;
  readonly parsed: number;
  readonly duplicate: number;
  readonly failed: number;
  /** Different messages = published + withheld (all reasons) + withdrawn + unselected. */
  readonly messages: number;
  readonly published: number;
  /** Of the published ones, those of which something is hidden. */
  readonly redacted: number;
  readonly withheld: Readonly<Record<string, number>>;
  readonly withdrawn: number;
  /** Messages that nobody picked for this release. */
  readonly unselected: number;
}

export function formatEntry(entry: LogEntry): Buffer {
  return Buffer.from(canonicalJson({ v: 1, ...entry } as unknown as Json));
}

/** Undefined for anything that `formatEntry` did not write. */
export function parseEntry(bytes: Buffer): LogEntry | undefined {
  const value = parseCanonical(bytes);
  if (!isObject(value) || value.v !== 1) return undefined;
  const { type, number, commitment, record, reason } = value;
  let entry: LogEntry | undefined;
  if (type === 'message' && isCount(number) && isHash(commitment) && isHash(record))
    entry = { type, number, commitment, record };
  else if (type === 'withheld' && isCount(number) && isHash(commitment) && typeof reason === 'string')
    entry = { type, number, commitment, reason };
  else if (type === 'withdrawn' && isCount(number) && typeof reason === 'string')
    entry = { type, number, reason };
  else if (type === 'release') entry = releaseOf(value);
  // No member more than these: what a checker does not know it must not pass over.
  return entry !== undefined && formatEntry(entry).equals(bytes) ? entry : undefined;
}

function releaseOf(value: Readonly<Record<string, unknown>>): ReleaseEntry | undefined {
  const { release, time, title, manifest, statement } = value;
  if (!isCount(release) || !isTime(time) || typeof title !== 'string' || !isHash(manifest)) return undefined;
  if (!isStatement(statement)) return undefined;
  return { type: 'release', release, time, title, manifest, statement };
}

const counts = [
  'received',
  'parsed',
  'duplicate',
  'failed',
  'messages',
  'published',
  'redacted',
  'withdrawn',
  'unselected',
] as const;

function isStatement(value: unknown): value is CompletenessStatement {
  if (!isObject(value) || !counts.every((name) => isCount(value[name]))) return false;
  return isObject(value.withheld) && Object.values(value.withheld).every(isCount);
}

/** What does not add up in a statement, as sentences. */
export function statementFaults(statement: CompletenessStatement): string[] {
  const { received, parsed, duplicate, failed, messages, published, withdrawn, unselected } = statement;
  const withheld = Object.values(statement.withheld).reduce((sum, count) => sum + count, 0);
  const faults: string[] = [];
  if (received !== parsed + duplicate + failed)
    faults.push(`${received} received is not ${parsed} parsed + ${duplicate} duplicate + ${failed} failed`);
  if (messages !== published + withheld + withdrawn + unselected)
    faults.push(
      `${messages} messages is not ${published} published + ${withheld} withheld + ${withdrawn} withdrawn + ${unselected} unselected`,
    );
  if (statement.redacted > published)
    faults.push(`${statement.redacted} redacted is more than ${published} published`);
  return faults;
}

/** The value of canonical JSON in UTF-8; undefined where the bytes are anything else. */
export function parseCanonical(bytes: Buffer): unknown {
  try {
    const text = bytes.toString();
    const value: unknown = JSON.parse(text);
    return canonicalJson(value as Json) === text && Buffer.from(text).equals(bytes) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
export const isHash = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isTime = (value: unknown): value is string =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;
