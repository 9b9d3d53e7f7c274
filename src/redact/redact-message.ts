/**
 * A raw message and what was decided, to a message that may be published. The only maker of a RedactedMessage.
 *
 *   raw ─┬─ header fields ── masked ─────────────┐
 *        ├─ text, HTML ───── masked ─────────────┼─▶ checked for leaks ─▶ RedactedMessage
 *        ├─ attachments ──── withheld or cleared ┤
 *        └─ segments ─────── shown or hidden ────┘
 *
 * What is shown is read once more for everything that is hidden, in every encoding (leak-check.ts). A part that leaks is
 * hidden whole: masking too much is mended by a decision, publishing too much by nothing.
 */

import { decodeEntityText } from '../message/body.js';
import type { Message } from '../message/message.js';
import type { ReadableText } from '../message/readable.js';
import type { Segment } from '../message/text/segments.js';
import { segmentCommitment, segmentSalt } from '../proof/segment.js';
import { safeHtml } from '../read/safe-html.js';
import { type Decisions, type MessageDecisions, nothingDecided } from './decisions.js';
import { LeakCheck } from './leak-check.js';
import {
  type MaskedSpan,
  Masker,
  type Numbering,
  preparePassages,
  Tally,
  type TermPassages,
} from './masker.js';
import { type RawSegment, splitSegments } from './raw-segments.js';
import type { RedactionReason } from './reasons.js';
import { type FindPages, type JudgedAttachment, redactAttachments } from './redacted-attachments.js';
import { FieldMasker, isTelling, privateAddresses, type ShownField } from './redacted-fields.js';
import { redactHtml } from './redacted-html.js';
import { type RedactedField, RedactedMessage, type RedactedSegment } from './redacted-message.js';
import { redactText } from './redacted-text.js';
import { SegmentCover } from './segment-cover.js';
import type { Term } from './terms.js';

export interface RawMessage {
  readonly raw: Buffer;
  /** Hex, of `raw`. */
  readonly sha256: string;
  readonly message: Message;
  readonly text: ReadableText;
}

export interface RedactorOptions {
  readonly numbering: Numbering;
  /** The secret that salts are made from (src/proof/segment.ts), 32 bytes. */
  readonly key: Uint8Array;
  readonly findPages: FindPages;
  /** Address under which the release shows a cleared picture that HTML refers to; undefined shows none. */
  readonly pictureUrl: (sha256: string, mediaType: string) => string | undefined;
}

/** Applies one state of the decisions to any number of messages. */
export class Redactor {
  readonly #decisions: Decisions;
  readonly #options: RedactorOptions;
  readonly #masker: Masker;
  readonly #check: LeakCheck;

  constructor(decisions: Decisions, options: RedactorOptions) {
    this.#decisions = decisions;
    this.#options = options;
    this.#masker = new Masker(decisions, options.numbering);
    this.#check = new LeakCheck(this.#masker.secrets());
  }

  /** Why the message is left out of releases; undefined where it is not. */
  withheld(sha256: string): RedactionReason | undefined {
    return this.#decisions.messages.get(sha256)?.withheld;
  }

  /** What no file of the release may say: all that is hidden everywhere, and what was masked until now because nobody made it public. */
  secrets(): Term[] {
    return this.#masker.secrets();
  }

  /** Throws RangeError for a message that is withheld. */
  redact(source: RawMessage): RedactedMessage {
    const decided = this.#decisions.messages.get(source.sha256) ?? nothingDecided;
    if (decided.withheld !== undefined)
      throw new RangeError('a message that is withheld cannot be published');
    return new Redaction(source, decided, this.#masker, this.#check, this.#decisions, this.#options).run();
  }
}

/** One message on its way. */
class Redaction {
  readonly #source: RawMessage;
  readonly #masker: Masker;
  readonly #passages: TermPassages | undefined;
  readonly #addresses: readonly string[];
  readonly #decided: MessageDecisions;
  readonly #decisions: Decisions;
  readonly #check: LeakCheck;
  readonly #options: RedactorOptions;
  readonly #tally = new Tally();
  readonly #segments: readonly RawSegment[];
  readonly #cover: SegmentCover;

