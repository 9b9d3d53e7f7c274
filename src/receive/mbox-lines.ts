/**
 * Lines of an mbox around a place where a message may start.
 *
 *   …the last line\n \n From sender@example.net Mon Oct 29 22:03:58 2001\n Subject: …
 *                     ^ at
 */
import { gradeFromLine, resemblesField } from './from-line.js';

const lf = 0x0a;
const cr = 0x0d;

export interface Line {
  /** Without its line end, one character per byte, cut off at the bound. */
  readonly text: string;
  /** Index of the line after it. */
  readonly next: number;
}

export function lineAt(bytes: Buffer, at: number, maxBytes: number): Line {
  const limit = Math.min(bytes.length, at + maxBytes);
  const newline = bytes.subarray(at, limit).indexOf(lf);
  const end = newline < 0 ? limit : at + newline;
  const isCrlf = end > at && bytes[end - 1] === cr;
  return { text: bytes.toString('latin1', at, isCrlf ? end - 1 : end), next: end + 1 };
}

/** Whether a message starts at `at`, where a line starts with "From ". */
export function isSeparator(bytes: Buffer, at: number, maxLineBytes: number): boolean {
  const { text, next } = lineAt(bytes, at, maxLineBytes);
  const grade = gradeFromLine(text);
  if (grade === undefined) return false;
  const follows = emptyLineBefore(bytes, at) > 0;
  if (grade === 'strict' && follows) return true;
  // Without an empty line before it, or without a whole date, the line needs a header after it.
  return (grade === 'strict' || follows) && resemblesField(lineAt(bytes, next, maxLineBytes).text);
}

/** Bytes of the line end at `at`: 0, 1 (LF) or 2 (CRLF). */
export function lineEndAt(bytes: Buffer, at: number): number {
  if (bytes[at] === lf) return 1;
  return bytes[at] === cr && bytes[at + 1] === lf ? 2 : 0;
}

/** Bytes of the empty line that ends right before `at`; 0 where there is none. */
export function emptyLineBefore(bytes: Buffer, at: number): number {
  if (at < 2 || bytes[at - 1] !== lf) return 0;
  if (bytes[at - 2] === lf) return 1;
  return at > 2 && bytes[at - 2] === cr && bytes[at - 3] === lf ? 2 : 0;
}
