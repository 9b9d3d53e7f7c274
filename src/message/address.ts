/**
 * Address lists (RFC 5322 3.4, obsolete forms 4.4, RFC 6532 characters), and what mailers write instead.
 *
 *   Mary <mary@x.test>, joe@y.test, A Group:ed@z.test;     → three mailboxes, the last in group "A Group"
 *   "Smith, John" </O=ENRON/OU=NA/CN=RECIPIENTS/CN=JSMITH> → an Exchange name where an addr-spec should be
 *   Smith, John <j@x.test>; jane@y.test                    → unquoted comma, ";" for ",": two mailboxes, malformed
 *
 * One pass over the characters collects pieces (words, quoted strings, comments, angle brackets) up to a separator;
 * `address-mailbox.ts` makes mailboxes of them.
 */
import { limits } from '../limits.js';
import { type Gathered, makeMailboxes, newGathered } from './address-mailbox.js';
import { readPlainMailbox } from './address-plain.js';
import { findCommentEnd, findQuoteEnd, unquote } from './comment.js';
import type { Mailbox } from './message.js';

export interface ParsedMailboxes {
  /** In order; groups without members give none. */
  readonly mailboxes: readonly Mailbox[];
  /** Not in the syntax of RFC 5322, obsolete forms included. */
  readonly malformed: boolean;
  /** More than `limits.maxMailboxes` stood there. */
  readonly truncated: boolean;
}

interface State {
  readonly body: string;
  readonly out: Mailbox[];
  readonly max: number;
  at: number;
  group: string;
  inGroup: boolean;
  malformed: boolean;
  gathered: Gathered;
  /** An unclosed one was met: what opens later is an ordinary character, or each would search to the end. */
  quotesOver: boolean;
  commentsOver: boolean;
  anglesOver: boolean;
  /** Mailboxes without an address since the last separator that was not a comma, see `takeUnquotedComma`. */
  pendingNames: number;
}

/** Reads an unfolded address list. Never fails: what has no address keeps its words as display name. */
export function parseMailboxes(body: string, max: number = limits.maxMailboxes): ParsedMailboxes {
  const state: State = {
    body,
    out: [],
    max,
    at: 0,
    group: '',
    inGroup: false,
    malformed: false,
    gathered: newGathered(),
    quotesOver: false,
    commentsOver: false,
    anglesOver: false,
    pendingNames: 0,
  };
  let itemStart = true;
  while (state.at < body.length && state.out.length < max) {
    if (itemStart && state.pendingNames === 0) {
      const end = readPlainMailbox(body, state.at, state.group, state.out);
      if (end !== -1) {
        // Nothing is gathered, so the comma has nothing to finish.
        state.at = Math.min(end + 1, body.length);
        continue;
      }
    }
    const code = body.charCodeAt(state.at);
    itemStart = code === 44 || code === 59;
    step(state);
  }
  const truncated = state.at < body.length;
  if (!truncated) finish(state);
  if (state.out.length > max) state.out.length = max;
  return { mailboxes: state.out, malformed: state.malformed || state.inGroup, truncated };
}

function step(state: State): void {
  const { body, at } = state;
  switch (body.charCodeAt(at)) {
    case 32:
    case 9:
    case 10:
    case 13:
      state.gathered.blank = true;
      state.at++;
      return;
    case 34:
      readQuoted(state);
      return;
    case 40:
      readComment(state);
      return;
    case 60:
      readAngle(state);
      return;
    case 44:
      finish(state);
      state.at++;
      return;
    case 58:
      readColon(state);
      return;
    case 59:
      readSemicolon(state);
      return;
    case 41:
    case 62:
      // A closing bracket that nothing opened.
      state.malformed = true;
      state.gathered.blank = true;
      state.at++;
      return;
    default:
      readWord(state);
  }
}

/** Everything up to the next character that means something; backslashes hide the one after them (RFC 5322 4.1). */
function readWord(state: State): void {
  const { body } = state;
  let end = state.at;
  for (; end < body.length; end++) {
    const code = body.charCodeAt(end);
    if (code === 92) end++;
    else if (
      code <= 34 ? code === 32 || code === 34 || code === 9 || code === 10 || code === 13 : isSpecial(code)
    )
      break;
  }
  // A special character that nothing can open any more reads as a word of its own.
  if (end === state.at) end++;
  addPiece(state, body.slice(state.at, end), false);
  state.at = Math.min(end, body.length);
}

function isSpecial(code: number): boolean {
  return (
    code === 44 || code === 59 || code === 58 || code === 60 || code === 62 || code === 40 || code === 41
  );
}

function addPiece(state: State, text: string, quoted: boolean): void {
  const { gathered } = state;
  gathered.pieces.push({ text, quoted, glued: !gathered.blank && gathered.pieces.length > 0 });
  gathered.blank = false;
}

