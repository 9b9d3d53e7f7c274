/**
 * The types that attachments are recognised as, and what may be said of them.
 *
 *   'application/pdf' → PDF document, in the group documents
 */

/** What a reader looks for in a gallery. */
export const groups = [
  'document',
  'sheet',
  'slides',
  'picture',
  'mail',
  'text',
  'archive',
  'sound',
  'program',
  'other',
] as const;

export type Group = (typeof groups)[number];

export interface FileType {
  readonly mediaType: string;
  /** What a person calls it. */
  readonly name: string;
  readonly group: Group;
  /** Endings of file names that go with it. */
  readonly endings: readonly string[];
}

const type = (mediaType: string, name: string, group: Group, endings: string): FileType => ({
  mediaType,
  name,
  group,
  endings: endings.split(' ').filter(Boolean),
});

const ooxml = 'application/vnd.openxmlformats-officedocument';

export const fileTypes = {
  pdf: type('application/pdf', 'PDF document', 'document', 'pdf ai'),
  docx: type(`${ooxml}.wordprocessingml.document`, 'Word document', 'document', 'docx dotx doc'),
  docm: type(
    'application/vnd.ms-word.document.macroenabled.12',
    'Word document with macros',
    'document',
    'docm dotm',
  ),
  xlsx: type(`${ooxml}.spreadsheetml.sheet`, 'Excel workbook', 'sheet', 'xlsx xltx'),
  xlsm: type(
    'application/vnd.ms-excel.sheet.macroenabled.12',
    'Excel workbook with macros',
    'sheet',
    'xlsm xltm xlam',
  ),
  pptx: type(`${ooxml}.presentationml.presentation`, 'PowerPoint slides', 'slides', 'pptx ppsx potx'),
  pptm: type(
    'application/vnd.ms-powerpoint.presentation.macroenabled.12',
    'PowerPoint slides with macros',
    'slides',
    'pptm ppsm potm',
  ),
  doc: type('application/msword', 'Word document (97–2003)', 'document', 'doc dot'),
  xls: type('application/vnd.ms-excel', 'Excel workbook (97–2003)', 'sheet', 'xls xlt xla'),
  ppt: type('application/vnd.ms-powerpoint', 'PowerPoint slides (97–2003)', 'slides', 'ppt pps pot'),
  msg: type('application/vnd.ms-outlook', 'Outlook message', 'mail', 'msg oft'),
  protectedOffice: type(
    'application/x-tika-ooxml-protected',
    'Office file, encrypted',
    'document',
    'docx xlsx pptx docm xlsm pptm',
  ),
  compound: type(
    'application/x-ole-storage',
    'Microsoft compound file',
    'other',
    'doc xls ppt msi db wps pub vsd mpp',
  ),
  odt: type('application/vnd.oasis.opendocument.text', 'OpenDocument text', 'document', 'odt ott sxw'),
  ods: type('application/vnd.oasis.opendocument.spreadsheet', 'OpenDocument sheet', 'sheet', 'ods ots sxc'),
  odp: type(
    'application/vnd.oasis.opendocument.presentation',
    'OpenDocument slides',
    'slides',
    'odp otp sxi',
  ),
  odg: type(
    'application/vnd.oasis.opendocument.graphics',
    'OpenDocument drawing',
    'document',
    'odg odf odc odi otg sxd',
  ),
  rtf: type('application/rtf', 'RTF document', 'document', 'rtf doc'),
  epub: type('application/epub+zip', 'EPUB book', 'document', 'epub'),
  xps: type('application/vnd.ms-xpsdocument', 'XPS document', 'document', 'xps oxps'),
  iwork: type('application/vnd.apple.iwork', 'Apple iWork document', 'document', 'pages numbers key'),
  html: type('text/html', 'HTML page', 'text', 'html htm xhtml shtml doc xls'),
  csv: type('text/csv', 'CSV table', 'sheet', 'csv tsv txt tab dat'),
  text: type('text/plain', 'plain text', 'text', ''),
  xml: type('application/xml', 'XML', 'text', 'xml kml gpx rss xsl xsd wsdl fodt fods fodp plist doc xls'),
  calendar: type('text/calendar', 'calendar entry', 'text', 'ics ical vcs ifb'),
  vcard: type('text/vcard', 'contact card', 'text', 'vcf'),
  message: type('message/rfc822', 'message', 'mail', 'eml msg mht mhtml txt'),
  mbox: type('application/mbox', 'mailbox', 'mail', 'mbox mbx'),
  png: type('image/png', 'PNG picture', 'picture', 'png'),
  jpeg: type('image/jpeg', 'JPEG picture', 'picture', 'jpg jpeg jpe jfif'),
  gif: type('image/gif', 'GIF picture', 'picture', 'gif'),
  webp: type('image/webp', 'WebP picture', 'picture', 'webp'),
  bmp: type('image/bmp', 'BMP picture', 'picture', 'bmp dib'),
  tiff: type('image/tiff', 'TIFF picture', 'picture', 'tif tiff'),
  heic: type('image/heic', 'HEIC picture', 'picture', 'heic heif'),
  avif: type('image/avif', 'AVIF picture', 'picture', 'avif'),
  ico: type('image/vnd.microsoft.icon', 'icon', 'picture', 'ico cur'),
  psd: type('image/vnd.adobe.photoshop', 'Photoshop picture', 'picture', 'psd'),
  svg: type('image/svg+xml', 'SVG drawing', 'picture', 'svg'),
  emf: type('image/emf', 'Windows drawing', 'picture', 'emf wmf'),
  zip: type('application/zip', 'zip archive', 'archive', 'zip'),
  tar: type('application/x-tar', 'tar archive', 'archive', 'tar'),
  gzip: type('application/gzip', 'gzip file', 'archive', 'gz tgz emz svgz'),
  bzip2: type('application/x-bzip2', 'bzip2 file', 'archive', 'bz2 tbz tbz2'),
  xz: type('application/x-xz', 'xz file', 'archive', 'xz txz'),
  zstd: type('application/zstd', 'Zstandard file', 'archive', 'zst'),
  sevenZip: type('application/x-7z-compressed', '7-Zip archive', 'archive', '7z'),
  rar: type('application/vnd.rar', 'RAR archive', 'archive', 'rar'),
  cab: type('application/vnd.ms-cab-compressed', 'Cabinet archive', 'archive', 'cab'),
  tnef: type('application/vnd.ms-tnef', 'Outlook attachments (winmail.dat)', 'archive', 'dat tnef'),
  jar: type('application/java-archive', 'Java archive', 'program', 'jar war ear xpi'),
  windowsProgram: type(
    'application/vnd.microsoft.portable-executable',
    'Windows program',
    'program',
    'exe dll scr com pif sys cpl ocx',
  ),
  elf: type('application/x-elf', 'Linux program', 'program', 'so bin o'),
  machO: type('application/x-mach-binary', 'macOS program', 'program', 'dylib bundle o'),
  javaClass: type('application/java-vm', 'Java class', 'program', 'class'),
  shortcut: type('application/x-ms-shortcut', 'Windows shortcut', 'program', 'lnk'),
  script: type('text/x-script', 'script', 'program', 'sh bash py pl rb cgi'),
  mp3: type('audio/mpeg', 'MP3 sound', 'sound', 'mp3'),
  wav: type('audio/vnd.wave', 'WAV sound', 'sound', 'wav'),
  ogg: type('audio/ogg', 'Ogg sound', 'sound', 'ogg oga opus'),
  flac: type('audio/flac', 'FLAC sound', 'sound', 'flac'),
  amr: type('audio/amr', 'AMR sound', 'sound', 'amr'),
  mp4: type('video/mp4', 'MP4 film', 'sound', 'mp4 m4a m4v mov 3gp'),
  avi: type('video/x-msvideo', 'AVI film', 'sound', 'avi'),
  matroska: type('video/x-matroska', 'Matroska film', 'sound', 'mkv webm'),
  asf: type('video/x-ms-asf', 'Windows Media film', 'sound', 'wmv wma asf'),
  mpeg: type('video/mpeg', 'MPEG film', 'sound', 'mpg mpeg'),
  flash: type('application/vnd.adobe.flash.movie', 'Flash film', 'program', 'swf'),
  sqlite: type('application/vnd.sqlite3', 'SQLite database', 'other', 'db sqlite sqlite3'),
  access: type('application/vnd.ms-access', 'Access database', 'other', 'mdb accdb'),
  pst: type('application/vnd.ms-outlook-pst', 'Outlook data file', 'mail', 'pst ost'),
  postscript: type('application/postscript', 'PostScript', 'document', 'ps eps ai'),
  wordPerfect: type('application/vnd.wordperfect', 'WordPerfect document', 'document', 'wpd wp wp5 doc'),
  pgp: type('application/pgp-encrypted', 'PGP message', 'other', 'asc pgp gpg sig'),
  pkcs7: type('application/pkcs7-mime', 'signature or encrypted message (S/MIME)', 'other', 'p7s p7m p7c'),
  font: type('font/sfnt', 'font', 'other', 'ttf otf woff woff2'),
  empty: type('application/x-empty', 'empty file', 'other', ''),
  unknown: type('application/octet-stream', 'file of unknown type', 'other', ''),
} as const satisfies Record<string, FileType>;

