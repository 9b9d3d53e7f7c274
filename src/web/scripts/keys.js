/**
 * Keys for those who read much. Nothing needs them: each key presses a link, button or field that is on the page.
 *
 *   <a data-key="t">      t presses it (in the chosen item first, then on the page)
 *   <a data-go="d">       g, then d
 *   <li data-item data-source="/m/1/raw">   j and k go from one to the next; o opens its first link, r its source
 *
 * The pages say what has a key; the page of keys (pages/keys.tsx) says it to people.
 */

/** Milliseconds in which a second key follows g. */
const patience = 1_500;

let waitsForGo = 0;
/** What was selected last in the text of the message, for a note on it. */
let selected = { text: '', before: 0 };

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}

function items() {
  return Array.from(document.querySelectorAll('[data-item]'));
}

/** The item that holds the focus. */
function chosen() {
  return document.activeElement?.closest('[data-item]') ?? undefined;
}

/** @param {1 | -1} step */
function move(step) {
  const all = items();
  const at = chosen();
  const position = at === undefined ? -1 : all.indexOf(at);
  const next = at === undefined ? (step > 0 ? all[0] : undefined) : all[position + step];
  if (next === undefined) {
    // Past either end: the next or former page, or message of the thread.
    press(step > 0 ? 'a[rel~="next"]' : 'a[rel~="prev"]');
    return;
  }
  next.querySelector('a')?.focus();
  next.scrollIntoView({ block: 'nearest' });
}

/**
 * Presses what fits the selector: in the chosen item, else on the page. A field gets the focus, a fold is opened.
 * @param {string} selector
 */
function press(selector) {
  const target = chosen()?.querySelector(selector) ?? document.querySelector(selector);
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.querySelector('textarea, input:not([type="hidden"])')?.scrollIntoView({ block: 'nearest' });
    /** @type {HTMLElement | null} */ (target.querySelector('textarea, input:not([type="hidden"])'))?.focus();
  } else if (target instanceof HTMLInputElement && target.type !== 'checkbox') {
    target.closest('details')?.setAttribute('open', '');
    target.focus();
    target.select();
  } else target.click();
  return true;
}

/** @param {KeyboardEvent} event */
function act(event) {
  const { key } = event;
  if (waitsForGo > Date.now()) {
    waitsForGo = 0;
    return press(`[data-go="${CSS.escape(key)}"]`);
  }
  if (key === 'g') {
    waitsForGo = Date.now() + patience;
    return true;
  }
  if (key === 'j' || key === 'k') {
    move(key === 'j' ? 1 : -1);
    return true;
  }
  const item = chosen();
  if (key === 'o') {
    item?.querySelector('a')?.click();
    return item !== undefined;
  }
  const source = item instanceof HTMLElement ? item.dataset.source : undefined;
  if (key === 'r' && source !== undefined) {
    location.assign(source);
    return true;
  }
  if (key === '/') return press('#q');
  if (key === '?') return press('[data-go="?"]');
  // Both are taught elsewhere: # by trackers, l by mail programs.
  const name = key === '#' ? 'l' : key;
  return name.length === 1 && press(`[data-key="${CSS.escape(name)}"]`);
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (isTyping(event.target)) {
    if (event.key === 'Escape' && document.activeElement instanceof HTMLElement)
      document.activeElement.blur();
    return;
  }
  if (act(event)) event.preventDefault();
});

document.addEventListener('selectionchange', () => {
  const selection = document.getSelection();
  const text = document.querySelector('.message .text');
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed || text === null) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  selected = { text: selection.toString(), before: before.toString().length };
});

// A note that is begun with a passage selected is about that passage.
for (const fold of document.querySelectorAll('details.write-note'))
  fold.addEventListener('toggle', () => {
    const passage = fold.querySelector('[name="passage"]');
    const near = fold.querySelector('[name="near"]');
    if (!(passage instanceof HTMLTextAreaElement) || passage.value !== '' || selected.text === '') return;
    passage.value = selected.text;
    if (near instanceof HTMLInputElement) near.value = String(selected.before);
  });
