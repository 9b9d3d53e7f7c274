/**
 * The lines with which mail programs introduce a message that a reply or a forward carries along, after which
 * everything is that message:
 *
 *   -----Original Message-----          ---------------------- Forwarded by Karen Cordova/HOU/EES on 08/24/2001
 *   From: Bob                           08:32 AM ---------------------------
 *   Sent: Friday, August 24, 2001       Lori Pinder
 *   To: Ann                             08/23/2001 05:28 PM
 *   Subject: Tuesday                    To:  Karen A Cordova/HOU/EES@EES
 */

import { findHeaderLine, headerKind } from './header-names.js';
import { isBlank, Line } from './lines.js';

/** Phrases between dashes, in lower case. */
const separatorPhrases = [
  'original message|original appointment|original task|original-nachricht|ursprüngliche nachricht|ursprünglicher termin',
  "originalnachricht|message d'origine|message original|message d’origine|rendez-vous d'origine|mensaje original",
  'mensagem original|mensagem encaminhada|messaggio originale|messaggio inoltrato|oorspronkelijk bericht',
  'doorgestuurd bericht|ursprungligt meddelande|vidarebefordrat meddelande|oprindelig meddelelse|opprinnelig melding',
  'alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|původní zpráva|pôvodná správa|eredeti üzenet',
  'исходное сообщение|пересылаемое сообщение|пересланное сообщение|конец пересылаемого сообщения|оригинальное сообщение',
  '原始邮件|原邮件|转发邮件|转发邮件信息|原始郵件|轉寄郵件|回复的原邮件|元のメッセージ|転送メッセージ|original|원본 메시지|원본 메일|전달된 메시지',
  'forwarded message|forwarded by|forwarded from|forwarded mail|inline attachment follows|original message follows',
  'weitergeleitete nachricht|weitergeleitet von|message transféré|message réexpédié|mensaje reenviado|reenviado por',
  'mesaj original|orijinal mesaj|iletilmiş mesaj|begin forwarded message|start of forwarded message|reply message|reply separator',
].flatMap((list) => list.split('|'));

/** A line that says "begin forwarded message" without dashes, as Apple Mail writes it. */
const plainSeparators = [
  'begin forwarded message:|anfang der weitergeleiteten nachricht:|début du message réexpédié :|inicio del mensaje reenviado:',
  'início da mensagem encaminhada:|inizio messaggio inoltrato:|begin doorgestuurd bericht:|下面是被转发的邮件：|以下為轉寄的郵件：|転送されたメッセージ：|начало переадресованного сообщения:',
].flatMap((list) => list.split('|'));

/** The date with which Lotus Notes ends a line above To and Subject: "Bob on 11/14/2001 02:08:34 PM". */
const lotusDate = /(?:^|\s)\d{1,2}[/.]\d{1,2}[/.]\d{2,4} \d{1,2}:\d\d(?::\d\d)? ?(?:[AP]M)?(?: [A-Z]{2,4})?$/;
/** Characters of such a date. */
const longestLotusDate = 28;

/** Lines of a separator, blank lines and a name and date that may stand above the header lines. */
const maxLinesAbove = 12;
/** Lines of one block: address lists of mail to whole departments wrap over dozens. */
const maxBlockLines = 80;
/** A separator of several lines ("Forwarded by … on 02/16/2001⏎09:45 AM ----") is no longer than this. */
const maxSeparatorCharacters = 300;

/** Blank lines that converters leave between two header lines of one block. */
const maxBlankLines = 4;

export interface HeaderBlock {
  /** Start of the first line after the block. */
  readonly next: number;
  /** Mail programs that quote with `>` below header lines put the date after To, or blanks in the separator. */
  readonly quotesWithMarks: boolean;
}

/** Start of the line after the separator at `line`, or -1 where it is none. */
export function afterSeparator(text: string, line: Line): number {
  const { start: content, to } = line;
  if (to - content > maxSeparatorCharacters || to - content < 5) return -1;
  const code = text.charCodeAt(content);
  if (isDash(code)) return afterDashes(text, line);
  if (code === 0x5f) return to - content >= 20 && isRun(text, content, to, 0x5f) ? line.next : -1;
  const last = text.charCodeAt(to - 1);
  if (last !== 0x3a && last !== 0xff1a) return -1;
  const written = text.slice(content, Math.min(to, content + 64)).toLowerCase();
  return plainSeparators.some((phrase) => written === phrase) ? line.next : -1;
}

