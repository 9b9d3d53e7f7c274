/**
 * Comments in structured header bodies (RFC 5322 3.2.2): nested parentheses, with quoted pairs inside.
 *
 *   text/plain (what (readers) call \) plain); charset=utf-8
 */

const open = 40;
const close = 41;
const backslash = 92;
const quote = 34;

/** Index after the `)` that closes the comment at `start`, -1 where nothing closes it. */
export function findCommentEnd(body: string, start: number): number {
  let depth = 0;
  for (let at = start; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === open) depth++;
    else if (code === close && --depth === 0) return at + 1;
  }
  return -1;
}

/** Index after the `"` that closes the quoted string at `start`, -1 where nothing closes it. */
export function findQuoteEnd(body: string, start: number): number {
  for (let at = start + 1; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) return at + 1;
  }
  return -1;
}

/** The body without comments; quoted strings are left alone, an unclosed `(` stands for itself. */
export function withoutComments(body: string): string {
  if (!body.includes('(')) return body;
  let text = '';
  let kept = 0;
  let at = 0;
  while (at < body.length) {
    const code = body.charCodeAt(at);
    if (code === quote) {
      const end = findQuoteEnd(body, at);
      if (end === -1) break;
      at = end;
    } else if (code === open) {
      const end = findCommentEnd(body, at);
      // Nothing further closes either: one failed search ends the pass, so "((((…" stays linear.
      if (end === -1) break;
      text += `${body.slice(kept, at)} `;
      kept = end;
      at = end;
    } else at += code === backslash ? 2 : 1;
  }
  return text + body.slice(kept);
}

/** Content of a quoted string or comment without its delimiters: `\"` and `\\` lose the backslash (RFC 5322 3.2.4). */
export function unquote(content: string): string {
  return content.includes('\\') ? content.replace(/\\(.)/gs, '$1') : content;
}
