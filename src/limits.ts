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
  /** Folders that the header section of one message may name: what it says of itself must not fill the list of folders. */
  maxHeaderFolders: 64,
  /** Characters of such a folder's name; a longer one is cut. */
  maxHeaderFolderCharacters: 200,
  /** Nested multiparts and message/rfc822 levels; deeper bodies are kept as one leaf. */
  maxEntityDepth: 100,
  /** Entities of one message, all levels together. */
  maxEntities: 10_000,
  /** message/rfc822 inside base64 or quoted-printable inside such a one: each level costs a copy of the bytes. */
  maxEncodedNesting: 8,
  /** Defects kept of one message: a message made of damage must not cost a million objects. */
  maxDefects: 1_000,
  /** Characters of one defect's note: it names the damage, it does not repeat it. */
  maxDefectNoteCharacters: 200,
  /** Parameters read from one Content-Type or Content-Disposition field. */
  maxParameters: 200,
  /** Characters of one msg-id; a longer one is no identifier. */
  maxMessageIdCharacters: 2_000,
  /** Bytes of one boundary parameter. RFC 2046 5.1.1 allows 70; mailers exceed it. */
  maxBoundaryBytes: 10_000,
  /** Multiparts of one message whose boundary is guessed: each guess reads their bytes once more. */
  maxBoundaryGuesses: 10,
  /** Bytes looked at to guess an undeclared charset. The statistics need about 0.7 microseconds a byte and get no better. */
  maxCharsetSniffBytes: 4 * 1024,
  /** uuencoded files taken from one text body. */
  maxUuencodedFiles: 1_000,
  /** Characters of text taken from one message for reading and indexing. */
  maxTextCharacters: 8 * 1024 * 1024,
  /** Open HTML elements that the HTML-to-text pass tracks. */
  maxHtmlDepth: 512,
  /** Characters of one HTML body prepared for display; pictures as data: addresses make bodies long. */
  maxShownHtmlCharacters: 32 * 1024 * 1024,
  /** Quote marks counted at the start of a line; a line of a million `>` is not a million levels. */
  maxQuoteDepth: 100,
  /** Words of one text that quotations are compared in; what follows is shown, not compared. */
  maxComparedWords: 20_000,
  /** Words added or left out between a quotation and its original; beyond it they are two texts. */
  maxQuotationEdits: 400,
  /** Messages of a thread whose texts are compared to find the fewest that hold all of it: each is read, a second or two for so many. */
  maxInclusiveMessages: 2_000,
  /** Archives and compression layers inside one another. */
  maxNestedContainers: 8,
  /** Entries read from one archive. */
  maxArchiveEntries: 5_000_000,
  /** Bytes out per byte in of one compression layer, once more than `minBytesBeforeRatio` came out. */
  maxExpansionRatio: 250,
  /** Below this a high ratio is harmless (a small file of blanks). */
  minBytesBeforeRatio: 64 * 1024 * 1024,
  /** Bytes of messages with `>From ` lines that wait in memory for the evidence of how their mbox quotes; beyond it they wait in a file. */
  maxDeferredBytes: 32 * 1024 * 1024,
  /** Bytes of one From_ line; a longer line that starts with `From ` is text. */
  maxFromLineBytes: 1_024,
  /** Bytes of one file name in an archive (pax, GNU long names): beyond it the entry fails, its name is no name. */
  maxEntryNameBytes: 64 * 1024,
  /** Base-2 logarithm of the window a zstd frame may ask for: 2 GiB, what `zstd --long=31` writes. */
  maxZstdWindowLog: 31,
  /** Bytes of one attachment that is read for its text; larger ones keep their hash, their place and their download. */
  maxAttachmentBytes: 256 * 1024 * 1024,
  /** Characters of text taken from one attachment, everything inside it together. */
  maxAttachmentCharacters: 16 * 1024 * 1024,
  /** Characters of one piece of an attachment's text: what a hit points at should fit on a screen or two. */
  maxPieceCharacters: 8_000,
  /** Pieces of one attachment: pages, ranges of cells, members. */
  maxAttachmentPieces: 20_000,
  /** Files within one attachment that are read. */
  maxAttachmentMembers: 5_000,
  /** Files within one archive that are listed by name. */
  maxAttachmentListing: 50_000,
  /** Files inside files inside one attachment; a droste.zip holds itself. */
  maxAttachmentNesting: 6,
  /** Bytes unpacked for one attachment, everything inside it together. */
  maxAttachmentUnpackedBytes: 512 * 1024 * 1024,
  /** Cells of one row of a sheet that are read: a row may claim 16,384, and a repeated empty one any number. */
  maxSheetColumns: 1_024,
  /** Milliseconds after which an extraction ends with what it has. */
  maxExtractionMilliseconds: 40_000,
  /** Milliseconds after which the process is killed, which costs the file its text. */
  maxExtractorMilliseconds: 60_000,
  /** MiB of JavaScript heap of the process that reads attachments. */
  maxExtractorHeapMegabytes: 512,
  /** MiB of memory of that process altogether: decoded pictures and unpacked members lie outside of the heap. */
  maxExtractorMegabytes: 1_536,
  /** Bytes of one captured page or file; a page of a newspaper has about 500 kB. */
  maxCaptureBytes: 32 * 1024 * 1024,
  /** Bytes unpacked of one WARC, or of one compressed answer in it. */
  maxCaptureUnpackedBytes: 128 * 1024 * 1024,
  /** Records of one WARC that are looked through for a page. */
  maxWarcRecords: 1_000,
  /** Bytes of one header section of WARC or HTTP. */
  maxHttpHeadBytes: 64 * 1024,
  /** Characters of a capture's text. */
  maxCaptureCharacters: 8 * 1024 * 1024,
  /** Elements of a page in which the article is looked for; the time grows faster than their number. */
  maxPageElements: 100_000,
  /** Characters of one block of JSON-LD in a page. */
  maxLinkedDataCharacters: 512 * 1024,
  /** Milliseconds after which the process that reads a page is killed. */
  maxReaderMilliseconds: 20_000,
  /** MiB of JavaScript heap of that process. */
  maxReaderHeapMegabytes: 512,
  /** Bytes of its answer: four for a character, and what it says of the page. */
  maxReaderAnswerBytes: 48 * 1024 * 1024,
  /** Redirects that are followed from one address. */
  maxRedirects: 5,
  /** Milliseconds for fetching one address, redirects included. */
  maxFetchMilliseconds: 30_000,
  /** Bytes of one part of a capture in the desk: in base64 it stays below `maxListCharacters`. */
  maxCapturePartBytes: 256 * 1024,
  /** Words and marks of one article that are looked at for statements: a long book. */
  maxArticleTokens: 2_000_000,
  /** Who relays whom, in one sentence. */
  maxRelays: 3,
  /** Words and marks of one sentence outside of quotations; a longer one is cut, since each verb in it is looked at with the rest. */
  maxSentenceTokens: 1_000,
  /** Words and marks of one sentence, quotations counted. */
  maxSentenceTokensInAll: 20_000,
  /** Words and marks that a speaker's name and description may have. */
  maxPhraseTokens: 80,
  /** Pieces that one quotation may be in: sentence after sentence of a paragraph. */
  maxContentPieces: 200,
  /** Quotations within quotations. */
  maxQuotationDepth: 4,
  /** Characters of one query. */
  maxQueryCharacters: 4_000,
  /** Nested parentheses of one query. */
  maxQueryDepth: 50,
  /** Words between the terms of a NEAR: beyond a long page it is AND. */
  maxNearDistance: 1_000,
  /** Tags read from one signature, seal or key record (RFC 6376 defines 15). */
  maxTags: 100,
  /** Names in one h=: each costs a look-up, and a real one has about 30. */
  maxSignedNames: 1_000,
  /** Signatures judged of one message; further ones are reported as unsupported. Each may cost a verification per key. */
  maxSignatures: 50,
  /** Nested elements of one ASN.1 value: the reader calls itself for each. */
  maxBerDepth: 40,
  /** Elements of one ASN.1 value; a signature with all its certificates has about a thousand. */
  maxBerNodes: 20_000,
  /** Bytes of one CMS value: an opaque S/MIME message holds its content. */
  maxCmsBytes: 64 * 1024 * 1024,
  /** Certificates read from one S/MIME signature. */
  maxCertificates: 50,
  /** Packets read from one OpenPGP signature or key. */
  maxPgpPackets: 20_000,
  /** Bytes of one OpenPGP signature or key. */
  maxPgpBytes: 16 * 1024 * 1024,
  /** Keys tried for one signature: those of one selector over the years. */
  maxCandidateKeys: 100,
  /** Characters of one key record. A DNS answer ends at 64 KiB; a key of 8,192 bits needs 1,500. */
  maxKeyRecordCharacters: 16 * 1024,
  /** Key records taken from one file. */
  maxImportedKeys: 1_000_000,
  /** Bytes of one key file, which is read as a whole. */
  maxKeyFileBytes: 256 * 1024 * 1024,
  /** Bits of one RSA key: the time to verify grows with the square of its size. */
  maxKeyBits: 8_192,
  /** Characters of a domain name (RFC 1035 2.3.4). */
  maxDomainCharacters: 253,
  /** Selectors that live DNS is asked for in one run: a hostile trove names one of its own in every message. */
  maxDnsNames: 10_000,
  /** Milliseconds for one try of a question to DNS. */
  dnsTimeoutMilliseconds: 3_000,
  /** Milliseconds for one name altogether, tries and aliases included. */
  maxDnsMilliseconds: 10_000,
  /** Records under one name that are looked at: a server that lies may send hundreds. */
  maxDnsRecords: 20,
  /** ARC sets of one message (RFC 8617 4.2.1). */
  maxArcSets: 50,
  /** Characters of one passage that is redacted. */
  maxRedactionCharacters: 20_000,
  /** Boxes over the pages of one attachment. */
  maxBoxes: 1_000,
  /** Pages of one attachment that are drawn as pictures. */
  maxDrawnPages: 500,
  /** Pixels of one drawn page: a poster at 72 dpi, a page at 200. Four bytes each while it is drawn. */
  maxDrawnPixels: 40_000_000,
  /** Bytes of all pictures of one attachment. */
  maxDrawnBytes: 512 * 1024 * 1024,
  /** MiB of memory of the process that draws. */
  maxRasterizerMegabytes: 2_048,
  /** Segments of one message that are committed to one by one; what lies beyond them is one more. A log of 100,000 lines is read by nobody. */
  maxMessageSegments: 100_000,
  /** Leaks reported of one file: one is enough to stop a release. */
  maxLeaks: 1_000,
  /** Encodings inside encodings that the leak check undoes: a percent-encoded reference in JSON in base64 in a zip. */
  maxLeakDepth: 5,
  /** Bytes read for one file by the leak check, in all its readings, beside `maxLeakViewRatio` times its own. */
  maxLeakViewBytes: 256 * 1024 * 1024,
  maxLeakViewRatio: 64,
  /** Places of one file that look like the start of a compressed stream and are tried: 0.1 ms each. Chance makes 60 in a megabyte. */
  maxLeakStreams: 20_000,
  /** Characters of a name that a person gives: a tag, a saved search, a list, their own. */
  maxDeskNameCharacters: 100,
  /** Characters of one note. */
  maxNoteCharacters: 20_000,
  /** Characters of a passage that a note is anchored to: longer than a page is a note on the message. */
  maxQuoteCharacters: 5_000,
  /** Characters of a list of names and terms. */
  maxListCharacters: 500_000,
  /** Lines of a list that are searched; each costs a query. */
  maxListLines: 1_000,
  /** Bytes of one line of an imported desk: a list is the longest. */
  maxDeskLineBytes: 4 * 1024 * 1024,
  /** Messages that one press of a button tags or marks: about ten seconds of writing, in which the server answers nobody. */
  maxActMessages: 500_000,
  /** Bytes of one form that a page sends, an uploaded list included. */
  maxFormBytes: 2 * 1024 * 1024,
  /** Characters of one message that a thread of a release shows; its own page shows all. */
  maxReleasedThreadCharacters: 20_000,
  /** Fields of one form. */
  maxFormFields: 50,
} as const;