export type TypeKey = keyof typeof fileTypes;

const byMediaType: ReadonlyMap<string, FileType> = new Map(
  Object.values(fileTypes).map((each) => [each.mediaType, each]),
);

/** The recognised type with that media type. */
export const findType = (mediaType: string): FileType | undefined => byMediaType.get(mediaType);

/** Endings that a double click runs, on one system or another. */
const runnable = new Set(
  'exe scr com pif bat cmd ps1 psm1 vbs vbe js jse wsf wsh hta msi msp cpl lnk url jar reg scf inf app command sh desktop iso img vhd appx msix dll sys gadget chm application'.split(
    ' ',
  ),
);

export function endingOf(name: string): string {
  return /\.([\p{L}\p{N}_-]{1,12})\s*$/u.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** Whether a name makes a system run the file, whatever is in it. */
export const isRunnableName = (name: string): boolean => runnable.has(endingOf(name));

const groupOfEnding: ReadonlyMap<string, Group> = new Map(
  Object.values(fileTypes).flatMap(({ group, endings }) => endings.map((ending) => [ending, group] as const)),
);

/** Types that say nothing of the content. */
const vague = new Set([
  '',
  'application/octet-stream',
  'application/x-unknown',
  'application/binary',
  'application/download',
  'application/force-download',
  'application/x-download',
]);

/**
 * How a file differs from what its name or its sender's type says, as one clause; '' where nothing can be said against it.
 * Groups are compared, not types: a `.doc` that holds RTF deceives nobody, a `.pdf` that is a program does.
 */
export function mismatch(mediaType: string, name: string, declared: string): string {
  const found = findType(mediaType);
  if (found === undefined || found.mediaType === fileTypes.empty.mediaType) return '';
  const ending = endingOf(name);
  if (!(found.endings as readonly string[]).includes(ending)) {
    const expected = groupOfEnding.get(ending);
    if (expected !== undefined && !agrees(expected, found))
      return `named .${ending}, but it is a ${found.name}`;
  }
  if (vague.has(declared) || declared === found.mediaType) return '';
  const said = byMediaType.get(declared);
  if (said !== undefined && !agrees(said.group, found))
    return `declared ${declared}, but it is a ${found.name}`;
  if (found.group === 'program' && /^(?:image|audio|video|font)\//.test(declared))
    return `declared ${declared}, but it is a ${found.name}`;
  return '';
}

/** Text is a weak statement either way: nearly anything written can be called so. */
function agrees(expected: Group, found: FileType): boolean {
  if (expected === found.group || expected === 'other') return true;
  if (found.mediaType === fileTypes.unknown.mediaType) return expected === 'text' || expected === 'sound';
  const written = new Set<Group>(['text', 'sheet', 'mail']);
  return (
    found.group !== 'program' &&
    written.has(expected) &&
    (found.group === 'text' || found.mediaType === fileTypes.csv.mediaType)
  );
}
