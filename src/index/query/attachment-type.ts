/**
 * Values of `type:` → which attachments.
 *
 *   type:application/pdf   that media type
 *   type:image             every media type of the family, and file names such as .jpg
 *   type:pdf               the media types of PDF, and file names that end in .pdf
 *   type:dwg               an ending without a line below: file names that end in .dwg
 *
 * File names count because mail programs send much as application/octet-stream. Media types are from the IANA
 * registry (https://www.iana.org/assignments/media-types), with the unregistered ones that are seen in mail.
 */
import { Refusal, type Value } from './lex.js';
import type { TypeCondition } from './query.js';

interface Kind {
  readonly names: string;
  readonly mediaTypes?: string;
  readonly families?: string;
  readonly extensions: string;
}

const word =
  'application/msword application/vnd.openxmlformats-officedocument.wordprocessingml.document ' +
  'application/vnd.ms-word.document.macroenabled.12 application/vnd.oasis.opendocument.text application/rtf text/rtf';
const spreadsheet =
  'application/vnd.ms-excel application/vnd.openxmlformats-officedocument.spreadsheetml.sheet ' +
  'application/vnd.ms-excel.sheet.macroenabled.12 application/vnd.ms-excel.sheet.binary.macroenabled.12 ' +
  'application/vnd.oasis.opendocument.spreadsheet text/csv';
const presentation =
  'application/vnd.ms-powerpoint application/vnd.openxmlformats-officedocument.presentationml.presentation ' +
  'application/vnd.openxmlformats-officedocument.presentationml.slideshow ' +
  'application/vnd.oasis.opendocument.presentation';
const archive =
  'application/zip application/x-zip-compressed application/gzip application/x-gzip application/x-tar ' +
  'application/x-7z-compressed application/vnd.rar application/x-rar-compressed application/x-bzip2 application/x-xz';

/** Names of one line mean the same. */
const kinds: readonly Kind[] = [
  { names: 'pdf', mediaTypes: 'application/pdf application/x-pdf', extensions: 'pdf' },
  { names: 'word document', mediaTypes: word, extensions: 'doc docx docm odt rtf' },
  {
    names: 'excel spreadsheet',
    mediaTypes: spreadsheet,
    extensions: 'xls xlsx xlsm xlsb ods csv',
  },
  { names: 'powerpoint presentation', mediaTypes: presentation, extensions: 'ppt pptx pps ppsx odp' },
  { names: 'archive', mediaTypes: archive, extensions: 'zip gz tgz tar 7z rar bz2 xz' },
  { names: 'zip', mediaTypes: 'application/zip application/x-zip-compressed', extensions: 'zip' },
  { names: 'csv', mediaTypes: 'text/csv text/comma-separated-values', extensions: 'csv' },
  { names: 'html', mediaTypes: 'text/html application/xhtml+xml', extensions: 'html htm' },
  { names: 'calendar', mediaTypes: 'text/calendar application/ics', extensions: 'ics vcs' },
  { names: 'contact', mediaTypes: 'text/vcard text/x-vcard text/directory', extensions: 'vcf' },
  { names: 'mail', mediaTypes: 'message/rfc822 application/vnd.ms-outlook', extensions: 'eml msg' },
  { names: 'jpg jpeg', mediaTypes: 'image/jpeg image/jpg image/pjpeg', extensions: 'jpg jpeg' },
  { names: 'tif tiff', mediaTypes: 'image/tiff', extensions: 'tif tiff' },
  {
    names: 'image',
    families: 'image',
    extensions: 'jpg jpeg png gif bmp tif tiff webp heic svg',
  },
  { names: 'audio', families: 'audio', extensions: 'mp3 wav m4a ogg flac wma aac amr' },
  { names: 'video', families: 'video', extensions: 'mp4 mov avi wmv mkv mpg mpeg webm 3gp' },
  { names: 'text', families: 'text', extensions: 'txt' },
  { names: 'message', families: 'message', extensions: 'eml' },
  { names: 'font', families: 'font', extensions: 'ttf otf woff woff2' },
  { names: 'model', families: 'model', extensions: '' },
  { names: 'application', families: 'application', extensions: '' },
];

/** Media types of endings that are in the table only as part of a kind. */
const mediaTypesByEnding: ReadonlyMap<string, string> = new Map([
  ['doc', 'application/msword'],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['odt', 'application/vnd.oasis.opendocument.text'],
  ['rtf', 'application/rtf text/rtf'],
  ['xls', 'application/vnd.ms-excel'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['ods', 'application/vnd.oasis.opendocument.spreadsheet'],
  ['ppt', 'application/vnd.ms-powerpoint'],
  ['pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
  ['odp', 'application/vnd.oasis.opendocument.presentation'],
  ['png', 'image/png'],
  ['gif', 'image/gif'],
  ['mp3', 'audio/mpeg'],
  ['mp4', 'video/mp4'],
  ['eml', 'message/rfc822'],
  ['msg', 'application/vnd.ms-outlook'],
  ['ics', 'text/calendar'],
  ['vcf', 'text/vcard text/x-vcard'],
  ['htm', 'text/html'],
]);

const mediaType = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/(?:\*|[a-z0-9][a-z0-9!#$&^_.+-]{0,126})$/;

/** Throws a Refusal for what is neither a media type (RFC 6838 4.2), a kind nor the ending of a file name. */
export function parseAttachmentType(value: Value): TypeCondition {
  const text = value.prefix ? `${value.text}*` : value.text;
  const name = text.trim().toLowerCase().replace(/^\./, '');
  if (mediaType.test(name)) {
    const family = name.endsWith('/*') ? name.slice(0, -2) : undefined;
    return typeCondition(name, family === undefined ? name : '', family ?? '', '');
  }
  const kind = kinds.find((each) => split(each.names).includes(name));
  if (kind !== undefined)
    return typeCondition(name, kind.mediaTypes ?? '', kind.families ?? '', kind.extensions);
  if (/^[\p{L}\p{N}][\p{L}\p{N}_+-]{0,15}$/u.test(name)) {
    return typeCondition(name, mediaTypesByEnding.get(name) ?? '', '', name);
  }
  throw new Refusal(`${text} is not a type.`, value, 'Write type:pdf, type:image or type:application/pdf.');
}

function typeCondition(
  name: string,
  mediaTypes: string,
  families: string,
  extensions: string,
): TypeCondition {
  return {
    kind: 'type',
    name,
    mediaTypes: split(mediaTypes),
    families: split(families),
    extensions: split(extensions),
  };
}

function split(text: string): string[] {
  return text.split(' ').filter(Boolean);
}
