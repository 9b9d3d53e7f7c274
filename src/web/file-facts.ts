/** How attachments are called on pages: their types, kinds, and what became of reading them. */
import { findType } from '../extract/type.js';
import type { BlobRow } from '../index/attachment-text.js';

export const kindNames: ReadonlyMap<string, string> = new Map([
  ['document', 'documents'],
  ['sheet', 'tables'],
  ['slides', 'slides'],
  ['picture', 'pictures'],
  ['mail', 'messages'],
  ['text', 'texts'],
  ['archive', 'archives'],
  ['sound', 'sound and film'],
  ['program', 'programs'],
  ['other', 'others'],
]);

export const typeName = (mediaType: string): string =>
  mediaType === '' ? 'not read yet' : (findType(mediaType)?.name ?? mediaType);

const stateNames: ReadonlyMap<string, string> = new Map([
  ['encrypted', 'encrypted'],
  ['failed', 'not readable'],
  ['too-large', 'too large to read'],
  ['timeout', 'took too long to read'],
  ['out-of-memory', 'took too much memory to read'],
]);

/** '' where there is nothing to say of it in a list. */
export const stateName = (status: string): string => stateNames.get(status) ?? '';

const explanations: ReadonlyMap<string, string> = new Map([
  ['waiting', 'This file has not been read yet.'],
  ['empty', 'This file has no text.'],
  ['encrypted', 'This file is encrypted: without its password nothing in it can be read.'],
  ['unsupported', 'Text of files of this type is not read.'],
  ['failed', 'This file could not be read.'],
  ['too-large', 'This file is larger than what is read.'],
  ['timeout', 'Reading this file took too long and was ended.'],
  ['out-of-memory', 'Reading this file took more memory than it may and was ended.'],
]);

export const explainStatus = (status: string): string => explanations.get(status) ?? '';

const findingNames: ReadonlyMap<string, string> = new Map([
  ['macros', 'Macros'],
  ['executable', 'Program'],
  ['encrypted', 'Encryption'],
  ['damaged', 'Damage'],
  ['truncated', 'Not read to its end'],
  ['hidden-content', 'Hidden content'],
  ['remote-content', 'Would load from elsewhere'],
  ['scanned', 'Pages without text'],
  ['not-read', 'Not read'],
]);

export const findingName = (code: string): string => findingNames.get(code) ?? code;

/** Pictures that every browser draws without running anything; their bytes are looked at again before they are sent. */
const drawn = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
/** Bytes up to which a picture stands in a list or on a page of its own accord. */
const maxShownBytes = 8_000_000;

export const mayBeShown = ({ mediaType, size }: BlobRow): boolean =>
  drawn.has(mediaType) && size <= maxShownBytes;
