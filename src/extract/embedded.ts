/**
 * Files inside office files: a workbook in a document, a PDF in a slide.
 *
 *   word/embeddings/Microsoft_Excel_Sheet1.xlsx    as it is
 *   word/embeddings/oleObject1.bin                 a compound file whose stream Package, CONTENTS or \x01Ole10Native holds it
 *   ObjectPool/_1234/…                             the same inside DOC; MBD… inside XLS
 */
import type { Member } from './archive.js';
import { Compound } from './compound.js';
import type { Extraction } from './extraction.js';
import type { ZipMembers } from './zip-members.js';

/** Objects, and chunks of other formats that Word would take over into the document (ECMA-376 part 1, 17.17.2.1). */
export function embeddedIn(zip: ZipMembers, extraction: Extraction): Member[] {
  return zip
    .matching(/\/embeddings\/|^word\/[^/]+\.(?:html?|mht|mhtml|rtf|txt|docx)$/)
    .filter(({ name }) => !/\.(?:rels|xml)$/i.test(name))
    .map((entry) => ({
      name: entry.name.slice(entry.name.lastIndexOf('/') + 1),
      size: entry.bytes,
      content: () => zip.read(entry, extraction),
    }));
}

/** What the objects of a compound file hold. Names of their own are rare. */
export function objectsOf(compound: Compound): Member[] {
  const members: Member[] = [];
  for (const { path, bytes } of compound.streams) {
    const name = path.slice(path.lastIndexOf('/') + 1).replace(/^\u0001/, '');
    if (name === 'Package' || name === 'CONTENTS')
      members.push({ name: 'embedded file', size: bytes.length, content: () => bytes });
    else if (/^Ole10Native$/i.test(name)) members.push(nativeObject(bytes));
  }
  members.push(...nestedCompounds(compound));
  return members;
}

/** [MS-OLEDS] 2.3.6, and the Packager's layout inside: label, file name, path, length, data. */
function nativeObject(bytes: Buffer): Member {
  const whole = { name: 'embedded object', size: bytes.length, content: () => bytes.subarray(4) };
  if (bytes.length < 16 || bytes.readUInt16LE(4) !== 2) return whole;
  const labelEnd = bytes.indexOf(0, 6);
  const nameEnd = bytes.indexOf(0, labelEnd + 1);
  const pathStart = nameEnd + 1 + 8;
  if (labelEnd < 0 || nameEnd < 0 || pathStart >= bytes.length) return whole;
  const pathEnd = bytes.indexOf(0, pathStart);
  if (pathEnd < 0 || pathEnd + 5 > bytes.length) return whole;
  const length = bytes.readUInt32LE(pathEnd + 1);
  const data = bytes.subarray(pathEnd + 5, pathEnd + 5 + length);
  return {
    name: bytes.toString('latin1', 6, labelEnd) || whole.name,
    size: data.length,
    content: () => data,
  };
}

/** Storages that are documents by themselves: `ObjectPool/_1/WordDocument`, `MBD0001/Workbook`. */
function nestedCompounds(compound: Compound): Member[] {
  const mains = /^(.+)\/(?:WordDocument|Workbook|Book|PowerPoint Document)$/i;
  return compound.streams.flatMap(({ path, bytes }) => {
    const storage = mains.exec(path)?.[1];
    return storage === undefined
      ? []
      : [
          {
            name: `object ${storage.slice(storage.lastIndexOf('/') + 1)}`,
            size: bytes.length,
            content: () => storageOf(compound, storage),
          },
        ];
  });
}

/** The streams of one storage, as a file of its own. */
function storageOf(compound: Compound, storage: string): Compound {
  const prefix = `${storage}/`;
  return new Compound(
    compound.streams.flatMap(({ path, bytes }) =>
      path.startsWith(prefix) ? [{ path: path.slice(prefix.length), bytes }] : [],
    ),
  );
}