/** True where the separator says so itself; a line of underscores needs header lines after it. */
export function standsAlone(text: string, line: Line): boolean {
  return text.charCodeAt(line.start) !== 0x5f;
}

function afterDashes(text: string, line: Line): number {
  let start = line.content;
  while (start < line.to && (isDash(text.charCodeAt(start)) || isBlank(text.charCodeAt(start)))) start++;
  const below = new Line(line.mark);
  below.read(text, line.next);
  let end = line.to;
  let next = line.next;
  // Outlook's converter sometimes breaks the line inside: " -----⏎Original Appointment-----".
  const wraps = below.depth === line.depth && !below.blank && endsWithDash(text, below.to);
  if (start >= line.to) {
    if (!wraps || line.to - line.content > 8) return -1;
    start = below.content;
  }
  if (!endsWithDash(text, line.to)) {
    if (!wraps || below.to - line.content > maxSeparatorCharacters) return -1;
  }
  if (wraps && (start >= line.to || !endsWithDash(text, line.to))) {
    end = below.to;
    next = below.next;
  }
  const phrase = text
    .slice(start, Math.min(end, start + 48))
    .toLowerCase()
    .replace(/\s+/g, ' ');
  return separatorPhrases.some((known) => phrase.startsWith(known)) ? next : -1;
}

/**
 * The header block that starts at `line`, after a separator (`separated`) or on its own. Without a separator it
 * must show more: a sender with a date, or addresses. A memorandum's To, From and Subject are its author's own.
 */
export function readHeaderBlock(text: string, line: Line, separated: boolean): HeaderBlock | undefined {
  const scan = new BlockScan(text, line);
  if (separated) scan.skipAbove(line.from);
  else scan.next = line.from;
  const start = scan.next;
  scan.readHeaders();
  if (scan.kinds === 0) return undefined;
  if (!separated && !scan.convinces()) return undefined;
  const only = scan.kinds & (headerKind.from | headerKind.to | headerKind.subject | headerKind.date);
  if (separated && only === 0) return undefined;
  return { next: scan.next === start ? line.next : scan.next, quotesWithMarks: scan.dateAfterTo };
}

/**
 * The block of Lotus Notes without separator or From: name and date on the line, or the date alone on the next, then
 * To and Subject.
 */
export function readLotusBlock(text: string, line: Line): HeaderBlock | undefined {
  const below = new Line(line.mark);
  const ends = endsWithDate(text, line);
  if (!ends && !isDigit(text.charCodeAt(line.next))) return undefined;
  below.read(text, line.next);
  if (below.next >= text.length) return undefined;
  if (!ends) {
    if (below.depth !== line.depth || below.to - below.start > longestLotusDate || !endsWithDate(text, below))
      return undefined;
    below.read(text, below.next);
  }
  below.depth = line.depth;
  const scan = new BlockScan(text, below);
  scan.skipAbove(below.from);
  scan.readHeaders();
  const { to, subject, from } = headerKind;
  if ((scan.kinds & (to | subject | from)) !== (to | subject)) return undefined;
  return { next: scan.next, quotesWithMarks: true };
}

