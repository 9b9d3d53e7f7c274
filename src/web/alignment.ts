/**
 * Whether a text was laid out for letters of one width: tables, drawings, patches.
 *
 *   Item        Qty    Price          diff --git a/x b/x
 *   Anchors       4   1,200           @@ -1,4 +1,6 @@
 */

/** Lines looked at: the beginning of a text shows what it is. */
const maxLines = 400;
const maxLineCharacters = 400;
/** Share of lines beyond which a text counts as laid out. */
const share = 0.08;
const fewest = 3;

const gap = /\S[ ]{3,}\S|\S\t+\S/;
const ruled = /^\s*[|+][-=+| ].*[|+]\s*$/;
const patch = /^(?:diff --git |@@ -\d|\+\+\+ |--- [ab]\/)/;

export function isAligned(text: string): boolean {
  let lines = 0;
  let aligned = 0;
  let at = 0;
  while (at < text.length && lines < maxLines) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    const line = text.slice(at, Math.min(end, at + maxLineCharacters)).trimEnd();
    at = end + 1;
    if (line === '') continue;
    lines += 1;
    if (patch.test(line)) return true;
    if (gap.test(line) || ruled.test(line)) aligned += 1;
  }
  return aligned >= fewest && aligned / lines >= share;
}
