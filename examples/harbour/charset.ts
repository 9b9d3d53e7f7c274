/**
 * Text to bytes in the character sets that mail of 2015 came in (RFC 2046 4.1.2).
 *
 *   encodeText('浚渫', 'iso-2022-jp')   → ESC $ B … ESC ( B     (RFC 1468)
 */
import iconv from 'iconv-lite';

const escapeByte = '\x1b';

/** RFC 1468: JIS X 0208 is EUC-JP with the high bits off, between two escapeByte sequences, back to ASCII before a line end. */
function encodeIso2022Jp(text: string): Buffer {
  let out = '';
  let wide = false;
  for (const character of text) {
    const bytes = iconv.encode(character, 'euc-jp');
    const isWide = bytes.length === 2;
    if (isWide !== wide) out += escapeByte + (isWide ? '$B' : '(B');
    wide = isWide;
    for (const byte of bytes) out += String.fromCharCode(byte & 0x7f);
  }
  return Buffer.from(wide ? `${out + escapeByte}(B` : out, 'latin1');
}

/** Bytes of `text` in `charset`. Throws where a character has no code there: a sample must not hold `?` by mistake. */
export function encodeText(text: string, charset: string): Buffer {
  if (charset === 'us-ascii' || charset === '') {
    if (!isAscii(text)) throw new Error(`not ASCII: ${text.slice(0, 60)}`);
    return Buffer.from(text, 'latin1');
  }
  if (charset === 'iso-2022-jp') return encodeIso2022Jp(text);
  const bytes = iconv.encode(text, charset);
  if (iconv.decode(bytes, charset) !== text) throw new Error(`${charset} cannot hold: ${text.slice(0, 60)}`);
  return bytes;
}

export function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7e) return false;
  return true;
}
