/**
 * Files that do something when they are opened: programs, scripts, macros, archives that hide them, documents that load or
 * run. They are never published as they are, and by default not at all: a release says their type and size.
 */
import { recognize } from '../extract/recognize.js';
import { type FileType, fileTypes, isRunnableName, type TypeKey } from '../extract/type.js';

export type Danger =
  /** Runs, or is made to look as if it did not. */
  | 'malware'
  /** May run or load: HTML, SVG, old Office files and PDFs with scripts in them. */
  | 'active content'
  | undefined;

export interface JudgedFile {
  readonly type: FileType;
  readonly key: TypeKey;
  readonly danger: Danger;
}

/** Formats that carried the malware of leaked mailboxes: macros, and archives around programs. */
const prone: ReadonlySet<TypeKey> = new Set<TypeKey>([
  'docm',
  'xlsm',
  'pptm',
  'zip',
  'sevenZip',
  'rar',
  'cab',
  'tar',
  'gzip',
  'bzip2',
  'xz',
  'zstd',
  'tnef',
  'protectedOffice',
  'access',
]);

const active: ReadonlySet<TypeKey> = new Set<TypeKey>([
  'html',
  'svg',
  'xml',
  'doc',
  'xls',
  'ppt',
  'compound',
  'msg',
  'message',
  'mbox',
  'pst',
  'rtf',
  'postscript',
  'epub',
  'emf',
  'unknown',
  'sqlite',
  'font',
]);

/** What a PDF that acts has in its objects (ISO 32000-1, 12.6); a name may be written with #xx, which honest programs do not. */
const pdfActions =
  /\/(?:JavaScript|JS|Launch|OpenAction|AA|EmbeddedFile|RichMedia|XFA|SubmitForm|GoToR|URI)\b|\/[A-Za-z]*#[0-9A-Fa-f]{2}/;
/** Parts of an Office file that run or load from elsewhere (ECMA-376). */
const officeParts = /vbaProject|activeX|oleObject|externalLinks?\/|attachedTemplate|TargetMode="External"/;

/** `name` as the mail declares it. */
export function judgeFile(bytes: Buffer, name: string): JudgedFile {
  const key = recognize(bytes);
  return { key, type: fileTypes[key], danger: dangerOf(key, bytes, name) };
}

function dangerOf(key: TypeKey, bytes: Buffer, name: string): Danger {
  if (fileTypes[key].group === 'program' || isRunnableName(name) || prone.has(key)) return 'malware';
  if (active.has(key)) return 'active content';
  if (key === 'pdf' && pdfActions.test(bytes.toString('latin1'))) return 'active content';
  // Names of parts stand as they are in a zip's directory; what is compressed may still load.
  if (/^(?:docx|xlsx|pptx|odt|ods|odp|odg)$/.test(key) && officeParts.test(bytes.toString('latin1')))
    return 'active content';
  return undefined;
}
