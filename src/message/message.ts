/**
 * A message as values (RFC 5322, RFC 2045): what the parser returns and everything later reads.
 *
 *   From: =?utf-8?Q?Zo=C3=AB?= <zoe@example.net>      → from[0] = { displayName: 'Zoë', addrSpec: 'zoe@example.net' }
 *   Content-Type: multipart/mixed; boundary=b         → entities[0].mediaType = 'multipart/mixed'
 *
 * Values are views of the raw bytes where they can be: an Entity's `body` shares memory with the message.
 */

/** Damage or doubt found while parsing. `offset` is in bytes from the start of the raw message, -1 when unknown. */
export interface Defect {
  readonly code: DefectCode;
  readonly offset: number;
  /** Exact and short: which field, which charset, how many bytes. */
  readonly note: string;
}

/** One line of a header section, unfolded. Names keep the letter case of the bytes. */
export interface HeaderField {
  readonly name: string;
  /** Unfolded body (RFC 5322 2.2.3), surrounding blanks removed; bytes read as UTF-8, else windows-1252. Not decoded per RFC 2047. */
  readonly body: string;
  /** Byte offset of the field's name in the raw message, -1 inside a decoded nested message. */
  readonly offset: number;
  /** Bytes up to and including the last line end of the field. */
  readonly length: number;
}

/** RFC 5322 3.4. Absent parts are empty strings. `group` names the RFC 5322 group that listed the mailbox. */
export interface Mailbox {
  readonly displayName: string;
  readonly addrSpec: string;
  readonly group: string;
}

export interface MessageDate {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly time: number;
  /** Minutes east of UTC; undefined for `-0000`, unknown zone names or none. */
  readonly zoneMinutes: number | undefined;
}

/** A MIME entity (RFC 2045 2.4). Entities form a flat list, parents before children, in byte order. */
export interface Entity {
  /** Index of the parent in `Message.entities`, -1 for the message itself. */
  readonly parent: number;
  readonly depth: number;
  /** IMAP section number (RFC 3501 6.4.5): '' for the message, '1', '2.1', … */
  readonly section: string;
  readonly fields: readonly HeaderField[];
  /** Lower case, e.g. `text/plain`; the RFC 2045 default where the field is missing or unusable. */
  readonly mediaType: string;
  /** Content-Type parameters, RFC 2231 and RFC 2047 resolved, names in lower case, in order. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
  /** Declared charset in lower case, '' where none. */
  readonly charset: string;
  /** `7bit` `8bit` `binary` `base64` `quoted-printable` `x-uuencode`, or the unknown token as declared, in lower case. */
  readonly transferEncoding: string;
  readonly disposition: 'inline' | 'attachment' | '';
  /** From Content-Disposition filename, else Content-Type name; decoded; never a path. '' where none. */
  readonly filename: string;
  /** Content-ID without angle brackets, '' where none. */
  readonly contentId: string;
  /** Byte offset of the entity's header section in the raw message, -1 inside a decoded nested message. */
  readonly offset: number;
  /** The body as transferred (still encoded), without the line end that belongs to the next delimiter line. */
  readonly body: Buffer;
}

export interface Message {
  /** Bytes. */
  readonly size: number;
  /** The message's own header section; the same array as `entities[0].fields`. */
  readonly fields: readonly HeaderField[];
  /** Decoded per RFC 2047. */
  readonly subject: string;
  readonly from: readonly Mailbox[];
  readonly sender: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
  /** From the Date field; undefined where it is missing or unreadable (a defect says so). */
  readonly date: MessageDate | undefined;
  /** msg-id without angle brackets, '' where none. */
  readonly messageId: string;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly entities: readonly Entity[];
  readonly defects: readonly Defect[];
}

/** Each code has a line in docs/defects.md. */
export type DefectCode =
  | 'no-header-section'
  | 'header-line-malformed'
  | 'header-section-too-large'
  | 'header-fields-too-many'
  | 'duplicate-field'
  | 'missing-field'
  | 'bare-cr'
  | 'nul-bytes'
  | 'eight-bit-header'
  | 'address-malformed'
  | 'addresses-too-many'
  | 'date-malformed'
  | 'date-obsolete'
  | 'msg-id-malformed'
  | 'references-too-many'
  | 'encoded-word-malformed'
  | 'parameter-malformed'
  | 'content-type-malformed'
  | 'boundary-missing'
  | 'boundary-unclosed'
  | 'boundary-repeated'
  | 'multipart-empty'
  | 'entity-depth-exceeded'
  | 'entities-too-many'
  | 'transfer-encoding-unknown'
  | 'transfer-encoding-on-composite'
  | 'base64-malformed'
  | 'quoted-printable-malformed'
  | 'uuencode-malformed'
  | 'charset-unknown'
  | 'charset-wrong'
  | 'charset-undeclared'
  | 'text-truncated';
