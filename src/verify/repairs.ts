/**
 * The named, ordered, reversible repairs. Transport and storage change bytes that a signature covers; a pass after
 * a repair is a pass over the repaired bytes, and is reported as such.
 *
 *   line-endings     every line ends in CR LF, as on the wire; the trove has bare LF (mbox, Maildir)
 *   mboxo-unquoting  ">From " at the start of a body line was "From "
 *   dot-unstuffing   ".." at the start of a body line was "." (RFC 5321 4.5.2)
 *   trailing-lines   lines of blanks, a lone "." or a Ctrl-Z at the end were not there
 */
import { limits } from '../limits.js';
import { type JudgingContext, judgeDkim } from './dkim.js';
import type { SignatureFlag, SignatureJudgement } from './judgement.js';
import { SignedMessage } from './signed-message.js';

const networkLineEnd = Buffer.from('\r\n', 'latin1');

export interface Repair {
  readonly name: 'mboxo-unquoting' | 'dot-unstuffing' | 'trailing-lines';
  /** The repaired message, or undefined where there is nothing to repair. Never longer than `raw`. */
  apply(raw: Buffer): Buffer | undefined;
}

export const bodyRepairs: readonly Repair[] = [
  { name: 'mboxo-unquoting', apply: (raw) => withoutFirstByte(raw, '\n>From ') },
  { name: 'dot-unstuffing', apply: (raw) => withoutFirstByte(raw, '\n..') },
  { name: 'trailing-lines', apply: withoutTrailingLines },
];

/** Every signature of a message, with the repairs that made a difference among its flags. */
export function judgeMessage(raw: Buffer, context: JudgingContext): SignatureJudgement[] {
  const bytes = raw.length > limits.maxMessageBytes ? raw.subarray(0, limits.maxMessageBytes) : raw;
  let best = judgeAsReceived(bytes, context);
  if (best.every(isSettled)) return best;
  const applicable = bodyRepairs.filter((repair) => repair.apply(bytes) !== undefined);
  for (const chosen of combinations(applicable)) {
    const repaired = chosen.reduce((at, repair) => repair.apply(at) ?? at, bytes);
    const names = chosen.map(({ name }) => name);
    best = merge(best, judgeAsReceived(repaired, context), names);
    if (best.every(isSettled)) break;
  }
  return best;
}

/** The message as a signature with these flags was judged: repaired, and with the line ends that were assumed. */
export function readAsJudged(raw: Buffer, flags: readonly string[]): SignedMessage {
  const bytes = raw.length > limits.maxMessageBytes ? raw.subarray(0, limits.maxMessageBytes) : raw;
  const repaired = bodyRepairs
    .filter(({ name }) => flags.includes(`repaired:${name}`))
    .reduce((at, repair) => repair.apply(at) ?? at, bytes);
  const isLocal = flags.includes('repaired:line-endings') || !repaired.includes(networkLineEnd);
  return new SignedMessage(repaired, isLocal ? 'local' : 'network');
}

/** One repair before two, two before three, in the order of the list. */
function combinations(repairs: readonly Repair[]): Repair[][] {
  const all = Array.from({ length: 2 ** repairs.length - 1 }, (_, i) =>
    repairs.filter((_repair, bit) => ((i + 1) & (1 << bit)) !== 0),
  );
  return all.sort((a, b) => a.length - b.length);
}

/** As the bytes are; where lines end in a bare LF, also as they were on the wire. */
function judgeAsReceived(raw: Buffer, context: JudgingContext): SignatureJudgement[] {
  // Without CR LF there are no lines in the sense of RFC 5322 2.1: nothing can verify as it stands.
  if (!raw.includes(networkLineEnd)) {
    const judged = judgeDkim(new SignedMessage(raw, 'local'), context);
    return judged.map((signature) => withRepairs(signature, raw.includes(10) ? ['line-endings'] : []));
  }
  const plain = judgeDkim(new SignedMessage(raw, 'network'), context);
  if (plain.every(isSettled) || !hasBareLineFeed(raw)) return plain;
  return merge(plain, judgeDkim(new SignedMessage(raw, 'local'), context), ['line-endings']);
}

/** No repair could say more about it. */
const isSettled = ({ result, body, header }: SignatureJudgement): boolean =>
  result === 'malformed' || result === 'unsupported' || (body === 'intact' && header !== 'differs');

/** Where the repaired bytes say more for a signature, they are believed, with the names of the repairs. */
function merge(
  before: readonly SignatureJudgement[],
  after: readonly SignatureJudgement[],
  repairs: readonly string[],
): SignatureJudgement[] {
  return before.map((signature, index) => {
    const other = after[index];
    return other !== undefined && worth(other) > worth(signature) ? withRepairs(other, repairs) : signature;
  });
}

const worth = ({ header, body }: SignatureJudgement): number =>
  (header === 'intact' ? 2 : 0) + (body === 'intact' ? 1 : 0);

function withRepairs(signature: SignatureJudgement, repairs: readonly string[]): SignatureJudgement {
  if (worth(signature) === 0) return signature;
  const flags = repairs
    .map((name): SignatureFlag => `repaired:${name}`)
    .filter((flag) => !signature.flags.includes(flag));
  return { ...signature, flags: [...signature.flags, ...flags] };
}

function hasBareLineFeed(raw: Buffer): boolean {
  for (let at = raw.indexOf(10); at !== -1; at = raw.indexOf(10, at + 1)) if (raw[at - 1] !== 13) return true;
  return false;
}

/** Drops the byte after the line end wherever `mark` stands in the body. */
function withoutFirstByte(raw: Buffer, mark: string): Buffer | undefined {
  const start = bodyStart(raw);
  let at = raw.indexOf(mark, start, 'latin1');
  if (at === -1) return undefined;
  const parts: Buffer[] = [];
  let from = 0;
  for (; at !== -1; at = raw.indexOf(mark, at + 1, 'latin1')) {
    parts.push(raw.subarray(from, at + 1));
    from = at + 2;
  }
  parts.push(raw.subarray(from));
  return Buffer.concat(parts);
}

/** The line end before the body, so that a mark on its first line is found. */
function bodyStart(raw: Buffer): number {
  const network = raw.indexOf('\r\n\r\n', 0, 'latin1');
  if (network !== -1) return network + 3;
  const local = raw.indexOf('\n\n', 0, 'latin1');
  return local === -1 ? raw.length : local + 1;
}

function withoutTrailingLines(raw: Buffer): Buffer | undefined {
  const start = bodyStart(raw);
  let end = raw.length;
  let changes = false;
  for (;;) {
    const line = raw.lastIndexOf(10, end - 2) + 1;
    const kind = line <= start ? 'text' : kindOfLine(raw, line, end);
    if (kind === 'text') break;
    // Empty lines at the end are no repair: every canonicalization ignores them.
    changes ||= kind === 'mark';
    end = line;
  }
  return changes ? raw.subarray(0, end) : undefined;
}

/** `mark`: blanks, and at most one "." or Ctrl-Z. */
function kindOfLine(raw: Buffer, start: number, end: number): 'empty' | 'mark' | 'text' {
  let marks = 0;
  let blanks = 0;
  for (let i = start; i < end; i++) {
    const byte = raw[i] ?? 0;
    if (byte === 46 || byte === 26) marks++;
    else if (byte === 32 || byte === 9) blanks++;
    else if (byte !== 13 && byte !== 10) return 'text';
  }
  if (marks > 1) return 'text';
  return marks + blanks === 0 ? 'empty' : 'mark';
}
