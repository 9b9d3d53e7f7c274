/**
 * Lines in a header section that are no fields (RFC 5322 2.2): what other damage, and which mailers, put there.
 *
 *   Received: from a.example\r\n
 *   by b.example; Mon, …\r\n        the blank that folds the line got lost
 *   To: joe@x.test\r\n               the section goes on here
 */

/** Index of the colon after a field name, -1 where the line has none (RFC 5322 3.6.8, 4.5.8). */
export function findColon(chunk: string, at: number, end: number): number {
  let index = at;
  let code = 0;
  for (; index < end; index++) {
    code = chunk.charCodeAt(index);
    if (code <= 32 || code >= 127 || code === 58) break;
  }
  if (index === at) return -1;
  while (code === 32 || code === 9) code = chunk.charCodeAt(++index);
  return code === 58 && index < end ? index : -1;
}

/** Lines that are no fields (a Received field whose folding was lost has several) before the section is given up. */
const maxStrayLines = 32;

/**
 * Where the header section goes on after stray lines: a plausible field, or the blank line that ends it. -1 where
 * the text from `from` reads like a body. Looks no further than the chunk, which holds the whole of a common section.
 */
export function findNextField(chunk: string, from: number, newline: string): number {
  let at = from;
  for (let stray = 0; stray < maxStrayLines && at < chunk.length; stray++) {
    const code = chunk.charCodeAt(at);
    if (code === 10 || code === 13) {
      if (stray === 0) return at;
      break;
    }
    if (plausibleField.test(chunk.slice(at, at + 60))) return at;
    const found = chunk.indexOf(newline, at);
    if (found === -1) return -1;
    at = found + 1;
  }
  return runsToBlankLine(chunk, from, newline) ? from : -1;
}

/** Whether nothing but fields with unknown names stands between here and the blank line. */
function runsToBlankLine(chunk: string, from: number, newline: string): boolean {
  let at = from;
  for (let fields = 0; fields < maxStrayLines && at < chunk.length; fields++) {
    const code = chunk.charCodeAt(at);
    if (code === 10 || code === 13) return fields > 0;
    const found = chunk.indexOf(newline, at);
    if (found === -1 || findColon(chunk, at, found) === -1) return false;
    at = found + 1;
  }
  return false;
}

/** Prose has colons too ("Note: …", "http://…"): after a stray line only names that mail uses count. */
const plausibleField =
  /^(?:from|to|cc|bcc|subject|date|sender|received|references|return-path|message-id|in-reply-to|reply-to|mime-version|content-[a-z-]+|(?:x|dkim|arc|list|auto|authentication|delivered|received|resent|thread|domainkey|importance|priority|precedence)-[a-z0-9-]+|status|lines|organization|importance|precedence|user-agent) {0,2}:/i;

/** The line as a note can show it. */
export function describeLine(line: string): string {
  return line.replace(/[^\x20-\x7e]+/g, ' ').trim();
}
