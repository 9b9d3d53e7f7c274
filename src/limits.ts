/**
 * Every bound on hostile input, in one place: name, unit, reason. Tests hold each at its value and one beyond.
 * A bound that is reached becomes a defect or a failed occurrence, never an exception out of a parser.
 */
export const limits = {
  /** Bytes of one message. Beyond it the bytes stay in the original and the occurrence fails as `too-large`. */
  maxMessageBytes: 150 * 1024 * 1024,
  /** Bytes of one header section. What follows is still searched for the body; fields beyond are not parsed. */
  maxHeaderSectionBytes: 2 * 1024 * 1024,
  /** Header fields in one section: a message with a million fields must not cost a million objects. */
  maxHeaderFields: 10_000,
  /** Mailboxes read from one address field. */
  maxMailboxes: 10_000,
  /** msg-ids read from References and In-Reply-To. */
  maxReferences: 1_000,
  /** Nested multiparts and message/rfc822 levels; deeper bodies are kept as one leaf. */
  maxEntityDepth: 100,
  /** Entities of one message, all levels together. */
  maxEntities: 10_000,
  /** Characters of text taken from one message for reading and indexing. */
  maxTextCharacters: 8 * 1024 * 1024,
  /** Open HTML elements that the HTML-to-text pass tracks. */
  maxHtmlDepth: 512,
  /** Characters of one HTML body prepared for display; pictures as data: addresses make bodies long. */
  maxShownHtmlCharacters: 32 * 1024 * 1024,
  /** Quote marks counted at the start of a line; a line of a million `>` is not a million levels. */
  maxQuoteDepth: 100,
  /** Archives and compression layers inside one another. */
  maxNestedContainers: 8,
  /** Entries read from one archive. */
  maxArchiveEntries: 5_000_000,
  /** Bytes out per byte in of one compression layer, once more than `minBytesBeforeRatio` came out. */
  maxExpansionRatio: 250,
  /** Below this a high ratio is harmless (a small file of blanks). */
  minBytesBeforeRatio: 64 * 1024 * 1024,
  /** Characters of one query. */
  maxQueryCharacters: 4_000,
  /** Nested parentheses of one query. */
  maxQueryDepth: 50,
} as const;