function endsWithDate(text: string, line: Line): boolean {
  const last = text.charCodeAt(line.to - 1);
  if (!isDigit(last) && (last < 0x41 || last > 0x5a)) return false;
  return lotusDate.test(text.slice(Math.max(line.start, line.to - longestLotusDate), line.to));
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

class BlockScan {
  kinds = 0;
  dateAfterTo = false;
  next = 0;
  private readonly text: string;
  private readonly depth: number;
  private readonly line: Line;
  private hasTime: boolean = false;
  private hasAddress: boolean = false;

  constructor(text: string, first: Line) {
    this.text = text;
    this.depth = first.depth;
    this.line = new Line(first.mark);
  }

  /** Passes what Lotus Notes puts above the header lines: blank lines, the name, the date. */
  skipAbove(from: number): void {
    const { text, line } = this;
    this.next = from;
    let at = from;
    for (let i = 0; i < maxLinesAbove && at < text.length; i++) {
      line.read(text, at);
      if (!line.blank) {
        if (line.depth < this.depth) return;
        if (findHeaderLine(text, line.start, line.to) !== undefined) {
          this.next = at;
          return;
        }
        if (line.to - line.content > 100) return;
      }
      at = line.next;
    }
  }

  readHeaders(): void {
    const { text, line } = this;
    let lastKind = 0;
    let at = this.next;
    for (let i = 0; i < maxBlockLines && at < text.length; i++) {
      line.read(text, at);
      if (line.blank) {
        if (this.kinds !== 0 && !this.continuesAfterBlank(line.next)) return;
      } else {
        if (line.depth !== this.depth) return;
        const header = findHeaderLine(text, line.start, line.to);
        if (header !== undefined && !this.repeats(header.kind)) {
          this.keep(header.kind, header.valueFrom, line.to);
          lastKind = header.kind;
        } else if (header !== undefined || !this.continues(lastKind)) {
          return;
        }
        this.next = line.next;
      }
      at = line.next;
    }
  }

  /** Enough to say, without a separator above, that these are header lines of another message. */
  convinces(): boolean {
    const { kinds } = this;
    const has = (bits: number) => (kinds & bits) === bits;
    const { from, date, to, subject } = headerKind;
    if (!has(from)) return false;
    if (has(date) && this.hasTime) return has(to) || has(subject);
    return has(to | subject) && (this.hasTime || (this.hasAddress && has(date)));
  }

  private keep(kind: number, valueFrom: number, to: number): void {
    if (kind === headerKind.date && (this.kinds & headerKind.to) !== 0) this.dateAfterTo = true;
    this.kinds |= kind;
    const value = this.text.slice(valueFrom, Math.min(to, valueFrom + 200));
    if (kind === headerKind.date || kind === headerKind.from) {
      if (/\d[:.時点시h]\s?\d\d|\d시/.test(value)) this.hasTime = true;
      if (/[@<]|\/\w+\/|\[mailto/.test(value)) this.hasAddress = true;
    }
  }

  /** A second From begins another block; Cc and others may come twice. */
  private repeats(kind: number): boolean {
    return kind !== headerKind.other && kind !== headerKind.copy && (this.kinds & kind) !== 0;
  }

  /** A folded line, or one more line of addresses. */
  private continues(lastKind: number): boolean {
    const { text, line } = this;
    if (lastKind === 0) return false;
    const first = text.charCodeAt(line.content);
    if (isBlank(first)) return true;
    if (lastKind === headerKind.subject || lastKind === headerKind.date || lastKind === headerKind.other)
      return false;
    const last = text.charCodeAt(line.to - 1);
    return (
      last === 0x3b ||
      last === 0x2c ||
      /[@;<>[\]]/.test(text.slice(line.content, Math.min(line.to, line.content + 200)))
    );
  }

  /** Some converters put blank lines between header lines: the block goes on where a new field follows. */
  private continuesAfterBlank(from: number): boolean {
    const { text } = this;
    const below = new Line(this.line.mark);
    let at = from;
    for (let i = 0; i < maxBlankLines && at < text.length; i++) {
      below.read(text, at);
      if (!below.blank) {
        if (below.depth !== this.depth) return false;
        const header = findHeaderLine(text, below.start, below.to);
        return header !== undefined && !this.repeats(header.kind) && header.kind !== headerKind.other;
      }
      at = below.next;
    }
    return false;
  }
}

function endsWithDash(text: string, to: number): boolean {
  return isDash(text.charCodeAt(to - 1)) && isDash(text.charCodeAt(to - 2));
}

function isDash(code: number): boolean {
  return code === 0x2d || code === 0x2010 || code === 0x2013 || code === 0x2014 || code === 0x2212;
}

function isRun(text: string, from: number, to: number, code: number): boolean {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) !== code) return false;
  return true;
}
