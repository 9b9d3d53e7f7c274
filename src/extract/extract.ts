/**
 * An attachment's bytes → what it is and what it says: the whole of the extraction, for one file and everything in it.
 *
 *   extract(bytes of a zip with a PDF) → application/zip, 'contents', 'letter.pdf › page 1', …
 *
 * Files inside files are read by the same function, as deep as `limits.maxAttachmentNesting`.
 */

import { limits } from '../limits.js';
import { decodeText } from '../message/charset.js';
import { addContents, type Member, tarMembers, unpacked, zipMembers } from './archive.js';
import { Compound } from './compound.js';
import { extractCsv } from './csv.js';
import { embeddedIn, objectsOf } from './embedded.js';
import {
  type Extracted,
  Extraction,
  type ExtractionStatus,
  ExtractionStop,
  type FindingCode,
} from './extraction.js';
import { extractMail, extractOutlook } from './mail.js';
import { extractOpenDocument } from './open-document.js';
import { extractPdf } from './pdf.js';
import { extractPicture } from './picture.js';
import { recognize, recognizeCompound, recognizeZip } from './recognize.js';
import { extractRtf } from './rtf.js';
import { extractSlides } from './slides.js';
import { extractSlidesBinary } from './slides-binary.js';
import { fileTypes, type TypeKey } from './type.js';
import { extractWord } from './word.js';
import { extractWordBinary } from './word-binary.js';
import { extractWorkbook } from './workbook.js';
import { extractWorkbookBinary, workbookStream } from './workbook-binary.js';
import { extractEpub, extractHtml, extractPlain, extractXml, extractXps } from './written.js';
import { ZipMembers } from './zip-members.js';

/** `now` in milliseconds. Throws only what is a fault of this program or of a library: the caller is a process of its own. */
export async function extract(bytes: Buffer, now: () => number): Promise<Extracted> {
  const extraction = new Extraction(now);
  let type: TypeKey = 'unknown';
  let stopped: FindingCode | undefined;
  let isRead = true;
  try {
    const file = await open(bytes);
    type = file.type;
    isRead = await read(file, extraction);
  } catch (error) {
    if (!(error instanceof ExtractionStop)) throw error;
    stopped = error.code;
    extraction.note(error.code, error.message);
  }
  const { mediaType, name } = fileTypes[type];
  const { pieces, findings } = extraction;
  const isEncrypted =
    stopped === 'encrypted' || (pieces.length === 0 && findings.some(({ code }) => code === 'encrypted'));
  const isDamaged = findings.some(({ code }) => code === 'damaged' || code === 'truncated');
  return {
    status: statusOf(pieces.length, isRead, isEncrypted, isDamaged),
    mediaType,
    typeName: name,
    pieces,
    findings,
  };
}

function statusOf(
  pieces: number,
  isRead: boolean,
  isEncrypted: boolean,
  isDamaged: boolean,
): ExtractionStatus {
  if (isEncrypted) return 'encrypted';
  if (pieces > 0) return 'extracted';
  if (!isRead) return 'unsupported';
  return isDamaged ? 'failed' : 'empty';
}

/** A file with its type, and opened as far as telling the type needed it. */
type OpenFile =
  | {
      readonly type: TypeKey;
      readonly bytes: Buffer;
      readonly zip?: undefined;
      readonly compound?: undefined;
    }
  | {
      readonly type: TypeKey;
      readonly bytes: Buffer;
      readonly zip: ZipMembers;
      readonly compound?: undefined;
    }
  | { readonly type: TypeKey; readonly bytes: Buffer; readonly zip?: undefined; readonly compound: Compound };

async function open(content: Buffer | Compound): Promise<OpenFile> {
  if (content instanceof Compound) return openCompound(content, Buffer.alloc(0));
  const type = recognize(content);
  if (type === 'zip') {
    const zip = await ZipMembers.open(content);
    // OpenDocument and EPUB keep their type uncompressed in the first member; it is a few bytes.
    const mimetype = zip.find('mimetype');
    const told =
      mimetype === undefined || mimetype.bytes > 200
        ? ''
        : zip.read(mimetype, new Extraction(() => 0)).toString('latin1');
    return { type: recognizeZip(zip, told.trim()), bytes: content, zip };
  }
  return type === 'compound' ? openCompound(Compound.open(content), content) : { type, bytes: content };
}

function openCompound(compound: Compound, bytes: Buffer): OpenFile {
  return { type: recognizeCompound(compound.streams.map(({ path }) => path)), bytes, compound };
}

/** Returns false for types whose text nobody reads here. */
async function read(file: OpenFile, extraction: Extraction): Promise<boolean> {
  if (file.zip !== undefined) return readZipped(file.type, file.zip, extraction);
  if (file.compound !== undefined) return readCompound(file.type, file.compound, extraction);
  return readPlainFile(file.type, file.bytes, extraction);
}

