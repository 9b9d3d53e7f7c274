/**
 * msg-ids (RFC 5322 3.6.4) in Message-ID, In-Reply-To, References and Content-ID.
 *
 *   <1234@local.machine.example> <3456@example.net>     → 1234@local.machine.example, 3456@example.net
 *   Your message of "Mon, 1 Jan 1990" <a@b.example>     → a@b.example (RFC 822 allowed phrases)
 */
import { limits } from '../limits.js';
import { withoutComments } from './comment.js';

export interface ParsedIds {
  /** Without angle brackets, in order. */
  readonly ids: readonly string[];
  readonly malformed: boolean;
  /** More than the limit stood there. */
  readonly truncated: boolean;
}

/** Reads every msg-id of an unfolded body; without any angle bracket, words with an "@" are taken. */
export function parseMessageIds(body: string): ParsedIds {
  let open = body.indexOf('<');
  if (open === -1) return parseBareIds(body);
  const ids: string[] = [];
  let malformed = false;
  // Kept between rounds: searching it anew for each "<" of a million would run to the end each time.
  let close = body.indexOf('>', open);
  while (open !== -1) {
    if (ids.length >= limits.maxReferences) return { ids, malformed, truncated: true };
    if (close !== -1 && close < open) close = body.indexOf('>', open);
    const next = body.indexOf('<', open + 1);
    // A "<" before the ">" starts anew: the first one was never closed.
    const closed = close !== -1 && (next === -1 || close < next);
    const end = closed ? close : next === -1 ? body.length : next;
    const id = cleanId(body.slice(open + 1, end));
    if (!closed) malformed = true;
    if (id !== '' && id.length <= limits.maxMessageIdCharacters) ids.push(id);
    else malformed = true;
    open = next;
  }
  return { ids, malformed, truncated: false };
}

/** Obsolete syntax and folding may have put blanks and comments into a msg-id (RFC 5322 4.5.4); none belong to it. */
function cleanId(content: string): string {
  if (!/[\s<>]/.test(content)) return content;
  return withoutComments(content).replace(/[\s<>]+/g, '');
}

function parseBareIds(body: string): ParsedIds {
  if (body === '') return { ids: [], malformed: false, truncated: false };
  const words = body.split(/[\s,]+/, limits.maxReferences + 1).filter((word) => word !== '');
  const marked = words.filter((word) => word.includes('@') && word.length <= limits.maxMessageIdCharacters);
  const only = words[0] ?? '';
  const ids =
    marked.length === 0 && words.length === 1 && only.length <= limits.maxMessageIdCharacters
      ? [only]
      : marked;
  return { ids, malformed: true, truncated: words.length > limits.maxReferences };
}
