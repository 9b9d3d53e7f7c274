/**
 * Messages as an mboxrd, which can be undone byte for byte (receive/mbox-quoting.ts):
 *
 *   From mboxrd@z Thu Jan  1 00:00:00 1970
 *   …the message, with a > before each line of `From `, `>From `, `>>From ` …
 *   (one empty line)
 *
 * A message without a line end at its end gets one, as every mbox does: that one alone has other bytes afterwards.
 */
import { mboxrdSender, quote } from '../receive/mbox-quoting.js';

const fromLine = Buffer.from(`From ${mboxrdSender} Thu Jan  1 00:00:00 1970\n`);
const lf = 0x0a;

/** Whether the message comes back out of an mbox with the same bytes. */
export const fitsMbox = (raw: Buffer): boolean => raw.at(-1) === lf;

export function mboxEntry(raw: Buffer): Buffer {
  return Buffer.concat([fromLine, quote(raw), Buffer.from(fitsMbox(raw) ? '\n' : '\n\n')]);
}
