/**
 * A span of a text, written so that it can be found again: W3C Web Annotation, TextQuoteSelector (the words and what
 * stands around them) and TextPositionSelector (where), on a text that is named by its SHA-256.
 *
 * A span is exact where the text at its place is the same; moved where the same words, with the same neighbours, stand
 * elsewhere, once; else it is lost. Nothing is matched approximately.
 */
import type { Span } from './span.js';

export interface Anchor {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly start: number;
  readonly end: number;
}

const contextCharacters = 32;

export function anchorOf(text: string, { start, end }: Span): Anchor {
  return {
    exact: text.slice(start, end),
    prefix: text.slice(Math.max(0, start - contextCharacters), start),
    suffix: text.slice(end, end + contextCharacters),
    start,
    end,
  };
}

export interface Found extends Span {
  readonly how: 'exact' | 'moved';
}

/** undefined where the text no longer has it, or has it more than once with the same neighbours. */
export function findAnchor(text: string, { exact, prefix, suffix, start, end }: Anchor): Found | undefined {
  if (exact === '') return undefined;
  if (text.slice(start, end) === exact && text.endsWith(prefix, start) && text.startsWith(suffix, end))
    return { start, end, how: 'exact' };
  const whole = prefix + exact + suffix;
  const at = text.indexOf(whole);
  if (at < 0 || text.indexOf(whole, at + 1) >= 0) return undefined;
  const from = at + prefix.length;
  return { start: from, end: from + exact.length, how: 'moved' };
}