async function readZipped(type: TypeKey, zip: ZipMembers, extraction: Extraction): Promise<boolean> {
  if (zip.damage !== '') extraction.note('damaged', zip.damage);
  if (zip.matching(/vbaproject\.bin$/).length > 0) extraction.note('macros', 'the file carries macros');
  switch (type) {
    case 'docx':
    case 'docm':
      extractWord(zip, extraction);
      break;
    case 'xlsx':
    case 'xlsm':
      extractWorkbook(zip, extraction);
      break;
    case 'pptx':
    case 'pptm':
      extractSlides(zip, extraction);
      break;
    case 'odt':
    case 'odg':
      extractOpenDocument(zip, 'text', extraction);
      break;
    case 'ods':
      extractOpenDocument(zip, 'sheet', extraction);
      break;
    case 'odp':
      extractOpenDocument(zip, 'slides', extraction);
      break;
    case 'epub':
      extractEpub(zip, extraction);
      return true;
    case 'xps':
      extractXps(zip, extraction);
      return true;
    case 'iwork':
      return false;
    default: {
      const members = zipMembers(zip, extraction);
      addContents(members, extraction);
      await readMembers(members, extraction);
      return true;
    }
  }
  await readMembers(embeddedIn(zip, extraction), extraction);
  return true;
}

async function readCompound(type: TypeKey, compound: Compound, extraction: Extraction): Promise<boolean> {
  if (
    compound.streams.some(({ path }) =>
      /(?:^|\/)(?:_VBA_PROJECT|vbaProject|_VBA_PROJECT_CUR\/.*|Macros\/.*)$/i.test(path),
    )
  )
    extraction.note('macros', 'the file carries macros');
  switch (type) {
    case 'protectedOffice':
      throw new ExtractionStop('encrypted', 'a password is needed to open it');
    case 'doc':
      extractWordBinary(compound, extraction);
      break;
    case 'xls':
      extractWorkbookBinary(workbookStream(compound), extraction);
      break;
    case 'ppt':
      extractSlidesBinary(compound, extraction);
      break;
    case 'msg':
      await readMembers(extractOutlook(compound, extraction), extraction);
      return true;
    default: {
      const objects = objectsOf(compound);
      await readMembers(objects, extraction);
      return objects.length > 0;
    }
  }
  await readMembers(objectsOf(compound), extraction);
  return true;
}

async function readPlainFile(type: TypeKey, bytes: Buffer, extraction: Extraction): Promise<boolean> {
  switch (type) {
    case 'pdf': {
      const embedded = await extractPdf(bytes, extraction);
      await readMembers(
        embedded.map(({ name, bytes: inside }) => ({ name, size: inside.length, content: () => inside })),
        extraction,
      );
      return true;
    }
    case 'rtf':
      extractRtf(bytes, extraction);
      return true;
    case 'xls':
      extractWorkbookBinary(bytes, extraction);
      return true;
    case 'html':
      extractHtml(bytes, extraction);
      return true;
    case 'xml':
    case 'svg':
      extractXml(bytes, extraction);
      return true;
    case 'csv':
      extractCsv(decodeText(bytes, '').text, extraction);
      return true;
    case 'script':
      extraction.note('executable', 'a script');
      extractPlain(decodeText(bytes, '').text, extraction);
      return true;
    case 'text':
    case 'calendar':
    case 'vcard':
    case 'pgp':
      extractPlain(decodeText(bytes, '').text, extraction);
      return true;
    case 'message':
      await readMembers(extractMail(bytes, extraction), extraction);
      return true;
    case 'mbox':
      extractPlain(decodeText(bytes, '').text, extraction);
      return true;
    case 'empty':
      return true;
    default:
      return await readOther(type, bytes, extraction);
  }
}

async function readOther(type: TypeKey, bytes: Buffer, extraction: Extraction): Promise<boolean> {
  switch (type) {
    case 'tar': {
      const members = tarMembers(bytes, extraction);
      addContents(members, extraction);
      await readMembers(members, extraction);
      return true;
    }
    case 'gzip':
    case 'bzip2':
    case 'xz':
    case 'zstd': {
      const inside = await unpacked(bytes, type, extraction);
      await readMembers([{ name: 'unpacked', size: inside.length, content: () => inside }], extraction);
      return true;
    }
    default:
      break;
  }
  const { group, name } = fileTypes[type];
  if (group === 'program') extraction.note('executable', `a ${name}`);
  if (group === 'picture' && type !== 'emf' && type !== 'psd') {
    await extractPicture(bytes, extraction);
    return true;
  }
  return false;
}

/** One member that cannot be read costs itself; what bounds the whole file ends it. */
async function readMembers(members: readonly Member[], extraction: Extraction): Promise<void> {
  if (members.length > 0 && extraction.nesting >= limits.maxAttachmentNesting) {
    extraction.note(
      'truncated',
      `files inside one another deeper than ${limits.maxAttachmentNesting} are not read`,
    );
    return;
  }
  for (const member of members) {
    extraction.enter(member.name);
    try {
      const file = await open(member.content());
      if (!(await read(file, extraction)) && fileTypes[file.type].group === 'program')
        extraction.note('executable', `a ${fileTypes[file.type].name}`);
    } catch (error) {
      if (!(error instanceof ExtractionStop)) throw error;
      if (error.code === 'truncated') throw error;
      extraction.note(error.code, error.message);
    } finally {
      extraction.leave();
    }
  }
}
