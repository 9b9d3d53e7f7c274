/**
 * Features of a batch of messages as one blob, little-endian:
 *
 *   u32 count, then per message:
 *   f64 id | u32 number | u32 subject | u32 lead | u32 from | u8 flags | u8 ancestors | u8 quotedLeads | u8 recipients
 *   f64 × ancestors | u32 × quotedLeads | u32 × recipients
 *   f64 sentAt (NaN: none) | f64 × texts
 *
 * Flags: 1 for a reply; 2, 4, 8 for the keys of a text that are there: whole, body, carried.
 */
import type { Features } from './features.js';

export interface NumberedFeatures {
  readonly number: number;
  readonly sentAt: number | null;
  readonly features: Features;
}

const fixedBytes = 36;
const replyFlag = 1;
const wholeFlag = 2;
const bodyFlag = 4;
const carriedFlag = 8;

export function formatFeatures(batch: readonly NumberedFeatures[]): Uint8Array {
  let size = 4;
  for (const { features } of batch) {
    size +=
      fixedBytes +
      features.ancestors.length * 8 +
      (features.quotedLeads.length + features.recipients.length) * 4 +
      textCount(flagsOf(features)) * 8;
  }
  const bytes = Buffer.allocUnsafe(size);
  let at = bytes.writeUInt32LE(batch.length, 0);
  for (const { number, sentAt, features } of batch) {
    at = bytes.writeDoubleLE(features.id, at);
    at = bytes.writeUInt32LE(number, at);
    at = bytes.writeUInt32LE(features.subject, at);
    at = bytes.writeUInt32LE(features.lead, at);
    at = bytes.writeUInt32LE(features.from, at);
    at = bytes.writeUInt8(flagsOf(features), at);
    at = bytes.writeUInt8(features.ancestors.length, at);
    at = bytes.writeUInt8(features.quotedLeads.length, at);
    at = bytes.writeUInt8(features.recipients.length, at);
    for (const id of features.ancestors) at = bytes.writeDoubleLE(id, at);
    for (const lead of features.quotedLeads) at = bytes.writeUInt32LE(lead, at);
    for (const recipient of features.recipients) at = bytes.writeUInt32LE(recipient, at);
    at = bytes.writeDoubleLE(sentAt ?? Number.NaN, at);
    const { whole, body, carried } = features.texts;
    for (const key of [whole, body, carried]) if (key !== 0) at = bytes.writeDoubleLE(key, at);
  }
  return bytes;
}

const flagsOf = ({ isReply, texts }: Features): number =>
  (isReply ? replyFlag : 0) |
  (texts.whole === 0 ? 0 : wholeFlag) |
  (texts.body === 0 ? 0 : bodyFlag) |
  (texts.carried === 0 ? 0 : carriedFlag);

const textCount = (flags: number): number => ((flags >> 1) & 1) + ((flags >> 2) & 1) + ((flags >> 3) & 1);

/**
 * The messages of a batch, or those of them that are `wanted`. Our own format: anything that does not read exactly is
 * a bug or a damaged index, and throws RangeError.
 */
export function parseFeatures(blob: Uint8Array, wanted?: ReadonlySet<number>): NumberedFeatures[] {
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength);
  const batch: NumberedFeatures[] = [];
  let at = 4;
  for (let left = bytes.readUInt32LE(0); left > 0; left--) {
    if (wanted !== undefined && !wanted.has(bytes.readUInt32LE(at + 8))) {
      at +=
        fixedBytes +
        (bytes.readUInt8(at + 25) + textCount(bytes.readUInt8(at + 24))) * 8 +
        (bytes.readUInt8(at + 26) + bytes.readUInt8(at + 27)) * 4;
      continue;
    }
    const id = bytes.readDoubleLE(at);
    const number = bytes.readUInt32LE(at + 8);
    const subject = bytes.readUInt32LE(at + 12);
    const lead = bytes.readUInt32LE(at + 16);
    const from = bytes.readUInt32LE(at + 20);
    const flags = bytes.readUInt8(at + 24);
    const counts = [bytes.readUInt8(at + 25), bytes.readUInt8(at + 26), bytes.readUInt8(at + 27)] as const;
    at += 28;
    const ancestors = readDoubles(bytes, at, counts[0]);
    at += counts[0] * 8;
    const quotedLeads = readIntegers(bytes, at, counts[1]);
    at += counts[1] * 4;
    const recipients = readIntegers(bytes, at, counts[2]);
    at += counts[2] * 4;
    const sentAt = bytes.readDoubleLE(at);
    at += 8;
    const text = (flag: number): number => {
      if ((flags & flag) === 0) return 0;
      at += 8;
      return bytes.readDoubleLE(at - 8);
    };
    const texts = { whole: text(wholeFlag), body: text(bodyFlag), carried: text(carriedFlag) };
    batch.push({
      number,
      sentAt: Number.isNaN(sentAt) ? null : sentAt,
      features: {
        id,
        ancestors,
        subject,
        isReply: (flags & replyFlag) !== 0,
        lead,
        quotedLeads,
        from,
        recipients,
        texts,
      },
    });
  }
  if (at !== bytes.length) throw new RangeError('features: bytes left over');
  return batch;
}

function readDoubles(bytes: Buffer, from: number, count: number): number[] {
  const values: number[] = [];
  for (let at = from; at < from + count * 8; at += 8) values.push(bytes.readDoubleLE(at));
  return values;
}

function readIntegers(bytes: Buffer, from: number, count: number): number[] {
  const values: number[] = [];
  for (let at = from; at < from + count * 4; at += 4) values.push(bytes.readUInt32LE(at));
  return values;
}