  constructor(
    source: RawMessage,
    decided: MessageDecisions,
    masker: Masker,
    check: LeakCheck,
    decisions: Decisions,
    options: RedactorOptions,
  ) {
    this.#source = source;
    this.#decided = decided;
    this.#masker = masker;
    this.#addresses = privateAddresses(masker, source.message);
    this.#passages = preparePassages(decided.passages, this.#addresses);
    this.#check = check;
    this.#decisions = decisions;
    this.#options = options;
    this.#segments = splitSegments(source.raw, source.message);
    this.#cover = new SegmentCover(source.raw, source.message, this.#segments);
  }

  run(): RedactedMessage {
    const { message, raw } = this.#source;
    const fieldMasker = new FieldMasker(
      this.#masker,
      this.#passages,
      this.#decided,
      this.#addresses,
      this.#isSenderPrivate(message),
    );
    const shown = message.fields.map((field) => fieldMasker.mask(field));
    const attachments = this.#attachments();
    const text = redactText(this.#source.text.segments, this.#masker, this.#passages);
    const html = this.#html(attachments);
    this.#count(text.spans.length > 0 ? text.spans : html.spans);
    this.#coverSegments(shown, attachments);
    // Read again with all that was masked on the way.
    const leaks = this.#leakTest();
    const cleanHtml = html.html === null || !leaks(Buffer.from(html.html)) ? html.html : null;
    if (cleanHtml !== html.html) this.#tally.add('passage', 'tells what is hidden');
    const cleanText = this.#cleanText(text.segments, leaks);
    this.#cover.hideLeaks(leaks);
    if (this.#cover.hidesAny) this.#hideTelling(message);
    const fields = this.#fields(shown, leaks);
    const date = this.#decided.hiddenFields.has('date') ? undefined : message.date;
    const hidesNothing = !this.#cover.hidesAny && this.#tally.counts.length === 0;
    return RedactedMessage.seal({
      fields,
      subject: fields.find(({ name }) => name.toLowerCase() === 'subject')?.body ?? '',
      from: this.#mailboxes('from', fieldMasker),
      to: this.#mailboxes('to', fieldMasker),
      cc: this.#mailboxes('cc', fieldMasker),
      sentAt: date?.time,
      zoneMinutes: date?.zoneMinutes,
      text: cleanText,
      html: cleanHtml,
      attachments: attachments.map(({ entity, attachment }) =>
        attachment(this.#cover.attachmentSegment(entity)),
      ),
      redactions: this.#tally.counts,
      raw: hidesNothing ? raw : null,
      segments: this.#sealedSegments(),
    });
  }

  #isSenderPrivate({ from, sender }: Message): boolean {
    return [...from, ...sender].some(({ addrSpec }) => this.#addresses.includes(addrSpec.toLowerCase()));
  }

  #attachments(): JudgedAttachment[] {
    const { clearances } = this.#decisions;
    const { findPages } = this.#options;
    const judged = redactAttachments(this.#source.message, this.#masker, this.#passages, {
      clearances,
      findPages,
      check: this.#check,
    });
    for (const { withheld } of judged) if (withheld !== undefined) this.#tally.add('attachment', withheld);
    return judged;
  }

  /** As a reader would see it, its pictures those that were cleared. */
  #html(attachments: readonly JudgedAttachment[]): { html: string | null; spans: readonly MaskedSpan[] } {
    const { message } = this.#source;
    const entity = message.entities.find(
      ({ mediaType, disposition, filename }) =>
        mediaType === 'text/html' && disposition !== 'attachment' && filename === '',
    );
    if (entity === undefined) return { html: null, spans: [] };
    const safe = safeHtml(decodeEntityText(entity).text, {
      cidUrl: (contentId) => this.#pictureUrl(attachments, contentId),
    });
    if (safe.remote.length > 0) this.#tally.add('tracking link', 'active content');
    return redactHtml(safe.html, this.#masker, this.#passages);
  }

  #pictureUrl(attachments: readonly JudgedAttachment[], contentId: string): string | undefined {
    const found = attachments.find((each) => each.contentId === contentId)?.attachment(undefined);
    if (found === undefined || !found.cleared) return undefined;
    const [picture] = found.files;
    return picture?.mediaType.startsWith('image/') === true
      ? this.#options.pictureUrl(picture.sha256, picture.mediaType)
      : undefined;
  }

  #count(spans: readonly MaskedSpan[]): void {
    for (const { kind, reason } of spans) this.#tally.add(kind, reason);
  }

