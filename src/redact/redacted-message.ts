/**
 * A message as it may be published: the boundary between what the newsroom has and what everyone sees (DESIGN.md,
 * "The public boundary is a type"). `release` takes this and nothing else, and only `redact` can make it: the
 * constructor is private, and test/redact/boundary.test.ts reads that nobody else seals one.
 *
 *   From: Dave Trenchard <[address 3]>       fields[1], hidden segment 1: a commitment, no bytes
 *   Subject: Trot 14                         fields[2], shown segment 2: bytes and salt
 *   Please ring [phone 2], any hour.         text[0], hidden segment 9
 *
 * Which thread it is in is the archive's to say (a number tells nothing); who is a public person is in the mailboxes.
 * Hidden bytes, their salts and the SHA-256 of anything that was changed are not in it, not even out of reach: what is
 * not copied here is left behind with the raw message.
 */
import type { Segment } from '../message/text/segments.js';
import type { RedactionCount, RedactionReason } from './reasons.js';

/** A header field; a blank line after a header section; a line; the body of an attachment as encoded; what lies beyond the last segment that is counted. */
export type SegmentKind = 'field' | 'blank' | 'line' | 'attachment' | 'rest';

/** A part of the original bytes; all parts in their order are the message (src/proof/segment.ts). */
export type RedactedSegment =
  | {
      readonly kind: SegmentKind;
      readonly shown: true;
      readonly bytes: Uint8Array;
      readonly salt: Uint8Array;
    }
  | { readonly kind: SegmentKind; readonly shown: false; readonly commitment: Uint8Array };

export interface RedactedField {
  /** As in the bytes. A field that is hidden as a whole is not listed. */
  readonly name: string;
  /** Decoded (RFC 2047), with placeholders. */
  readonly body: string;
  /** Whether something was replaced: then its segment is hidden. */
  readonly redacted: boolean;
  /** Index in `segments`. */
  readonly segment: number;
}

export interface RedactedMailbox {
  /** With placeholders; '' where none. */
  readonly displayName: string;
  /** The addr-spec, or its placeholder (`[address 3]`); '' where none. */
  readonly address: string;
  /** What the public person's page is named by; undefined for private people: they have none. */
  readonly person: string | undefined;
}

/** A file that may be published. */
export interface ClearedFile {
  /** By content, not as declared. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Hex, of `bytes`. */
  readonly sha256: string;
}

export type RedactedAttachment =
  | {
      readonly cleared: true;
      /** With placeholders; '' where none. */
      readonly name: string;
      /** `original`: one file, as attached. `pages`: a picture (PNG) of each page, boxes burnt in, and nothing else of the file. */
      readonly form: 'original' | 'pages';
      readonly files: readonly ClearedFile[];
      /** Index in `segments` of its encoded body; undefined where it lies in an encoded message. */
      readonly segment: number | undefined;
    }
  | {
      readonly cleared: false;
      /** By content, not as declared. */
      readonly mediaType: string;
      /** Bytes, decoded. */
      readonly size: number;
      readonly reason: RedactionReason;
      readonly segment: number | undefined;
    };

/** What the maker gives; the arrays are the message's from then on. */
export interface RedactedParts {
  readonly fields: readonly RedactedField[];
  readonly subject: string;
  readonly from: readonly RedactedMailbox[];
  readonly to: readonly RedactedMailbox[];
  readonly cc: readonly RedactedMailbox[];
  /** Milliseconds since 1970-01-01T00:00Z, undefined where the message has no readable date or it is hidden. */
  readonly sentAt: number | undefined;
  /** Minutes east of UTC. */
  readonly zoneMinutes: number | undefined;
  /** The text that the archive's own pages show, with placeholders. */
  readonly text: readonly Segment[];
  /** Safe (src/read/safe-html.ts) and with placeholders, for a sandboxed frame; null where the message has no HTML. */
  readonly html: string | null;
  readonly attachments: readonly RedactedAttachment[];
  readonly redactions: readonly RedactionCount[];
  /** The message byte for byte: only where nothing was hidden, no attachment withheld. */
  readonly raw: Uint8Array | null;
  readonly segments: readonly RedactedSegment[];
}

export class RedactedMessage implements RedactedParts {
  /** Makes the type nominal: no object of the same shape is one. */
  readonly #sealed = true;
  readonly fields: readonly RedactedField[];
  readonly subject: string;
  readonly from: readonly RedactedMailbox[];
  readonly to: readonly RedactedMailbox[];
  readonly cc: readonly RedactedMailbox[];
  readonly sentAt: number | undefined;
  readonly zoneMinutes: number | undefined;
  readonly text: readonly Segment[];
  readonly html: string | null;
  readonly attachments: readonly RedactedAttachment[];
  readonly redactions: readonly RedactionCount[];
  readonly raw: Uint8Array | null;
  readonly segments: readonly RedactedSegment[];

  private constructor(parts: RedactedParts) {
    this.fields = parts.fields;
    this.subject = parts.subject;
    this.from = parts.from;
    this.to = parts.to;
    this.cc = parts.cc;
    this.sentAt = parts.sentAt;
    this.zoneMinutes = parts.zoneMinutes;
    this.text = parts.text;
    this.html = parts.html;
    this.attachments = parts.attachments;
    this.redactions = parts.redactions;
    this.raw = parts.raw;
    this.segments = parts.segments;
  }

  /** Also where a value comes from a cast, as tests and plain JavaScript make them. */
  static isSealed(value: object): value is RedactedMessage {
    return #sealed in value && value.#sealed;
  }

  /** For src/redact alone. Throws RangeError where the parts say that something is hidden and give the raw message. */
  static seal(parts: RedactedParts): RedactedMessage {
    const hidesSomething =
      parts.redactions.length > 0 ||
      parts.segments.some(({ shown }) => !shown) ||
      parts.attachments.some(({ cleared }) => !cleared);
    if (hidesSomething && parts.raw !== null)
      throw new RangeError('a message of which something is hidden cannot carry its raw bytes');
    return new RedactedMessage(parts);
  }
}
