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
import { type Token, unicode61Tokens } from './unicode61.js';

/** The argument of FTS5's `tokenize` option. Another value needs other tables in unicode61.ts. */
export const ftsTokenizer = 'unicode61 remove_diacritics 2';

/** Columns of the full-text table, in their order there. `copied` is Cc and Bcc. */
export const columns = ['sender', 'recipient', 'copied', 'subject', 'own', 'quoted', 'filename'] as const;

export type Column = (typeof columns)[number];

/**
 * Characters without a width or a word of their own, that FTS5 would take for a space in the middle of a word: soft
 * hyphen, joiners, combining marks beyond those that it removes, Hebrew points, Arabic vowel signs and tatweel.
 */
const invisible =
  '\\u00ad\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a' +
  '\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed\\u200d\\u2060\\u3099' +
  '\\u309a\\ufeff';

/**
 * Characters that stand for others (Unicode's compatibility characters): radicals, enclosed and squared CJK (㈱),
 * CJK compatibility ideographs, ligatures (ﬁ), Arabic presentation forms, half and full width, mathematical alphabets.
 */
const standIn =
  '\\u2e80-\\u2fdf\\u3130-\\u318f\\u3200-\\u33ff\\uf900-\\ufdff\\ufe70-\\ufefc\\uff10-\\uff19\\uff21-\\uff3a' +
  '\\uff41-\\uff5a\\uff66-\\uffdc\\u{1d400}-\\u{1d7ff}\\u{2f800}-\\u{2fa1f}';

/** Conjoining Hangul (a file name from macOS spells 한 as ᄒ, ᅡ, ᆫ): one syllable. */
const hangulSyllable =
  '[\\u1100-\\u115f\\ua960-\\ua97f][\\u1160-\\u11a7\\ud7b0-\\ud7c6][\\u11a8-\\u11ff\\ud7cb-\\ud7ff]?';

/**
 * Characters that are a token each: Thai, Lao, Burmese, Hangul, Khmer, Japanese, Bopomofo, Han, Yi, Tangut, Nüshu and
 * their later planes; and pictographs, which FTS5 would glue to the word before them where they are newer than its tables.
 */
const ownToken =
  '\\u0e00-\\u0eff\\u1000-\\u109f\\u1100-\\u11ff\\u1780-\\u17ff\\u3005-\\u3007\\u3021-\\u3029\\u3031-\\u3035' +
  '\\u303b\\u303c\\u3041-\\u3096\\u309d-\\u318f\\u31a0-\\u31bf\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\ua4cf' +
  '\\ua960-\\ua97f\\ua9e0-\\ua9ff\\uaa60-\\uaa7f\\uac00-\\ud7ff\\uf900-\\ufaff\\u{16fe0}-\\u{18dff}' +
  '\\u{1aff0}-\\u{1b2ff}\\u{1f000}-\\u{1faff}\\u{20000}-\\u{3ffff}';

/** A few ranges around all of these: most text has none, and a search for few ranges is three times as fast. */
const perhapsSpecial = /[\u0300-\u036f\u00ad\u0483-\u1fff\u2060\u2e80-\ud8bf\uf900-\uffef\u200d]/;
const respellable = new RegExp(`[${invisible}${standIn}\\u1100-\\u11ff\\ua960-\\ua97f]`, 'u');
const respelled = new RegExp(
  `[^${invisible}]?[${invisible}]+|[${standIn}][\\uff9e\\uff9f]*|${hangulSyllable}`,
  'gu',
);
const alone = new RegExp(`[${ownToken}]+`, 'gu');
const standsIn = new RegExp(`[${standIn}]`, 'u');
const unseen = new RegExp(`[${invisible}]+`, 'gu');
const aloneOrOthers = new RegExp(`[${ownToken}]|[^${ownToken}]+`, 'gu');

/**
 * Characters beside which a token is written as it is read, letter case apart: ASCII, kana, Han and Hangul, and what
 * separates words in most mail (no-break space, dashes, quotation marks, ellipsis, full-width punctuation).
 */
const unplain =
  /[^\u0000-\u007f\u00a0\u00ab\u00b7\u00bb\u2010-\u2027\u3000-\u3004\u3008-\u3020\u3041-\u3096\u309d-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]/g;

/**
 * The lines of a text that hold anything else: there, tokens must be cut to be found. In all other text a token is
 * a run of ASCII letters and digits, or one other character, as it stands there.
 */
export function unplainLines(text: string): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = [];
  unplain.lastIndex = 0;
  for (let found = unplain.exec(text); found !== null; found = unplain.exec(text)) {
    const start = text.lastIndexOf('\n', found.index) + 1;
    const next = text.indexOf('\n', found.index);
    const end = next < 0 ? text.length : next;
    lines.push({ start, end });
    unplain.lastIndex = end;
  }
  return lines;
}

/** Text as it goes into the full-text table; the same string where it holds nothing special. Never used for display. */
export function segmentForIndex(text: string): string {
  if (!perhapsSpecial.test(text)) return text;
  const spelled = respellable.test(text) ? text.replace(respelled, respell) : text;
  return spelled.replace(alone, spaceApart);
}

function respell(characters: string): string {
  return characters.normalize(standsIn.test(characters) ? 'NFKC' : 'NFC').replace(unseen, '');
}

function spaceApart(characters: string): string {
  return ` ${Array.from(characters).join(' ')} `;
}

/** The tokens of a word or phrase of a query, as the index holds them; none for mere punctuation. */
export function queryTokens(word: string): string[] {
  return unicode61Tokens(segmentForIndex(word)).map(({ token }) => token);
}

/** Tokens with their UTF-16 ranges in the text itself, as shown to a reader: what is marked in a snippet. */
export function tokenSpans(text: string): Token[] {
  if (!perhapsSpecial.test(text)) return unicode61Tokens(text);
  if (!respellable.test(text)) return splitTokens(text);
  const { spelled, starts, ends } = respellWithOffsets(text);
  return splitTokens(spelled).map(({ token, start, end }) => ({
    token,
    start: starts[start] ?? 0,
    end: ends[end - 1] ?? 0,
  }));
}

/** The same tokens as after `spaceApart`, without changing any offset. */
function splitTokens(spelled: string): Token[] {
  const tokens: Token[] = [];
  for (const token of unicode61Tokens(spelled)) {
    const run = spelled.slice(token.start, token.end);
    if (run.search(alone) < 0) tokens.push(token);
    else for (const part of splitRun(run, token.start)) tokens.push(part);
  }
  return tokens;
}

function splitRun(run: string, offset: number): Token[] {
  return (run.match(aloneOrOthers) ?? []).map((part) => {
    const start = offset;
    offset += part.length;
    // What stands alone has no letter case.
    const token = part.search(alone) < 0 ? unicode61Tokens(part)[0]?.token : undefined;
    return { token: token ?? part, start, end: offset };
  });
}

/** For each UTF-16 unit of the respelled text, where what it came from starts and ends in the text. */
function respellWithOffsets(text: string): { spelled: string; starts: number[]; ends: number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  let spelled = '';
  let position = 0;
  const keepUntil = (end: number): void => {
    spelled += text.slice(position, end);
    for (; position < end; position += 1) {
      starts.push(position);
      ends.push(position + 1);
    }
  };
  for (const match of text.matchAll(respelled)) {
    keepUntil(match.index);
    const respelling = respell(match[0]);
    spelled += respelling;
    position += match[0].length;
    for (let unit = 0; unit < respelling.length; unit += 1) {
      starts.push(match.index);
      ends.push(position);
    }
  }
  keepUntil(text.length);
  return { spelled, starts, ends };
}
