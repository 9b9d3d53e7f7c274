/**
 * One message → another one of the same shape: what makes a scaled trove grow in msg-ids, threads, addresses and
 * vocabulary as a real one does, not only in bytes.
 *
 *   Message-ID: <17.evans@thyme>          Message-ID: <c2.17.evans@thyme>       the same in References: threads stay whole
 *   Date: Mon, 29 Oct 2001 14:03:58 -0800 Date: Fri, 11 Jan 2002 14:03:58 -0800
 *   From: kim@example.net                 From: kim.c2@example.net              a quarter of the addresses
 *   Subject: gas storage                  Subject: gas wxkvqji
 *                                         X-Copy: 2                             so that no two copies share a hash
 *
 *   we discussed storage with            we discussed wxkvqji with             a sixteenth of the words
 *
 * Everything follows from the copy's number and the bytes at hand. Words keep their length and stand between blanks,
 * so that no boundary, header field, encoded body or From_ line changes. Signatures no longer fit.
 */

/** Days between two copies of a message. */
const daysBetweenCopies = 37;
/** One in so many words of the text, and of the addresses, is made anew in each copy. */
const wordsPerNewWord = 16;
const addressesPerNewAddress = 4;
const minWordLetters = 5;
const maxWordLetters = 9;

const space = 0x20;
const lf = 0x0a;

/** `stored` as it lies in an mbox, from its From_ line to its empty line. Copy 0 is the message itself. */
export function varyMessage(stored: Buffer, copy: number): Buffer {
  if (copy === 0) return stored;
  const bodyStart = findBodyStart(stored);
  const header = stored.toString('latin1', 0, bodyStart);
  const body = Buffer.from(stored.subarray(bodyStart));
  varyWords(body, copy);
  return Buffer.concat([Buffer.from(varyHeader(header, copy), 'latin1'), body]);
}

/** Position of the empty line that ends the header section. A message in an mbox has one: the one before the next From_ line. */
function findBodyStart(stored: Buffer): number {
  const bare = stored.indexOf('\n\n', 0, 'latin1');
  const dos = stored.indexOf('\n\r\n', 0, 'latin1');
  if (bare < 0 && dos < 0) throw new RangeError('a message in an mbox ends in an empty line');
  return 1 + (bare < 0 ? dos : dos < 0 ? bare : Math.min(bare, dos));
}

/** `header` ends in a line end. */
function varyHeader(header: string, copy: number): string {
  const lineEnd = header.endsWith('\r\n') ? '\r\n' : '\n';
  const fields = header
    .split(/\n(?![ \t])/)
    .map((field, line) => (line === 0 && field.startsWith('From ') ? field : varyField(field, copy)));
  return `${fields.join('\n')}X-Copy: ${copy}${lineEnd}`;
}

function varyField(field: string, copy: number): string {
  const colon = field.indexOf(':');
  const body = field.slice(colon + 1);
  const start = field.slice(0, colon + 1);
  switch (field.slice(0, Math.max(0, colon)).trim().toLowerCase()) {
    case 'message-id':
    case 'in-reply-to':
    case 'references':
      return start + body.replace(/<([^<>\s]{1,500})>/g, `<c${copy}.$1>`);
    case 'date':
      return start + laterDate(body, copy * daysBetweenCopies);
    case 'subject':
      return start + varySubject(body, copy);
    case 'from':
    case 'to':
    case 'cc':
      return (
        start +
        body.replace(/([A-Za-z0-9][A-Za-z0-9._-]{0,63})@/g, (text, local: string) =>
          hashText(local) % addressesPerNewAddress === 0 ? `${local}.c${copy}@` : text,
        )
      );
    default:
      return field;
  }
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A date that is not written as RFC 5322 3.3 has it stays. */
function laterDate(text: string, byDays: number): string {
  const match = /^(\s*)(?:[A-Za-z]{3},\s*)?(\d{1,2}) ([A-Za-z]{3}) (\d{4})(?!\d)/.exec(text);
  const month = months.indexOf(match?.[3] ?? '');
  if (match === null || month < 0) return text;
  const date = new Date(Date.UTC(Number(match[4]), month, Number(match[2]) + byDays));
  return `${match[1]}${days[date.getUTCDay()]}, ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}${text.slice(match[0].length)}`;
}

/** Copies of one subject must not meet in one thread; replies must keep the subject of what they answer. */
function varySubject(text: string, copy: number): string {
  const bytes = Buffer.from(`${text.replace(/\r$/, '')} `, 'latin1');
  const words = varyWords(bytes, copy, 2);
  const varied = bytes.toString('latin1', 0, bytes.length - 1);
  return `${words === 0 ? `${varied} ${newWord('copy', copy)}` : varied}${text.endsWith('\r') ? '\r' : ''}`;
}

function newWord(word: string, copy: number): string {
  const bytes = Buffer.from(word, 'latin1');
  shiftLetters(bytes, 0, bytes.length, copy);
  return bytes.toString('latin1');
}

/** Changes one word in `perNewWord` in place and tells how many. A word is small letters between two blanks. */
function varyWords(bytes: Buffer, copy: number, perNewWord = wordsPerNewWord): number {
  let changed = 0;
  for (let blank = bytes.indexOf(space); blank >= 0; ) {
    const start = blank + 1;
    let end = start;
    let hash = fnvStart;
    for (let byte = bytes[end] ?? lf; byte >= 0x61 && byte <= 0x7a; byte = bytes[++end] ?? lf)
      hash = fnvNext(hash, byte);
    const letters = end - start;
    if (
      letters >= minWordLetters &&
      letters <= maxWordLetters &&
      bytes[end] === space &&
      mixed(hash) % perNewWord === 0
    ) {
      shiftLetters(bytes, start, end, copy);
      changed += 1;
    }
    blank = bytes[end] === space ? end : bytes.indexOf(space, end);
  }
  return changed;
}

/** Each letter by a distance of 1 to 25 that depends on the copy and the letter's place: equal words stay equal. */
function shiftLetters(bytes: Buffer, start: number, end: number, copy: number): void {
  for (let i = start; i < end; i++) {
    const distance = 1 + (mixed(Math.imul(copy, 31) + (i - start)) % 25);
    bytes[i] = 0x61 + (((bytes[i] ?? 0x61) - 0x61 + distance) % 26);
  }
}

const fnvStart = 0x811c9dc5;

/** FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
function fnvNext(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

/** The low bits of FNV are weak: spread before taking a remainder. */
function mixed(hash: number): number {
  const x = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return (x ^ (x >>> 15)) >>> 0;
}

function hashText(text: string): number {
  let hash = fnvStart;
  for (let i = 0; i < text.length; i++) hash = fnvNext(hash, text.charCodeAt(i));
  return mixed(hash);
}