function readQuoted(state: State): void {
  const end = state.quotesOver ? -1 : findQuoteEnd(state.body, state.at);
  if (end === -1) {
    state.quotesOver = true;
    state.malformed = true;
    // The lonely quote itself says nothing; the words after it are read as words.
    state.at++;
    return;
  }
  addPiece(state, unquote(state.body.slice(state.at + 1, end - 1)), true);
  state.at = end;
}

function readComment(state: State): void {
  const end = state.commentsOver ? -1 : findCommentEnd(state.body, state.at);
  if (end === -1) {
    state.commentsOver = true;
    state.malformed = true;
    state.gathered.blank = true;
    state.at++;
    return;
  }
  const content = unquote(state.body.slice(state.at + 1, end - 1)).trim();
  if (content !== '') state.gathered.comments.push(content);
  state.gathered.blank = true;
  state.at = end;
}

function readAngle(state: State): void {
  const { body, gathered } = state;
  const close = state.anglesOver ? -1 : body.indexOf('>', state.at);
  if (close === -1) {
    state.anglesOver = true;
    state.malformed = true;
    gathered.blank = true;
    state.at++;
    return;
  }
  // `<<a@b>>` and `<foo <a@b>`: the innermost bracket holds the address.
  const open = body.lastIndexOf('<', close);
  if (open > state.at) {
    state.malformed = true;
    const between = body.slice(state.at + 1, open).trim();
    if (between !== '') addPiece(state, between, false);
  }
  takeAngle(state, body.slice(open + 1, close));
  state.at = close + 1;
}

function takeAngle(state: State, content: string): void {
  const { gathered } = state;
  if (gathered.angle !== undefined) {
    state.malformed = true;
    if (gathered.angle.includes('@') || !content.includes('@')) {
      // `<a@b> <c@d>`: the comma between two mailboxes is missing.
      finish(state);
      state.gathered.angle = content;
      return;
    }
    addPiece(state, gathered.angle, false);
  }
  gathered.angle = content;
  gathered.blank = true;
}

function readColon(state: State): void {
  const { gathered } = state;
  state.at++;
  const words = gathered.pieces.map((piece) => piece.text).join(' ');
  if (gathered.angle !== undefined || words.includes('@') || /^mailto$/i.test(words)) {
    // `mailto:a@b.example`, `a@b: c@d`: no group can begin here.
    state.malformed = true;
    if (/^mailto$/i.test(words)) state.gathered = newGathered();
    else finish(state);
    return;
  }
  if (state.inGroup || gathered.pieces.length === 0) state.malformed = true;
  // A colon within a word and nothing that ends a group: `Re:foo <a@b>`, `IMCEAEX-_O=X:Y`.
  state.group = makeMailboxes(gathered, '').phrase;
  state.inGroup = true;
  state.gathered = newGathered();
}

function readSemicolon(state: State): void {
  finish(state);
  if (!state.inGroup) state.malformed = true;
  state.inGroup = false;
  state.group = '';
  state.pendingNames = 0;
  state.at++;
}

function finish(state: State): void {
  const { gathered } = state;
  state.gathered = newGathered();
  if (gathered.pieces.length === 0 && gathered.angle === undefined) {
    if (gathered.comments.length > 0 && !state.inGroup) state.malformed = true;
    return;
  }
  const made = makeMailboxes(gathered, state.group);
  if (made.malformed) state.malformed = true;
  const [first] = made.mailboxes;
  if (first === undefined) return;
  const whole = takeUnquotedComma(state, first);
  state.out.push(whole);
  // One by one: a spread of a million mailboxes would overflow the stack.
  for (let index = 1; index < made.mailboxes.length && state.out.length < state.max; index++) {
    const mailbox = made.mailboxes[index];
    if (mailbox !== undefined) state.out.push(mailbox);
  }
  state.pendingNames = first.addrSpec === '' ? state.pendingNames + 1 : 0;
}

/** How many names before commas may belong to one display name: `Smith, Jr., John <j@x.test>`. */
const maxNamesBeforeAddress = 2;

/**
 * `Smith, John <j@x.test>`: by the RFC "Smith" is a mailbox of its own, but a word without "@" next to an angle
 * address is the first half of an unquoted name. Held back to one or two words; longer runs are lists.
 */
function takeUnquotedComma(state: State, mailbox: Mailbox): Mailbox {
  const { out, pendingNames } = state;
  if (pendingNames === 0 || pendingNames > maxNamesBeforeAddress) return mailbox;
  if (mailbox.displayName === '' || mailbox.addrSpec === '' || mailbox.displayName.includes(','))
    return mailbox;
  const names = out.splice(out.length - pendingNames).map((pending) => pending.displayName);
  state.malformed = true;
  return { ...mailbox, displayName: [...names, mailbox.displayName].join(', ') };
}
