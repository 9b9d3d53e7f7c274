/** Base64 of which there is only one spelling (RFC 4648, section 4 with 3.5): padded, no line breaks, unused bits zero. */

/** The bytes, or undefined for any other spelling of them. */
export function parseBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
