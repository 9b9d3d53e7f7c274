/**
 * The line with which a mail program introduces a quotation, wrapped over up to four lines:
 *
 *   On Wed, Aug 21, 2019 at 5:14 AM Brad Bishop <brad@example.net> wrote:
 *   Am 21.08.19 um 05:14 schrieb Brad Bishop:      Le mer. 21 août 2019 à 05:14, Brad a écrit :
 *   2019年8月21日(水) 5:14 Brad Bishop <brad@example.net>:      --- Brad Bishop wrote:
 */

import { Line } from './lines.js';

const maxLines = 4;
const maxCharacters = 500;
/** Characters of "Bob wrote:" without a date: more are a sentence. */
const longestWeak = 160;
/** Characters from the start of the longest verb to the end of the line. */
const longestVerb = 32;

/** How an attribution ends, after the name; the verbs of mail programs in their languages. */
const verbs =
  'wrote|writes|write|said|schrieb|schrieb am|a écrit|écrit|escribió|escreveu|ha scritto|scrisse|schreef|geschreven|skrev|написала?|пишет' +
  '|писала?|пише|napísala?|napsala?|napisała?|napisał\\(a\\)|pisze|írta|yazdı|şunu yazdı|şunları yazdı|kirjoitti|έγραψε|写道|寫道|写到|さんは書きました' +
  '|のメッセージ|님이 작성|작성|viết|đã viết|menulis|כתב|كتب';

const endsWithVerb = new RegExp(
  `(?:^|[\\d\\s>)"'\\]：,*]|\\p{L})(?:${verbs})[^\\p{L}\\n]{0,3}[:：]?[-\\s*]*$`,
  'iu',
);
/** German, Dutch, Nordic and Slavic programs put the verb before the name: "Am … schrieb Bob:". */
const verbInside =
  /^(?:am|op|den|dne|dňa|w dniu|on|il|el|em|le|på|tirsdag|mandag|onsdag|torsdag|fredag|lørdag|søndag|\d).{4,300}(?:schrieb|schreef|skrev|napsala?|napísala?|napisała?|pisze|scrisse|ha scritto|wrote|het volgende geschreven).{0,150}[:：]$/iu;
/** Something of `verbInside`: most lines that end in a colon have none of it. */
const verbParts = /schr|skrev|naps|napí|pisze|scri|wrote|geschreven/;
/** Date and address without a verb: "2019-08-21 5:14 GMT+08:00 Brad <b@x.org>:", "Brad <b@x.org> 于2019年…". */
const dateAndAddress =
  /^[\p{L}\d(].{0,60}\d.{0,200}<[^<>\s]+@[^<>\s]+>[^\p{L}\d]{0,3}(?:于.{4,60}(?:写道|寫道))?[:：]$/u;

const endsInAddress = /(?:>[^\p{L}\d]{0,3}|写道|寫道)[:：]$/u;

/** Says that the line is more than the sentence "he wrote:": a time of day, an address, a date in digits. */
const evidence = /\d[:.hH時点시]\s?\d\d|@|\d{1,4}[-/.年]\s?\d{1,2}[-/.月]|\b(?:19|20)\d\d\b/;

export interface Attribution {
  /** Start of the first line after it. */
  readonly next: number;
  /** Holds a date or an address: what follows is quoted even without quote marks. */
  readonly strong: boolean;
}

/** Starts of lines with which an attribution may begin, by first character, so that most lines cost one look. */
const leads =
  /^(?:on|at|in|le|am|il|el|em|op|den|dne|dňa|w dniu|på|em|quoting|vào|pada|från|от|от:|ons|tor|fre|man|tir|lør|søn|mån|tis|lör|sön|mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|ср|чт|пт|сб|вс|пн|вт)\b|^[-"'<>*\d@]|^[^\s@]+@\S+ \S+$|^\p{Lu}[\p{L}.'-]+,? [\p{L}"<(]/iu;

/** The attribution that starts at `line`, or undefined. Looks at no more than four lines of the same depth. */
export function findAttribution(text: string, line: Line): Attribution | undefined {
  const below = new Line(line.mark);
  let at = line.from;
  for (let i = 0; i < maxLines && at < text.length; i++) {
    below.read(text, at);
    if (below.blank || below.depth !== line.depth || below.to - line.from > maxCharacters) return undefined;
    if (mayEnd(text, below)) {
      // A byte order mark left in front by Outlook is trimmed with the blanks.
      const found = judge(joinedWords(text, line, below.next).trim());
      if (found !== undefined) return { next: below.next, strong: found };
    }
    at = below.next;
  }
  return undefined;
}

/** The lines as one, without quote marks. */
function joinedWords(text: string, first: Line, to: number): string {
  const line = new Line(first.mark);
  let joined = '';
  for (let at = first.from; at < to; at = line.next) {
    line.read(text, at);
    joined += `${joined === '' ? '' : ' '}${text.slice(line.start, line.to)}`;
  }
  return joined;
}

/** An attribution ends in a colon; programs of some languages in the verb, some in dashes. */
function mayEnd(text: string, line: Line): boolean {
  const last = text.charCodeAt(line.to - 1);
  if (last === 0x3a || last === 0xff1a) return true;
  return (
    (last === 0x2d || last === 0x2a || last >= 0x3000) &&
    /(?:wrote|写道|寫道|書きました|작성)[:：]?[-\s*]*$/.test(tail(text, line))
  );
}

function tail(text: string, line: Line): string {
  return text.slice(Math.max(line.content, line.to - 24), line.to);
}

/** Undefined where the words are no attribution, else whether they hold a date or an address. */
function judge(words: string): boolean | undefined {
  if (endsInAddress.test(words.slice(-longestVerb)) && dateAndAddress.test(words)) return true;
  const inside = verbParts.test(words) && verbInside.test(words);
  if (!inside && !endsWithVerb.test(words.slice(-longestVerb))) return undefined;
  if (evidence.test(words) && (inside || leads.test(words))) return true;
  return words.length <= longestWeak ? false : undefined;
}