  #coverSegments(shown: readonly ShownField[], attachments: readonly JudgedAttachment[]): void {
    const cover = this.#cover;
    for (const [index, field] of shown.entries()) {
      this.#count(field.spans);
      if (field.hidden !== undefined) this.#tally.add('header field', field.hidden);
      if (field.hidden !== undefined || field.spans.length > 0) cover.hideField(0, index);
    }
    cover.hideParts((text) => this.#masker.spans(text, this.#passages));
    for (const { entity, isOriginal } of attachments) if (!isOriginal) cover.hideAttachment(entity);
  }

  /** Whether bytes tell anything that is hidden here or everywhere. */
  #leakTest(): (bytes: Buffer) => boolean {
    const own = new LeakCheck([...this.#masker.maskedSince(), ...(this.#passages?.terms ?? [])]);
    return (bytes) => this.#check.find(bytes).length > 0 || own.find(bytes).length > 0;
  }

  /** Looked at once as a whole, part by part only where something leaks, and as a whole again: an encoding may run over parts. */
  #cleanText(segments: readonly Segment[], leaks: (bytes: Buffer) => boolean): readonly Segment[] {
    const joined = (parts: readonly Segment[]): Buffer => Buffer.from(parts.map(({ text }) => text).join(''));
    if (!leaks(joined(segments))) return segments;
    const clean = segments.map((segment) => ({ ...segment, text: this.#withoutLeaks(segment.text, leaks) }));
    if (!leaks(joined(clean))) return clean;
    this.#tally.add('passage', 'tells what is hidden');
    return [{ kind: 'own', depth: 0, text: '[passage]\n' }];
  }

  /** What is still there is there in an encoding, as a link or a block of base64: its line goes, or all of it. */
  #withoutLeaks(text: string, leaks: (bytes: Buffer) => boolean): string {
    if (!leaks(Buffer.from(text))) return text;
    this.#tally.add('passage', 'tells what is hidden');
    const placeholder = '[passage]';
    const lines = text.split('\n').map((line) => (leaks(Buffer.from(line)) ? placeholder : line));
    const kept = lines.join('\n');
    return leaks(Buffer.from(kept)) ? `${placeholder}\n` : kept;
  }

  /** Signatures and hashes over what is hidden. */
  #hideTelling(message: Message): void {
    for (const [index, { name }] of message.fields.entries()) {
      if (!isTelling(name) || this.#cover.isFieldHidden(0, index)) continue;
      this.#cover.hideField(0, index);
      this.#tally.add('signature', 'tells what is hidden');
    }
    this.#cover.hidePartFields(isTelling);
  }

  #fields(shown: readonly ShownField[], leaks: (bytes: Buffer) => boolean): RedactedField[] {
    const hidesAny = this.#cover.hidesAny;
    const anyLeaks = leaks(Buffer.from(shown.map(({ body }) => body).join('\n')));
    return shown.flatMap(({ name, body, hidden }, index) => {
      if (hidden !== undefined || (hidesAny && isTelling(name))) return [];
      const segment = this.#cover.fieldSegment(0, index);
      if (segment === undefined) return [];
      const redacted = this.#cover.isFieldHidden(0, index);
      return [
        {
          name,
          body: redacted && anyLeaks && leaks(Buffer.from(body)) ? '[header field]' : body,
          redacted,
          segment,
        },
      ];
    });
  }

  #mailboxes(name: 'from' | 'to' | 'cc', fieldMasker: FieldMasker) {
    if (this.#decided.hiddenFields.has(name)) return [];
    return this.#source.message[name].map((mailbox) => fieldMasker.mailbox(mailbox));
  }

  #sealedSegments(): RedactedSegment[] {
    const { raw, sha256 } = this.#source;
    const digest = Buffer.from(sha256, 'hex');
    return this.#segments.map(({ kind, start, end }, index) => {
      const bytes = raw.subarray(start, end);
      const salt = segmentSalt(this.#options.key, digest, index, bytes);
      if (this.#cover.isHidden(index))
        return { kind, shown: false, commitment: segmentCommitment(salt, bytes) };
      // A copy: a view would carry the whole message with it.
      return { kind, shown: true, bytes: Uint8Array.from(bytes), salt };
    });
  }
}
