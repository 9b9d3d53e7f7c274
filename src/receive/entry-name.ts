/**
 * Names of entries in archives: bytes in some encoding, hostile, and never opened.
 *
 *   mail/Entw\xc3\xbcrfe.mbox    UTF-8          mail/Entwürfe.mbox
 *   mail/Entw\x81rfe.mbox        code page 437  mail/Entwürfe.mbox   (zip, APPNOTE D)
 *   ../../etc/passwd                            kept as it is: a fact about the archive
 */

/** The upper half of code page 437, which zip names are in where nothing else is said. */
const codePage437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** UTF-8 where the bytes are that, else one character per byte. Two different names never become one. */
export function decodeName(bytes: Buffer): string {
  return asUtf8(bytes) ?? bytes.toString('latin1');
}

/** As zip has it: UTF-8 where the bytes are that, said or not; else code page 437. */
export function decodeZipName(bytes: Buffer): string {
  return (
    asUtf8(bytes) ??
    Array.from(bytes, (byte) =>
      byte < 0x80 ? String.fromCharCode(byte) : codePage437.charAt(byte - 0x80),
    ).join('')
  );
}

function asUtf8(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : undefined;
}
