/**
 * What a text says when spacing, punctuation, letter case and accents do not count: letters and digits alone, folded,
 * each with its place in the text.
 *
 *   "Zoë  O'Brien,\n> 14 Ropewalk"   →   z o e o b r i e n 1 4 r o p e w a l k
 *
 * A quotation wraps a sentence anew and puts `>` in front of its lines, HTML puts tags into it, a form puts blanks into a
 * number: folded, all of them say the same. Compatibility forms (full-width digits, ligatures) count as what they stand
 * for (UAX #15, NFKD), combining marks as nothing.
 */

export interface Folded {
  /** UTF-16 units; only the first `length` are meant. */
  readonly codes: Uint16Array;
  /** Index in the text of the character that gave each unit. */
  readonly at: Uint32Array;
  readonly length: number;
}

interface Table {
  /** For each UTF-16 unit what it counts as: 0 nothing, else one unit. */
  readonly single: Uint16Array;
  /** Units that count as several: ß, ﬁ, Ⅷ. */
  readonly several: ReadonlyMap<number, readonly number[]>;
}

let made: Table | undefined;

/** Made when first used: it takes 30 ms, which commands that redact nothing should not pay. */
function table(): Table {
  if (made !== undefined) return made;
  const single = new Uint16Array(65_536);
  const several = new Map<number, readonly number[]>();
  for (let code = 0; code < 65_536; code++) {
    const units = foldedUnits(code);
    if (units.length > 1) several.set(code, units);
    single[code] = units[0] ?? 0;
  }
  made = { single, several };
  return made;
}

function foldedUnits(code: number): number[] {
  const text = String.fromCharCode(code);
  // Halves of a surrogate pair stand for themselves: what they make together is a letter more often than not.
  if (code >= 0xd800 && code <= 0xdfff) return [code];
  if (code < 128) return /[0-9a-z]/i.test(text) ? [text.toLowerCase().charCodeAt(0)] : [];
  // A lone jamo of Hangul is kept together: decomposed syllables would triple every Korean text.
  const decomposed = code >= 0xac00 && code <= 0xd7a3 ? text : text.normalize('NFKD');
  const letters = decomposed
    .replace(/ß|ẞ/gu, 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return Array.from({ length: letters.length }, (_, index) => letters.charCodeAt(index));
}

const firstIdeograph = 0x2e80;

/**
 * Whether the unit continues a word that another one began: a letter or digit of a script that puts blanks between
 * words. NaN, as from beyond the ends of a text, does not.
 */
export const continuesWord = (code: number): boolean =>
  code < firstIdeograph && (table().single[code] ?? 0) !== 0;

export function fold(text: string): Folded {
  const { single, several } = table();
  const { length } = text;
  let codes = new Uint16Array(length);
  let at = new Uint32Array(length);
  let count = 0;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    const folded = single[code] ?? 0;
    if (folded === 0) continue;
    const more = code < 128 ? undefined : several.get(code);
    if (more === undefined) {
      codes[count] = folded;
      at[count++] = index;
      continue;
    }
    if (count + more.length + length - index > codes.length) ({ codes, at } = grown(codes, at));
    for (const unit of more) {
      codes[count] = unit;
      at[count++] = index;
    }
  }
  return { codes, at, length: count };
}

function grown(codes: Uint16Array, at: Uint32Array) {
  const more = { codes: new Uint16Array(codes.length * 2 + 64), at: new Uint32Array(at.length * 2 + 64) };
  more.codes.set(codes);
  more.at.set(at);
  return more;
}

/** The folded units as text: equal for texts that say the same. */
export function foldedText(text: string): string {
  const { codes, length } = fold(text);
  const parts: string[] = [];
  for (let start = 0; start < length; start += 8_192)
    parts.push(String.fromCharCode(...codes.subarray(start, Math.min(length, start + 8_192))));
  return parts.join('');
}
