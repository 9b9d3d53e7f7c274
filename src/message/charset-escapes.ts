/**
 * The stateful 7-bit charsets that TextDecoder does not read: ISO-2022-KR (RFC 1557), ISO-2022-CN (RFC 1922)
 * and HZ (RFC 1843). Each is a way to write an 8-bit charset in 7 bits; setting the eighth bit gives it back.
 *
 *   1b 24 29 43  0e 3e 48 33 67 0f   ISO-2022-KR "안녕"  → EUC-KR be c8 b3 e7
 *   7e 7b 56 50 4e 44 7e 7d          HZ "~{VPND~}"       → GBK d6 d0 ce c4 "中文"
 */

const escapeByte = 0x1b;
const shiftOut = 0x0e;
const shiftIn = 0x0f;

/** Which escape charset the bytes announce in their beginning; undefined where none. */
export function sniffEscapes(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, Math.min(bytes.length, 65_536));
  if (head.includes('\x1b$)C')) return 'iso-2022-kr';
  if (/\x1b\$\)[AG]/.test(head)) return 'iso-2022-cn';
  if (/\x1b(?:\$[@B]|\([BJI]|\$\([DOPQ])/.test(head)) return 'iso-2022-jp';
  if (/~\{(?:[\x21-\x77][\x21-\x7e]){1,200}~\}/.test(head)) return 'hz-gb-2312';
  return undefined;
}

/**
 * ISO-2022-JP without escapes that switch to a set and away from it with nothing between, as two encoded words side by
 * side have them: the WHATWG decoder reports an error there, lest they hide text.
 */
export function withoutIdleEscapes(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  const idle = /\x1b(?:\([BJI]|\$[@B])(?=\x1b(?:\([BJI]|\$[@B]))/g;
  return idle.test(text) ? Buffer.from(text.replace(idle, ''), 'latin1') : bytes;
}

/** Decodes one of the three; `charset` is the normalised name. */
export function decodeEscaped(bytes: Buffer, charset: string): string {
  const eightBit = Buffer.allocUnsafe(bytes.length);
  const length = charset === 'hz-gb-2312' ? liftHz(bytes, eightBit) : liftIso2022(bytes, eightBit);
  return new TextDecoder(charset === 'iso-2022-kr' ? 'euc-kr' : 'gbk').decode(eightBit.subarray(0, length));
}

function liftIso2022(bytes: Buffer, out: Buffer): number {
  let length = 0;
  let shifted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === escapeByte && bytes[at + 1] === 0x24) at += 3;
    else if (byte === shiftOut) shifted = true;
    else if (byte === shiftIn) shifted = false;
    else {
      // RFC 1557: every line starts in ASCII, so a missing SI spoils one line only.
      if (byte === 0x0a || byte === 0x0d) shifted = false;
      out[length++] = shifted && byte > 0x20 ? byte | 0x80 : byte;
    }
  }
  return length;
}

function liftHz(bytes: Buffer, out: Buffer): number {
  let length = 0;
  let shifted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const next = bytes[at + 1] ?? 0;
    if (byte === 0x7e && next === 0x7b && !shifted) {
      shifted = true;
      at++;
    } else if (byte === 0x7e && next === 0x7d && shifted) {
      shifted = false;
      at++;
    } else if (byte === 0x7e && next === 0x7e && !shifted) {
      out[length++] = byte;
      at++;
    } else {
      if (byte === 0x0a) shifted = false;
      out[length++] = shifted && byte > 0x20 ? byte | 0x80 : byte;
    }
  }
  return length;
}
