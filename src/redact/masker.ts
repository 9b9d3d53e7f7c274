/**
 * Puts placeholders where a text says what must not be published.
 *
 *   "Ring 07700 900345 or dave@postbox.example"   →   "Ring [phone 2] or [address 3]"
 *
 * Three things are masked: what somebody decided to mask everywhere; passages of this message; and addr-specs and
 * telephone numbers of everybody who is not a public person, known beforehand or not. All texts of a message pass here,
 * so that one decision reaches every place.
 */
import type { Decisions, Everywhere, Passage } from './decisions.js';
import { shownKey } from './decisions.js';
import { termsOf } from './known-values.js';
import type { RedactionCount, RedactionKind, RedactionReason } from './reasons.js';
import { addrSpecRule } from './rules/addr-specs.js';
import { phoneRule } from './rules/phones.js';
import { type Term, TermIndex } from './terms.js';

/** Gives the number of a placeholder: the same for the same thing, in this release and the next. */
export type Numbering = (kind: RedactionKind, value: string) => number;

export interface MaskedSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: RedactionKind;
  readonly reason: RedactionReason;
  readonly placeholder: string;
}

interface Hidden {
  readonly kind: RedactionKind;
  readonly reason: RedactionReason;
  readonly value: string;
  readonly written: string;
}

/** Fields whose ids look like addr-specs and are none. */
export type TextPlace = 'text' | 'ids';

export class Masker {
  readonly #decisions: Decisions;
  readonly #numbering: Numbering;
  readonly #hidden: Hidden[] = [];
  readonly #index: TermIndex;
  /** By index of a term: what it stands for. */
  readonly #meaning: Hidden[] = [];
  readonly #terms: Term[] = [];
  readonly #masked = new Map<string, Hidden>();
  /** Of those, the ones since `maskedSince` was asked last. */
  #recent: Hidden[] = [];

  constructor(decisions: Decisions, numbering: Numbering) {
    this.#decisions = decisions;
    this.#numbering = numbering;
    for (const each of decisions.everywhere) this.#add(each);
    this.#index = new TermIndex(this.#terms);
  }

  #add(hidden: Everywhere): void {
    this.#hidden.push(hidden);
    for (const term of termsOf(hidden.kind, hidden.value, hidden.written)) {
      this.#terms.push(term);
      this.#meaning.push(hidden);
    }
  }

  /** Terms of all that is hidden everywhere, and of all that was masked since because nobody made it public: for the leak check. */
  secrets(): Term[] {
    const found = [...this.#masked.values()].flatMap(({ kind, value, written }) =>
      termsOf(kind, value, written),
    );
    return [...this.#terms, ...found];
  }

  /** In order, no two overlap. */
  spans(text: string, passages: TermPassages | undefined, place: TextPlace = 'text'): MaskedSpan[] {
    const spans = this.#index
      .find(text)
      .map(({ term, start, end }) => this.#span(start, end, this.#meaning[term]));
    if (passages !== undefined)
      for (const { term, start, end } of passages.index.find(text))
        spans.push(this.#span(start, end, passages.hidden[term]));
    if (place === 'text') spans.push(...this.#unknown(text));
    return merged(spans.filter((span) => span !== undefined));
  }

  /** What no decision names: private is the default. */
  #unknown(text: string): (MaskedSpan | undefined)[] {
    const spans: (MaskedSpan | undefined)[] = [];
    for (const rule of [addrSpecRule, phoneRule]) {
      for (const { start, end, value } of rule.find(text, this.#decisions)) {
        if (!this.isPrivate(rule.name, value)) continue;
        const hidden: Hidden = { kind: rule.kind, reason: 'private person', value, written: value };
        this.#note(hidden);
        spans.push(this.#span(start, end, hidden));
      }
    }
    return spans;
  }

  #note(hidden: Hidden): void {
    const key = `${hidden.kind} ${hidden.value}`;
    if (!this.#masked.has(key)) this.#masked.set(key, hidden);
    this.#recent.push(hidden);
  }

  /** Terms of what was masked since this was asked last, because nobody made it public. */
  maskedSince(): Term[] {
    const recent = new Map(this.#recent.map((hidden) => [`${hidden.kind} ${hidden.value}`, hidden]));
    this.#recent = [];
    return [...recent.values()].flatMap(({ kind, value, written }) => termsOf(kind, value, written));
  }

  isPublic(subject: string): boolean {
    return this.#decisions.isPublic(subject);
  }

  /** Whether an addr-spec or number found by that rule is masked. */
  isPrivate(rule: string, value: string): boolean {
    return !this.#decisions.isPublic(value) && !this.#decisions.shown.has(shownKey(rule, value));
  }

  #span(start: number, end: number, hidden: Hidden | undefined): MaskedSpan | undefined {
    if (hidden === undefined) return undefined;
    const { kind, reason } = hidden;
    return { start, end, kind, reason, placeholder: this.placeholder(kind, hidden.value) };
  }

  placeholder(kind: RedactionKind, value: string): string {
    return `[${kind} ${this.#numbering(kind, value)}]`;
  }
}

/** Passages of one message, made ready for all its texts. */
export interface TermPassages {
  readonly index: TermIndex;
  readonly hidden: readonly Hidden[];
  readonly terms: readonly Term[];
}

/** `addresses`: private people's among the mailboxes of the message, also of a form that the rule does not know (`dave@office`). */
export function preparePassages(
  passages: readonly Passage[],
  addresses: readonly string[],
): TermPassages | undefined {
  if (passages.length + addresses.length === 0) return undefined;
  const hidden: Hidden[] = [
    ...passages.map(({ kind, reason, exact }) => ({ kind, reason, value: exact, written: exact })),
    ...addresses.map(
      (value): Hidden => ({ kind: 'address', reason: 'private person', value, written: value }),
    ),
  ];
  const terms = hidden.map(
    ({ written }, at): Term => ({ text: written, form: at < passages.length ? 'words' : 'address' }),
  );
  return { index: new TermIndex(terms), hidden, terms };
}

/** Of spans that overlap one remains, over all that they cover: the first and longest names it. */
function merged(spans: readonly MaskedSpan[]): MaskedSpan[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const result: MaskedSpan[] = [];
  for (const span of sorted) {
    const last = result.at(-1);
    if (last === undefined || span.start >= last.end) result.push(span);
    else if (span.end > last.end) result[result.length - 1] = { ...last, end: span.end };
  }
  return result;
}

export function applySpans(text: string, spans: readonly MaskedSpan[]): string {
  let result = '';
  let done = 0;
  for (const { start, end, placeholder } of spans) {
    result += text.slice(done, start) + placeholder;
    done = end;
  }
  return result + text.slice(done);
}

/** Counts redactions by kind and reason. */
export class Tally {
  readonly #counts = new Map<string, { kind: RedactionKind; reason: RedactionReason; count: number }>();

  add(kind: RedactionKind, reason: RedactionReason, count = 1): void {
    const key = `${kind} ${reason}`;
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { kind, reason, count });
    else known.count += count;
  }

  get counts(): RedactionCount[] {
    return [...this.#counts.values()];
  }
}
