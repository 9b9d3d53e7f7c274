/**
 * A message's own header section as it may be shown.
 *
 *   From: Dave Trenchard <trench57@postbox.example>   → From: Dave Trenchard <[address 3]>
 *   Message-ID: <trench57.20150112@postbox.example>   → Message-ID: <[name 3].20150112@postbox.example>
 *   DKIM-Signature: …; bh=…                           → not listed, where anything else is hidden
 */
import { decodeEncodedWords } from '../message/encoded-word.js';
import type { HeaderField, Mailbox, Message } from '../message/message.js';
import type { MessageDecisions } from './decisions.js';
import { foldedText } from './fold.js';
import { applySpans, type MaskedSpan, type Masker, type TermPassages } from './masker.js';
import type { RedactionReason } from './reasons.js';
import type { RedactedMailbox } from './redacted-message.js';
import { addrSpecRule } from './rules/addr-specs.js';
import { TermIndex } from './terms.js';

/**
 * Fields whose values are computed from what is hidden, without a salt: whoever guesses a name or a number can check the
 * guess against a body hash. And those that tell how long the hidden text is.
 */
const telling =
  /^(?:dkim-signature|domainkey-signature|arc-.*|x-google-dkim-signature|x-.*dkim-signature|content-md5|content-digest|digest|repr-digest|x-.*(?:checksum|digest|hash|signature|fingerprint|sig|md5|sha1|sha256)|autocrypt|openpgp|content-length|lines|x-.*(?:length|size)|x-brightmail-tracker|x-ironport-.*|x-me-.*|x-gm-message-state|x-microsoft-(?:antispam-message-info|exchange-diagnostics).*)$/i;

/** Fields in which what has an @ is an id and no addr-spec. */
const ids =
  /^(?:message-id|in-reply-to|references|resent-message-id|x-original-message-id|content-id|supersedes|x-gm-.*)$/i;
/** Fields that programs write, in which a name may stand inside a longer word. */
const traces = /^(?:received|x-.*|user-agent|thread-index|return-path|delivered-to|list-.*)$/i;

/** Where the sender sat: the network address of a home. */
const personal =
  /^x-(?:originating|sender|client|source|remote|real|user|eb|aol|authenticated)-?(?:ip|host|user|sender)$|^x-(?:forwarded-for|originating-.*|authentication-warning|php-.*)$/i;

export const isTelling = (name: string): boolean => telling.test(name);

export interface ShownField {
  readonly name: string;
  readonly body: string;
  readonly spans: readonly MaskedSpan[];
  /** Why the whole field is left out. */
  readonly hidden: RedactionReason | undefined;
}

/** Local parts shorter than this stand in ids by chance. */
const minLocalUnits = 5;

export class FieldMasker {
  readonly #masker: Masker;
  readonly #passages: TermPassages | undefined;
  readonly #hiddenFields: MessageDecisions['hiddenFields'];
  readonly #locals: TermIndex;
  readonly #addresses: readonly string[];
  readonly #isSenderPrivate: boolean;

  constructor(
    masker: Masker,
    passages: TermPassages | undefined,
    decisions: MessageDecisions,
    addresses: readonly string[],
    isSenderPrivate: boolean,
  ) {
    this.#masker = masker;
    this.#passages = passages;
    this.#hiddenFields = decisions.hiddenFields;
    this.#isSenderPrivate = isSenderPrivate;
    this.#addresses = addresses.filter((address) => foldedText(localOf(address)).length >= minLocalUnits);
    this.#locals = new TermIndex(
      this.#addresses.map((address) => ({ text: localOf(address), form: 'anywhere' })),
    );
  }

  mask({ name, body: written }: HeaderField): ShownField {
    const hidden =
      this.#hiddenFields.get(name.toLowerCase()) ??
      (this.#isSenderPrivate && personal.test(name) ? 'private person' : undefined);
    const { text } = decodeEncodedWords(written);
    const isIds: boolean = ids.test(name);
    const spans = this.#masker.spans(text, this.#passages, isIds ? 'ids' : 'text');
    const all = isIds || traces.test(name) ? this.#withLocals(text, spans) : spans;
    return { name, body: applySpans(text, all), spans: all, hidden };
  }

  /** The part before the @ of a private address in an id, which mailers make of it. */
  #withLocals(text: string, spans: readonly MaskedSpan[]): MaskedSpan[] {
    const added: MaskedSpan[] = [];
    for (const { term, start, end } of this.#locals.find(text)) {
      const address = this.#addresses[term];
      if (address === undefined || spans.some((span) => start < span.end && end > span.start)) continue;
      const placeholder = this.#masker.placeholder('name', address);
      added.push({ start, end, kind: 'name', reason: 'private person', placeholder });
    }
    const sorted = [...spans, ...added].sort((a, b) => a.start - b.start || b.end - a.end);
    return sorted.filter((span, at) => at === 0 || span.start >= (sorted[at - 1]?.end ?? 0));
  }

  mailbox({ displayName, addrSpec }: Mailbox): RedactedMailbox {
    const value = addrSpec.toLowerCase();
    const name = applySpans(displayName, this.#masker.spans(displayName, this.#passages));
    if (addrSpec === '') return { displayName: name, address: '', person: undefined };
    const isAddress = value.includes('@');
    if (isAddress && !this.#masker.isPrivate(addrSpecRule.name, value))
      return {
        displayName: name,
        address: addrSpec,
        person: this.#masker.isPublic(value) ? value : undefined,
      };
    return { displayName: name, address: this.#masker.placeholder('address', value), person: undefined };
  }
}

const localOf = (address: string): string => address.slice(0, address.lastIndexOf('@'));

/** Addr-specs of the message's mailboxes that are masked, in lower case. */
export function privateAddresses(masker: Masker, message: Message): string[] {
  const { from, sender, replyTo, to, cc, bcc } = message;
  const addresses = new Set(
    [from, sender, replyTo, to, cc, bcc].flat().map(({ addrSpec }) => addrSpec.toLowerCase()),
  );
  return [...addresses].filter(
    (address) => address.includes('@') && masker.isPrivate(addrSpecRule.name, address),
  );
}
