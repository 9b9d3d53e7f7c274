/**
 * A message as a release shows it: what goes into `data/messages/NUMBER.json`, and all that its pages are made from.
 * Pages are a function of what is published: what is not in a record cannot be on a page.
 */
import type { Segment } from '../message/text/segments.js';
import type { Json } from '../proof/canonical-json.js';
import { formatRecord, originalPath, type RecordSegment, recordPath, shownSegment } from '../proof/record.js';
import type { RedactedAttachment, RedactedMailbox, RedactedMessage } from '../redact/redacted-message.js';

export interface PublishedMailbox {
  readonly name: string;
  readonly address: string;
  /** The address that a public person is known by; undefined for private people. */
  readonly person?: string;
}

export interface PublishedFile {
  readonly mediaType: string;
  readonly bytes: number;
  /** From the root of the release. */
  readonly path: string;
  readonly sha256: string;
}

/** Index of its segment, where it has one, is `segment`. */
export type PublishedAttachment =
  | {
      readonly name: string;
      /** `pages`: pictures of its pages in place of the file. */
      readonly form: 'original' | 'pages';
      readonly files: readonly PublishedFile[];
      readonly segment?: number;
    }
  | {
      readonly mediaType: string;
      readonly bytes: number;
      /** Why. */
      readonly withheld: string;
      readonly segment?: number;
    };

export interface PublishedRecord {
  readonly v: 1;
  readonly number: number;
  readonly subject: string;
  readonly from: readonly PublishedMailbox[];
  readonly to: readonly PublishedMailbox[];
  readonly cc: readonly PublishedMailbox[];
  /** `2016-03-07T10:00:00.000Z` */
  readonly sent: string | null;
  /** Minutes east of UTC. */
  readonly zone: number | null;
  readonly fields: readonly {
    readonly name: string;
    readonly body: string;
    readonly redacted: boolean;
    readonly segment: number;
  }[];
  readonly text: readonly Segment[];
  /** Safe HTML, for a sandboxed frame. */
  readonly html: string | null;
  readonly attachments: readonly PublishedAttachment[];
  readonly redactions: readonly { readonly kind: string; readonly reason: string; readonly count: number }[];
  readonly original: { readonly path: string; readonly sha256: string; readonly bytes: number } | null;
  readonly segments: readonly RecordSegment[];
}

/** Names that a static server gives a type which no browser runs. All else is `.bin`, which is downloaded. */
const extensions: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'text/plain': 'txt',
  'text/csv': 'csv',
  'application/zip': 'zip',
};

/** By hash, so that nothing of a name reaches a file system, and the same file lies there once. */
export const attachmentPath = (sha256: string, mediaType: string): string =>
  `data/attachments/${sha256}.${extensions[mediaType] ?? 'bin'}`;

/** `originalSha256` in hex: of `message.raw`, where there is one. */
export function publishedRecord(
  message: RedactedMessage,
  number: number,
  originalSha256: string | undefined,
): PublishedRecord {
  const { raw } = message;
  return {
    v: 1,
    number,
    subject: message.subject.toWellFormed(),
    from: message.from.map(mailboxOf),
    to: message.to.map(mailboxOf),
    cc: message.cc.map(mailboxOf),
    sent: sentText(message.sentAt),
    zone: message.zoneMinutes ?? null,
    fields: message.fields.map(({ name, body, redacted, segment }) => ({
      name: name.toWellFormed(),
      body: body.toWellFormed(),
      redacted,
      segment,
    })),
    text: message.text.map(({ kind, depth, text }) => ({ kind, depth, text: text.toWellFormed() })),
    html: message.html?.toWellFormed() ?? null,
    attachments: message.attachments.map(attachmentOf),
    redactions: message.redactions.map(({ kind, reason, count }) => ({ kind, reason, count })),
    original:
      raw === null || originalSha256 === undefined
        ? null
        : { path: originalPath(number), sha256: originalSha256, bytes: raw.length },
    segments: message.segments.map((segment): RecordSegment => {
      if (!segment.shown) return [segment.kind, base64(segment.commitment)];
      return raw === null
        ? shownSegment(segment.kind, segment.salt, segment.bytes)
        : [segment.kind, base64(segment.salt), segment.bytes.length];
    }),
  };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Beyond what a date can say there is nothing to show. */
const sentText = (time: number | undefined): string | null =>
  time === undefined || Math.abs(time) > 8.64e15 ? null : new Date(time).toISOString();

function mailboxOf({ displayName, address, person }: RedactedMailbox): PublishedMailbox {
  const mailbox = { name: displayName.toWellFormed(), address: address.toWellFormed() };
  return person === undefined ? mailbox : { ...mailbox, person };
}

function attachmentOf(attachment: RedactedAttachment): PublishedAttachment {
  const segment = attachment.segment === undefined ? {} : { segment: attachment.segment };
  if (!attachment.cleared)
    return {
      mediaType: attachment.mediaType,
      bytes: attachment.size,
      withheld: attachment.reason,
      ...segment,
    };
  const files = attachment.files.map(({ mediaType, bytes, sha256 }) => ({
    mediaType,
    bytes: bytes.length,
    path: attachmentPath(sha256, mediaType),
    sha256,
  }));
  return { name: attachment.name.toWellFormed(), form: attachment.form, files, ...segment };
}

export const recordBytes = (record: PublishedRecord): Buffer => formatRecord(record as unknown as Json);

/** For records that this program wrote, in a folder whose hashes were compared. */
export const readRecord = (bytes: Buffer): PublishedRecord => JSON.parse(bytes.toString()) as PublishedRecord;

/** What lists say of a message, kept in the log beside its number. */
export interface Facts {
  readonly subject: string;
  readonly from: PublishedMailbox | undefined;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly sentAt: number | undefined;
  /** Public people in From, To and Cc. */
  readonly people: readonly string[];
  readonly attachments: number;
  readonly redacted: boolean;
  /** The beginning of its own text. */
  readonly gist: string;
  /** Its files below `data/`, the record first. */
  readonly files: readonly string[];
}

/** As the log keeps them. */
export const parseFacts = (text: string): Facts => JSON.parse(text) as Facts;

const gistCharacters = 200;

export function factsOf(record: PublishedRecord): Facts {
  const [from] = record.from;
  const people = [...record.from, ...record.to, ...record.cc].flatMap(({ person }) =>
    person === undefined ? [] : [person],
  );
  const own = record.text.find(({ kind, text }) => kind === 'own' && text.trim() !== '')?.text ?? '';
  return {
    subject: record.subject,
    from,
    sentAt: record.sent === null ? undefined : Date.parse(record.sent),
    people: [...new Set(people)],
    attachments: record.attachments.length,
    redacted: record.redactions.length > 0,
    files: filesOf(record),
    gist: own
      .slice(0, gistCharacters * 2)
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, gistCharacters)
      .toWellFormed(),
  };
}

function filesOf({ number, original, attachments }: PublishedRecord): string[] {
  const attached = attachments.flatMap((attachment) =>
    'files' in attachment ? attachment.files.map(({ path }) => path) : [],
  );
  return [recordPath(number), ...(original === null ? [] : [original.path]), ...attached];
}
