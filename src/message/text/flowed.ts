/**
 * text/plain with format=flowed (RFC 3676): lines that end in a space flow into the next one of the same quote
 * depth. Space-stuffing is undone; quote marks are kept, normalised to `> ` per level.
 *
 *   "> Some quoted \n> words.\n> \n"  →  "> Some quoted words.\n>\n"
 *   "A long \nline.\n-- \nBob\n"      →  "A long line.\n-- \nBob\n"
 */

import { limits } from '../../limits.js';

const space = 0x20;
const greaterThan = 0x3e;
const carriageReturn = 0x0d;

/**
 * Joins the flowed lines of `text`. `delSp` is the parameter DelSp=yes (RFC 3676 4.1): the space that marks a
 * flowed line is then not part of the text. The result has line feeds only.
 */
export function unflow(text: string, delSp: boolean): string {
  let out = '';
  /** The line being put together, apart from `out`: trimming that again and again would take quadratic time. */
  let line = '';
  /** Quote depth of `line`, -1 where none is open. */
  let open = -1;
  for (let from = 0; from < text.length; ) {
    const found = text.indexOf('\n', from);
    let to = found < 0 ? text.length : found;
    const next = to + 1;
    if (to > from && text.charCodeAt(to - 1) === carriageReturn) to--;
    const depth = quoteDepth(text, from, to);
    const start = contentStart(text, from + depth, to, depth);
    const signature = to - start === 3 && text.startsWith('-- ', start);
    // RFC 3676 4.5: a change of depth or a signature ends a paragraph even where the line before was flowed.
    if (open >= 0 && (open !== depth || signature)) {
      out += `${line.trimEnd()}\n`;
      open = -1;
    }
    if (open < 0) line = marks(depth, start < to);
    const flowed = !signature && to > start && text.charCodeAt(to - 1) === space;
    line += text.slice(start, flowed && delSp ? to - 1 : to);
    open = flowed ? depth : -1;
    if (!flowed) out += next > text.length ? line : `${line}\n`;
    from = next;
  }
  return open < 0 ? out : `${out}${line.trimEnd()}${text.endsWith('\n') ? '\n' : ''}`;
}

/** Undoes space-stuffing, except where the author's own line would then look quoted. */
function contentStart(text: string, from: number, to: number, depth: number): number {
  if (from >= to || text.charCodeAt(from) !== space) return from;
  return depth === 0 && text.charCodeAt(from + 1) === greaterThan ? from : from + 1;
}

/** RFC 3676 4.5: the marks stand together; a space ends them. */
function quoteDepth(text: string, from: number, to: number): number {
  const most = Math.min(to, from + limits.maxQuoteDepth);
  let i = from;
  while (i < most && text.charCodeAt(i) === greaterThan) i++;
  return i - from;
}

function marks(depth: number, hasText: boolean): string {
  if (depth === 0) return '';
  const joined = '> '.repeat(depth);
  return hasText ? joined : joined.slice(0, -1);
}
