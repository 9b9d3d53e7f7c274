/**
 * The boundary of a multipart whose parameter is missing, or names a boundary that never comes.
 *
 *   Content-Type: multipart/mixed; boundary=foo      (a gateway rewrote the body, not the field)
 *
 *   --bar
 *   Content-Type: text/plain                         → 'bar'
 *
 * Mail readers differ here; an archive that shows less than some of them would hide attachments.
 */

/** Bytes of a body in which the first delimiter line has to stand. */
const maxPreamble = 16 * 1024;

/** A line "--x" followed at once by a Content-* field; bounded, so that a line costs its length and no more. */
const delimiterThenField =
  /(?:^|[\r\n])--([^\s]{1,200})[ \t]{0,20}(?:\r\n|\n|\r)content-[a-z-]{2,30}[ \t]{0,5}:/i;

/** The guessed boundary as one-byte characters, '' where nothing looks like one. */
export function guessBoundary(bytes: Buffer, start: number, end: number): string {
  const head = bytes.toString('latin1', start, Math.min(end, start + maxPreamble));
  return delimiterThenField.exec(head)?.[1] ?? '';
}
