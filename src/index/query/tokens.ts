/**
 * What a token is, for the index and for queries alike.
 *
 *   'Invoice №7 from bob@enron.com'   → invoice, 7, from, bob, enron, com
 *   '東京都の会議'                      → 東, 京, 都, の, 会, 議       (so that 京都 is found as the phrase 京 都)
 *   'ﬁnance', 'ｆｉｎａｎｃｅ', 'fi\u00adnance' → finance
 *
 * Text goes through `segmentForIndex` and then into FTS5, whose tokenizer does the rest (unicode61.ts). Chinese,
 * Japanese, Korean, Thai, Lao, Burmese and Khmer are written without spaces, or (Korean) with particles glued to
 * words: each of their characters is a token, and a word of a query is the phrase of its characters.
 */
import { type Token, unicode61Tokens } from "./unicode61.js";

/** The argument of FTS5's `tokenize` option. Another value needs other tables in unicode61.ts. */
export const ftsTokenizer = "unicode61 remove_diacritics 2";

/** Columns of the full-text table, in their order there. `copied` is Cc and Bcc. */
export const columns = ["sender", "recipient", "copied", "subject", "own", "quoted", "filename"] as const;

export type Column = (typeof columns)[number];

/**
 * Characters without a width or a word of their own, that FTS5 would take for a space in the middle of a word: soft
 * hyphen, joiners, combining marks beyond those that it removes, Hebrew points, Arabic vowel signs and tatweel.
 */
const invisible =
  "\\u00ad\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a" +
  "\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed\\u200d\\u2060\\u3099" +
  "\\u309a\\ufeff";

/**
 * Characters that stand for others (Unicode's compatibility characters): radicals, enclosed and squared CJK (㈱),
 * CJK compatibility ideographs, ligatures (ﬁ), Arabic presentation forms, half and full width, mathematical alphabets.
 */
const standIn =
  "\\u2e80-\\u2fdf\\u3130-\\u318f\\u3200-\\u33ff\\uf900-\\ufaff\\ufb00-\\ufdff\\ufe30-\\ufe4f\\ufe70-\\ufefc" +
  "\\uff00-\\uffef\\u{1d400}-\\u{1d7ff}\\u{2f800}-\\u{2fa1f}";

/** Conjoining Hangul (a file name from macOS spells 한 as ᄒ, ᅡ, ᆫ): one syllable. */
const hangulSyllable =
  "[\\u1100-\\u115f\\ua960-\\ua97f][\\u1160-\\u11a7\\ud7b0-\\ud7c6][\\u11a8-\\u11ff\\ud7cb-\\ud7ff]?";

/**
 * Characters that are a token each: Thai, Lao, Burmese, Hangul, Khmer, Japanese, Bopomofo, Han, Yi, Tangut, Nüshu and
 * their later planes; and pictographs, which FTS5 would glue to the word before them where they are newer than its tables.
 */
const ownToken =
  "\\u0e00-\\u0eff\\u1000-\\u109f\\u1100-\\u11ff\\u1780-\\u17ff\\u3005-\\u3007\\u3021-\\u3029\\u3031-\\u3035" +
  "\\u303b\\u303c\\u3041-\\u3096\\u309d-\\u318f\\u31a0-\\u31bf\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\ua4cf" +
  "\\ua960-\\ua97f\\ua9e0-\\ua9ff\\uaa60-\\uaa7f\\uac00-\\ud7ff\\uf900-\\ufaff\\u{16fe0}-\\u{18dff}" +
  "\\u{1aff0}-\\u{1b2ff}\\u{1f000}-\\u{1faff}\\u{20000}-\\u{3ffff}";

/** One test over the text decides whether anything has to be done at all. */
const special = new RegExp(`[${invisible}${standIn}${ownToken}]`, "u");
const respelled = new RegExp(
  `[^${invisible}]?[${invisible}]+|[${standIn}][\\uff9e\\uff9f]*|${hangulSyllable}`,
  "gu",
);
const alone = new RegExp(`[${ownToken}]`, "gu");
const standsIn = new RegExp(`[${standIn}]`, "u");
const unseen = new RegExp(`[${invisible}]+`, "gu");
const piece = new RegExp(`${respelled.source}|${alone.source}`, "gu");

/** Text as it goes into the full-text table; the same string where it holds nothing special. Never used for display. */
export function segmentForIndex(text: string): string {
  if (!special.test(text)) return text;
  return text.replace(respelled, respell).replace(alone, " $& ");
}

function respell(characters: string): string {
  return characters.normalize(standsIn.test(characters) ? "NFKC" : "NFC").replace(unseen, "");
}

/** The tokens of a word or phrase of a query, as the index holds them; none for mere punctuation. */
export function queryTokens(word: string): string[] {
  return Array.from(unicode61Tokens(segmentForIndex(word)), (token) => token.token);
}

/** Tokens with their UTF-16 ranges in the text itself, as shown to a reader: what is marked in a snippet. */
export function tokenSpans(text: string): Token[] {
  if (!special.test(text)) return Array.from(unicode61Tokens(text));
  const { segmented, starts, ends } = segmentWithOffsets(text);
  return Array.from(unicode61Tokens(segmented), ({ token, start, end }) => ({
    token,
    start: starts[start] ?? 0,
    end: ends[end - 1] ?? 0,
  }));
}

/** For each UTF-16 unit of the segmented text, where the piece that it came from starts and ends in the text. */
function segmentWithOffsets(text: string): { segmented: string; starts: Uint32Array; ends: Uint32Array } {
  const parts: { segmented: string; start: number; end: number }[] = [];
  let length = 0;
  let position = 0;
  for (const match of text.matchAll(piece)) {
    const start = match.index;
    const end = start + match[0].length;
    const segmented = segmentForIndex(match[0]);
    if (start > position) parts.push({ segmented: text.slice(position, start), start: position, end: start });
    parts.push({ segmented, start, end });
    length += start - position + segmented.length;
    position = end;
  }
  parts.push({ segmented: text.slice(position), start: position, end: text.length });
  length += text.length - position;
  return joinParts(parts, length);
}

function joinParts(parts: readonly { segmented: string; start: number; end: number }[], length: number) {
  const starts = new Uint32Array(length);
  const ends = new Uint32Array(length);
  let at = 0;
  for (const part of parts) {
    const untouched = part.segmented.length === part.end - part.start;
    for (let unit = 0; unit < part.segmented.length; unit += 1, at += 1) {
      starts[at] = untouched ? part.start + unit : part.start;
      ends[at] = untouched ? part.start + unit + 1 : part.end;
    }
  }
  return { segmented: parts.map((part) => part.segmented).join(""), starts, ends };
}
