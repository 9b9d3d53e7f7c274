/**
 * Text of hostile mail, made fit for a page. Escaping is the renderer's; this is about characters that a reader does
 * not see or that change what is seen.
 *
 *   'a\x00b' → 'a␀b'        'invoice\u202efdp.exe' → 'invoice[U+202E]fdp.exe' in names
 */

/** All of C0 but tab and line feed, DEL, and C1. */
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Marks that change the direction of writing for what follows. */
const directional = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** For running text: control characters are shown as the pictures that Unicode has for them. */
export function visibleText(text: string): string {
  return text.search(control) < 0 ? text.toWellFormed() : text.toWellFormed().replace(control, picture);
}

/** For names that people act on (files, addresses, msg-ids, paths): on one line, with every invisible turn spelled out. */
export function visibleName(text: string): string {
  return visibleText(text.replace(/[\t\n]+/g, ' ')).replace(
    directional,
    (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`,
  );
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 0x7f) return '\u2421';
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
}
