/**
 * Characters as HTML text treats them: copied as they stand, turned into a blank, or dropped because they show nothing.
 *
 *   a → a      U+00A0 → blank      U+00AD, U+200B → nothing      U+200D → only between letters that it joins
 */

export function isPlain(code: number): boolean {
  return code > 0x20 && code < 0x80 && code !== 0x26;
}

export function isCopied(code: number): boolean {
  return code > 0x20 && code !== 0x26 && (code < 0x80 || !isCleaned(code));
}

/** Blanks that become a space and characters that show nothing: soft hyphen, zero-width space, byte order mark, … */
export function isCleaned(code: number): boolean {
  if (code < 0x300) return code === 0xa0 || code === 0xad || (code >= 0x80 && code < 0xa0);
  if (code < 0x2000) return code === 0x34f || code === 0x180e;
  if (code > 0x2060) return code === 0xfeff;
  return code >= 0x200b ? code <= 0x200d || code === 0x202f || code === 0x2060 : code === 0x2007;
}
