/**
 * Which charset undeclared or wrongly declared bytes are in. In this order, because each later guess is weaker:
 * byte order mark, valid UTF-8, ISO-2022 escapes, statistics over a bounded sample, windows-1252.
 *
 *   ff fe 68 00 …  → utf-16le          1b 24 42 …  → iso-2022-jp          cf f0 e8 e2 e5 f2 …  → windows-1251
 */
import { isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import { limits } from '../limits.js';
import { sniffEscapes } from './charset-escapes.js';

/** Fewer bytes above 127 than this carry no statistics worth trusting. */
const minHighBytes = 12;
/** Per cent; below it chardet's answer changes with a few words more. */
const minConfidence = 40;

export function sniffCharset(bytes: Buffer): string {
  const marked = sniffByteOrderMark(bytes);
  if (marked !== undefined) return marked;
  if (isUtf8(bytes)) return 'utf-8';
  const escaped = sniffEscapes(bytes);
  if (escaped !== undefined) return escaped;
  const sample = sampleOf(bytes);
  if (countHighBytes(sample) < minHighBytes) return 'windows-1252';
  return sniffStatistics(sample);
}

function sniffByteOrderMark(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf && isUtf8(bytes)) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** A window that begins a little before the first byte above 127: what stands before it is ASCII in every charset. */
function sampleOf(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte > 127);
  const start = Math.max(0, first - 64);
  return bytes.subarray(start, start + limits.maxCharsetSniffBytes);
}

function countHighBytes(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte > 127) count++;
  return count;
}

function sniffStatistics(sample: Buffer): string {
  try {
    const best = analyse(sample)[0];
    if (best === undefined || best.confidence < minConfidence) return 'windows-1252';
    const name = best.name.toLowerCase();
    // The WHATWG reads both as windows-1252; "utf-8" here means broken UTF-8, which the caller already refused.
    if (name === 'iso-8859-1' || name === 'ascii' || name === 'utf-8') return 'windows-1252';
    // No BOM and no declaration: a text that looks like UTF-16 or UTF-32 by statistics alone is binary more often.
    if (name.startsWith('utf-')) return 'windows-1252';
    return name;
  } catch {
    // A detector that fails on hostile bytes has not found anything.
    return 'windows-1252';
  }
}
