/**
 * How an mbox hides lines of a body that start with "From " (RFC 4155; the four variants after R. Levine
 * and D. J. Bernstein's mbox(5)).
 *
 *              body line        in the file      reversible
 *   mboxo      From here        >From here       no: ">From here" looks the same
 *   mboxrd     From here        >From here       yes: every level gets one more ">"
 *              >From here       >>From here
 *   mboxcl     as mboxo, with Content-Length
 *   mboxcl2    From here        From here        Content-Length says where the body ends
 *
 * `>>From ` in a body is what only mboxrd writes, so the first one decides for the whole file. So does a first From_
 * line that says so: git and public-inbox write `From mboxrd@z Thu Jan  1 00:00:00 1970`, and so do our own exports.
 */

/** The envelope sender by which a writer of mboxrd names its format. */
export const mboxrdSender = 'mboxrd@z';

const gt = 0x3e;
const lf = 0x0a;

/** How deep the `From ` at `at` is quoted: number of `>` between the start of its line and it; -1 where other text is. */
export function quoteDepth(bytes: Buffer, at: number): number {
  let before = at - 1;
  while (before >= 0 && bytes[before] === gt) before -= 1;
  return before < 0 || bytes[before] === lf ? at - 1 - before : -1;
}

/** `bytes` with one `>` more on every From_ line, quoted or not (mboxrd): `unquote` takes it off again. */
export function quote(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let copied = 0;
  for (let at = bytes.indexOf('From '); at >= 0; at = bytes.indexOf('From ', at + 5)) {
    if (quoteDepth(bytes, at) < 0) continue;
    parts.push(bytes.subarray(copied, at), Buffer.from('>'));
    copied = at;
  }
  return parts.length === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(copied)]);
}

/** `bytes` with one `>` taken off every quoted From_ line (mboxrd). A new buffer. */
export function unquote(bytes: Buffer): Buffer {
  const unquoted = Buffer.allocUnsafe(bytes.length);
  let written = 0;
  let copied = 0;
  for (let at = bytes.indexOf('From '); at >= 0; at = bytes.indexOf('From ', at + 5)) {
    if (quoteDepth(bytes, at) < 1) continue;
    written += bytes.copy(unquoted, written, copied, at - 1);
    copied = at;
  }
  written += bytes.copy(unquoted, written, copied);
  return unquoted.subarray(0, written);
}
