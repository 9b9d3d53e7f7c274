/**
 * Times that programs build into identifiers, where somebody who changes a Date field forgets them.
 *
 *   <20160519143000.GA1234@host>                       compact date
 *   <1.2.1429275653296.JavaMail.user@host>             milliseconds (JavaMail; Yahoo has it without the word)
 *   <1556133765.4051.12.camel@host>                    seconds (Evolution)
 *   <5C3F1A2B.4060102@host>                            seconds in hexadecimal (Mozilla, Thunderbird)
 *   <000a01c1d2e3$f0a1b2c3$0200a8c0@host>              FILETIME (Outlook Express)
 *   <E1aBcDe-0001Xy-2Q@host>                           seconds in base 62 (Exim)
 *   boundary="----=_NextPart_000_0016_01D1B2C3.ABCDEF12"   FILETIME (Outlook)
 *   boundary="00000000000012f3a9051e6b0a1c"                microseconds (Gmail)
 */

export interface EmbeddedTime {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** How it was read, for the facts. */
  readonly form: string;
  /** A compact date has no zone: it can be off by a day either way. */
  readonly zoned: boolean;
}

const filetimeEpoch = 11_644_473_600_000;

/** FILETIME: 100 ns since 1601, as two halves in hex. */
const filetime = (high: string, low: string): number =>
  (Number.parseInt(high, 16) * 2 ** 32 + Number.parseInt(low, 16)) / 10_000 - filetimeEpoch;

/** Identifiers are believed only where they give a time when e-mail existed and programs wrote such identifiers. */
function plausible(time: number, form: string, zoned = true): EmbeddedTime | undefined {
  return time > Date.UTC(1990, 0, 1) && time < Date.UTC(2100, 0, 1) ? { time, form, zoned } : undefined;
}

/** `id` is a msg-id without angle brackets. */
export function timeInMessageId(id: string): EmbeddedTime | undefined {
  const compact = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?[^\d]/.exec(id);
  if (compact !== null) {
    const [, year, month, day, hour, minute, second = '00'] = compact;
    const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    return Number.isNaN(time) ? undefined : plausible(time, 'its first digits are a date', false);
  }
  for (const { pattern, form, read } of identifiers) {
    const found = pattern.exec(id);
    if (found !== null) return plausible(read(found[1] ?? '', found[2] ?? ''), form);
  }
  return undefined;
}

const identifiers: readonly {
  readonly pattern: RegExp;
  readonly form: string;
  /** Milliseconds since 1970 from the two groups of the pattern. */
  read(first: string, second: string): number;
}[] = [
  { pattern: /\.(\d{12,13})\.JavaMail\./, form: 'JavaMail, milliseconds', read: Number },
  {
    pattern: /^-?\d{1,12}\.\d{1,12}\.(1\d{12})@/,
    form: 'JavaMail, milliseconds',
    read: Number,
  },
  {
    pattern: /^([0-9]{9,10})\.\d{1,9}\.\d{1,9}\.camel@/,
    form: 'Evolution, seconds',
    read: (seconds) => Number(seconds) * 1_000,
  },
  {
    pattern: /^([3-7][0-9A-F]{7})\.\d{1,8}@/,
    form: 'Mozilla, seconds',
    read: (seconds) => Number.parseInt(seconds, 16) * 1_000,
  },
  {
    pattern: /^[0-9a-f]{4}([0-9a-f]{8})\$([0-9a-f]{8})\$[0-9a-f]{8}@/i,
    form: 'Outlook, FILETIME',
    read: filetime,
  },
  {
    // Since 4.97 the two further parts are longer.
    pattern: /^E(1[0-9A-Za-z]{5})-(?:[0-9A-Za-z]{6}-[0-9A-Za-z]{2}|[0-9A-Za-z]{11}-[0-9A-Za-z]{4})@/,
    form: 'Exim, seconds',
    read: (seconds) => base62(seconds) * 1_000,
  },
];

const digits62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const base62 = (text: string): number =>
  Array.from(text).reduce((sum, digit) => sum * 62 + digits62.indexOf(digit), 0);

export function timeInBoundary(boundary: string): EmbeddedTime | undefined {
  const outlook = /_NextPart_[0-9A-F]{3}_[0-9A-F]{4}_([0-9A-F]{8})\.([0-9A-F]{8})/i.exec(boundary);
  if (outlook !== null) return plausible(filetime(outlook[1] ?? '', outlook[2] ?? ''), 'Outlook, FILETIME');
  const java = /_Part_\d+_[\d-]+\.(\d{12,13})$/.exec(boundary)?.[1];
  if (java !== undefined) return plausible(Number(java), 'JavaMail, milliseconds');
  const gmail = /^0{12}([0-9a-f]{6})([0-9a-f]{8})[0-9a-f]{2}$/.exec(boundary);
  if (gmail === null) return undefined;
  return plausible(Number.parseInt(`${gmail[2]}${gmail[1]}`, 16) / 1_000, 'Gmail, microseconds');
}

/** When a conversation began: bytes 0 to 5 are the first 48 bits of a FILETIME. */
export function timeInThreadIndex(value: string): EmbeddedTime | undefined {
  const bytes = Buffer.from(value.slice(0, 40), 'base64');
  // 22 bytes for the first message and 5 for each answer; anything else is another program's invention.
  if (bytes.length < 22) return undefined;
  return plausible((bytes.readUIntBE(0, 6) * 2 ** 16) / 10_000 - filetimeEpoch, 'Outlook, FILETIME');
}

/** The last digits of a Google identifier in a Received field. */
export function timeInReceived(body: string): EmbeddedTime | undefined {
  const stamp =
    /\bwith (?:E?SMTPS?A?) id [0-9A-Za-z-]{1,40}\.\d{1,4}\.\d{4}\.[\d.]{1,30}\.(1\d{12})\b|\bid [0-9A-Za-z]{8,40}\.\d{1,4}\.(1\d{12})\b/.exec(
      body,
    );
  const digits = stamp?.[1] ?? stamp?.[2];
  return digits === undefined ? undefined : plausible(Number(digits), 'Google, milliseconds');
}
