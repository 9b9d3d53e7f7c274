/**
 * Content-Length in an mbox (mboxcl, mboxcl2): where a body ends, if the header says so and it is true.
 *
 *   From a@example.net Mon Oct 29 22:03:58 2001
 *   Content-Length: 38
 *
 *   From here on nothing is quoted.
 *   ……
 *
 * The field is a claim by whoever wrote the file, or by whoever sent the message: a wrong or hostile number
 * must not swallow the messages that follow. So it overrules a From_ line only where the end it names is
 * proven by a From_ line or the end of the file, and where this file's claims have been true before.
 */

/** Messages at the start of a file that are searched for the field; a file without it pays nothing after them. */
const probedMessages = 16;

const field = /^content-length[ \t]{0,8}:[ \t]{0,8}(\d{1,12})[ \t]{0,8}\r?$/im;

export class ContentLengths {
  /** Messages whose claim was true. */
  verified = 0;
  /** Messages that hold unquoted From_ lines, found by their claim. */
  overruled = 0;
  #wrong = 0;
  #messages = 0;

  /** Whether the next message's header is worth reading for the field. */
  get worthLooking(): boolean {
    return this.#messages < probedMessages || this.verified > 0;
  }

  /** Whether a claim may overrule a From_ line: nothing is known yet, or nearly all claims were true. */
  get trusted(): boolean {
    return this.#wrong * 10 <= this.verified;
  }

  /** True where most messages carry a true claim: then the writer was one of mboxcl or mboxcl2. */
  get written(): boolean {
    return this.verified > 0 && this.verified * 2 > this.#messages;
  }

  count(claim: 'true' | 'wrong' | 'none'): void {
    this.#messages += 1;
    if (claim === 'true') this.verified += 1;
    if (claim === 'wrong') this.#wrong += 1;
  }
}

/**
 * End of the body that the header section at `start` claims, as an index into `bytes`; undefined without a claim.
 * The header section must end before `end`: beyond it are other messages, which are not searched once per message.
 */
export function findClaimedEnd(bytes: Buffer, start: number, end: number): number | undefined {
  const bodyStart = findBodyStart(bytes.subarray(0, end), start, start);
  if (bodyStart === undefined) return undefined;
  const claim = field.exec(bytes.toString('latin1', start, bodyStart))?.[1];
  return claim === undefined ? undefined : bodyStart + Number(claim);
}

/**
 * Index after the empty line that ends the header section at `start`; undefined where none is there. The bytes
 * before `from` were searched already.
 */
export function findBodyStart(bytes: Buffer, start: number, from: number): number | undefined {
  if (bytes[start] === 0x0a) return start + 1;
  if (bytes[start] === 0x0d && bytes[start + 1] === 0x0a) return start + 2;
  // A line end and an empty line may have been cut by the end of the earlier search.
  const again = Math.max(start, from - 2);
  const unix = bytes.indexOf('\n\n', again);
  // A CRLF file has no "\n\n" near: look for its empty line only before the other one.
  const crlf = bytes.subarray(again, unix < 0 ? bytes.length : unix).indexOf('\n\r\n');
  if (crlf >= 0) return again + crlf + 3;
  return unix < 0 ? undefined : unix + 2;
}
