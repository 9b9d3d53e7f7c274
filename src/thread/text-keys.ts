/**
 * By what two messages are known to say the same: keys of their text, made when they are parsed and stored with the
 * index, so that near-copies are found without reading mail again.
 *
 *   message 4    "Berth 4 …"                      whole: k1
 *   message 9    "Berth 4 …⏎__⏎harbour-users"     whole: k2, body: k1       the same with a footer
 *   message 12   "-- Forwarded --⏎From: …⏎ Berth 4 …"   whole: k3, carried: k1    sent on without a word added
 *
 * A key stands for base subject, attachments (their bytes) and every visible character of the text in order, quoted or
 * not, with the depth at which it is quoted. A short text ("Yes.") is the same only from the same writer at the same time.
 */
import type { Attachment } from '../message/attachment.js';
import type { Message } from '../message/message.js';
import type { Segment } from '../message/text/segments.js';
import { hash32 } from './hash.js';
import { TextHash } from './text-hash.js';

export interface TextKeys {
  /** 0 where the message has neither text nor attachments. */
  readonly whole: number;
  /** Without the signature or footer at its end; 0 where there is none, or too little besides. */
  readonly body: number;
  /** Of the message that it carries, where it has no words of its own; 0 otherwise. */
  readonly carried: number;
}

/** Visible bytes; strangers write the same with fewer. */
const minShared = 80;

/** `base`: the base subject. */
export function textKeys(
  message: Message,
  base: string,
  segments: readonly Segment[],
  attachments: readonly Attachment[],
): TextKeys {
  let seed = hash32(base);
  for (const { sha256 } of attachments) seed = hash32(sha256, seed);
  const { full, withoutEnding } = keysFrom(segments, 0, seed);
  if (full.length === 0 && attachments.length === 0) return { whole: 0, body: 0, carried: 0 };
  if (full.length < minShared) {
    full.add(message.from[0]?.addrSpec ?? '');
    full.add(String(message.date?.time ?? ''));
  }
  return { whole: full.key(), body: withoutEnding, carried: carriedKey(segments, seed) };
}

/** The text of some segments as if it stood at the writer's own level, and without the signature that ends it. */
function keysFrom(
  segments: readonly Segment[],
  level: number,
  seed: number,
): { full: TextHash; withoutEnding: number } {
  const full = new TextHash(seed);
  let withoutEnding = 0;
  let depth = level;
  for (const segment of segments) {
    if (segment.depth !== depth) full.mark(segment.depth - level);
    depth = segment.depth;
    const isSignature = segment.kind === 'signature' && full.length >= minShared;
    const before = full.length;
    const key = isSignature ? full.key() : 0;
    full.add(segment.text);
    if (full.length > before) withoutEnding = key;
  }
  return { full, withoutEnding };
}

/** Header lines or an attribution, and below it nothing but the carried message. */
function carriedKey(segments: readonly Segment[], seed: number): number {
  const first = segments.findIndex(({ text }) => !isBlank(text));
  const introduction = segments[first];
  if (introduction?.kind !== 'attribution' || introduction.depth !== 0) return 0;
  const carried = segments.slice(first + 1).filter(({ text }) => !isBlank(text));
  if (carried.some(({ depth }) => depth === 0)) return 0;
  const { full } = keysFrom(carried, 1, seed);
  return full.length < minShared ? 0 : full.key();
}

const isBlank = (text: string): boolean => !/\S/.test(text);
