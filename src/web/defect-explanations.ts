/** What each defect means to a reader, in a sentence. docs/defects.md says more. */
import type { DefectCode } from '../message/message.js';

export const defectExplanations: Readonly<Record<DefectCode, string>> = {
  'no-header-section': 'The message begins without header fields; all of it is read as body.',
  'header-line-malformed': 'A line among the header fields is none; it was passed over.',
  'header-section-too-large':
    'The header section is larger than is read; fields beyond the limit are not shown.',
  'header-fields-too-many':
    'There are more header fields than are read; those beyond the limit are not shown.',
  'duplicate-field': 'A field that may occur once occurs again; the first one is shown.',
  'missing-field': 'A field that every message must have is missing.',
  'bare-cr': 'Lines end with a carriage return alone, which mail does not allow.',
  'nul-bytes': 'There are NUL bytes in it, which mail does not allow.',
  'eight-bit-header': 'A header field holds bytes beyond ASCII that no encoding declares.',
  'address-malformed': 'An address field cannot be read as addresses throughout.',
  'addresses-too-many': 'There are more addresses than are read from one field.',
  'date-malformed': 'The Date field cannot be read; the message counts as undated.',
  'date-obsolete': 'The Date field is written in an old or loose form; it was read as well as it can be.',
  'msg-id-malformed': 'A msg-id is not written as the standard wants it.',
  'references-too-many': 'More messages are referred to than are read.',
  'encoded-word-malformed': 'An encoded word in a header field cannot be decoded throughout.',
  'parameter-malformed': 'A parameter of a header field is not written as the standard wants it.',
  'content-type-malformed': 'The Content-Type field cannot be read; the default was taken.',
  'boundary-missing': 'A multipart has no boundary, or never uses it; its content is kept as one part.',
  'boundary-unclosed': 'A multipart is never closed: the message may have been cut off.',
  'boundary-repeated': 'An inner multipart has the boundary of an outer one.',
  'multipart-empty': 'A multipart has no part in it.',
  'entity-depth-exceeded': 'Parts are nested deeper than is read; what lies deeper is kept as one part.',
  'entities-too-many': 'There are more parts than are read.',
  'transfer-encoding-unknown': 'The transfer encoding is unknown; the bytes are shown as they stand.',
  'transfer-encoding-on-composite':
    'A multipart or nested message is itself encoded, which mail does not allow.',
  'base64-malformed': 'base64 is damaged; what can be decoded was.',
  'quoted-printable-malformed': 'quoted-printable is damaged; what can be decoded was.',
  'uuencode-malformed': 'A uuencoded file is damaged; what can be decoded was.',
  'charset-unknown': 'The declared charset is unknown; another one was taken from the bytes.',
  'charset-wrong': 'The bytes do not fit the declared charset; another one was taken from them.',
  'charset-undeclared': 'No charset is declared for bytes beyond ASCII; one was taken from the bytes.',
  'text-truncated': 'The text is longer than is shown; the source has all of it.',
};
