/**
 * The three forms that nearly every mailbox has (RFC 5322 3.4), read without taking the list apart:
 *
 *   joe@x.test
 *   Joe Miller <joe@x.test>
 *   "Miller, Joe" <joe@x.test>
 *
 * Anything else is left to `address.ts`, which gives the same answer for these.
 */
import type { Mailbox } from './message.js';

/** Atom characters of RFC 5322 3.2.3 and ".". */
const atom = buildAtomTable();

function buildAtomTable(): Uint8Array {
  const table = new Uint8Array(128);
  for (let code = 33; code < 127; code++)
    table[code] = '()<>@,;:\\"[]'.includes(String.fromCharCode(code)) ? 0 : 1;
  return table;
}

/** Appends the mailbox at `from` to `out` and returns the index of the comma or end after it; -1 where it is not plain. */
export function readPlainMailbox(body: string, from: number, group: string, out: Mailbox[]): number {
  const start = skipBlanks(body, from);
  const first = body.charCodeAt(start);
  // 'joe@x.test' in single quotes needs the quotes taken off.
  if (first === 39) return -1;
  const bare = addressEnd(body, start);
  if (bare !== -1) {
    const end = separatorAt(body, bare);
    if (end !== -1) out.push({ displayName: '', addrSpec: body.slice(start, bare), group });
    return end;
  }
  const nameEnd = first === 34 ? quotedEnd(body, start) : phraseEnd(body, start);
  if (nameEnd === -1) return -1;
  const open = skipBlanks(body, nameEnd);
  const close = body.charCodeAt(open) === 60 ? addressEnd(body, open + 1) : -1;
  if (close === -1 || body.charCodeAt(close) !== 62) return -1;
  const end = separatorAt(body, close + 1);
  if (end === -1) return -1;
  const displayName = first === 34 ? body.slice(start + 1, nameEnd - 1) : body.slice(start, nameEnd);
  out.push({ displayName, addrSpec: body.slice(open + 1, close), group });
  return end;
}

function skipBlanks(body: string, from: number): number {
  let at = from;
  while (body.charCodeAt(at) === 32 || body.charCodeAt(at) === 9) at++;
  return at;
}

/** Index of a comma or the end behind blanks, -1 where something else stands. */
function separatorAt(body: string, from: number): number {
  const at = skipBlanks(body, from);
  return at === body.length || body.charCodeAt(at) === 44 ? at : -1;
}

/** Index after `atoms@atoms`, -1 where there is no such thing. */
function addressEnd(body: string, start: number): number {
  let at = start;
  let sign = -1;
  for (; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (code === 64 && sign === -1) sign = at;
    else if (atom[code] !== 1) break;
  }
  return sign > start && at > sign + 1 ? at : -1;
}

/** Index after atoms separated by single blanks, where "<" follows; "=?" may be an encoded word. */
function phraseEnd(body: string, start: number): number {
  let blank = true;
  for (let at = start; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (code === 60) return blank && at > start ? at - 1 : at;
    if (code === 32) {
      if (blank) return -1;
      blank = true;
    } else {
      if (atom[code] !== 1 || (code === 61 && body.charCodeAt(at + 1) === 63)) return -1;
      blank = false;
    }
  }
  return -1;
}

/** Index after a quoted string without escapes, tabs and encoded words. */
function quotedEnd(body: string, start: number): number {
  for (let at = start + 1; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (code === 34) return at + 1;
    if (code === 92 || code < 32 || (code === 61 && body.charCodeAt(at + 1) === 63)) return -1;
  }
  return -1;
}
