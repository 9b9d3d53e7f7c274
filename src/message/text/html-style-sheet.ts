/**
 * Which elements a style sheet inside the message hides, as far as simple selectors go: newsletters hide their
 * preheader so, and gateways their warning banners.
 *
 *   <style> span.preheader, #top { display: none !important } @media … { ignored } </style>
 */

import { fact, styleFacts } from './html-style.js';
import type { TagAttributes } from './html-tag.js';

/** Selectors kept from one message. */
const maxSelectors = 500;

const simpleSelector = /^([a-z][a-z0-9]*)?([.#][\w-]+)$/i;

/** Adds the selectors of `sheet` that hide: `.name`, `#name`, `tag.name`. Rules inside `@media` may not apply. */
export function collectHidden(sheet: string, selectors: Set<string>): void {
  if (!sheet.includes('none') && !sheet.includes('hidden')) return;
  let at = 0;
  while (at < sheet.length && selectors.size < maxSelectors) {
    const open = sheet.indexOf('{', at);
    if (open < 0) return;
    const prelude = withoutComments(sheet.slice(at, open));
    if (prelude.startsWith('@') && !/^@(font-face|page)/i.test(prelude)) {
      at = afterBlock(sheet, open);
      continue;
    }
    const close = sheet.indexOf('}', open);
    if (close < 0) return;
    if ((styleFacts(sheet.slice(open + 1, close)) & fact.unseen) !== 0) keep(prelude, selectors);
    at = close + 1;
  }
}

/** Whether an element of that name, with that class and id, is among the selectors. */
export function isHiddenBySheet(
  selectors: ReadonlySet<string>,
  name: string,
  attributes: TagAttributes,
): boolean {
  const { className, idName } = attributes;
  if (idName !== '' && (selectors.has(`#${idName}`) || selectors.has(`${name}#${idName}`))) return true;
  if (className === '') return false;
  for (const word of className.split(/\s+/, 20)) {
    if (selectors.has(`.${word}`) || selectors.has(`${name}.${word}`)) return true;
  }
  return false;
}

function keep(prelude: string, selectors: Set<string>): void {
  if (prelude.length > 4_000) return;
  for (const selector of prelude.split(',')) {
    const found = simpleSelector.exec(selector.trim());
    if (found !== null) selectors.add(`${found[1]?.toLowerCase() ?? ''}${found[2] ?? ''}`);
  }
}

/** The text between two rules, without comments and without the `<!--` that older programs wrap sheets in. */
function withoutComments(text: string): string {
  let kept = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf('/*', at);
    if (open < 0) break;
    kept += text.slice(at, open);
    const close = text.indexOf('*/', open + 2);
    at = close < 0 ? text.length : close + 2;
    if (close < 0) break;
  }
  return (kept + text.slice(at)).replace(/<!--|-->/g, '').trim();
}

/** Place after the block whose brace opens at `open`, with the blocks inside it. */
function afterBlock(sheet: string, open: number): number {
  let depth = 0;
  for (let i = open; i < sheet.length; i++) {
    const code = sheet.charCodeAt(i);
    if (code === 0x7b) depth++;
    else if (code === 0x7d && --depth === 0) return i + 1;
  }
  return sheet.length;
}
