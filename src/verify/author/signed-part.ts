/**
 * The exact bytes that a signature of the author covers (RFC 1847 2.1, RFC 3156 5, RFC 8551 3.1.1): the first part of a
 * multipart/signed with its header section, up to the line end before the next delimiter, every line ending in CR LF.
 */
import { limits } from '../../limits.js';
import { decodeBody } from '../../message/body.js';
import type { Entity, Message } from '../../message/message.js';
import { getParameter } from '../../message/parameters.js';
import type { AuthorSignatureKind } from './author-signature.js';

/** Bytes to compare with, and what was done to them. */
export interface SignedContent {
  readonly bytes: Buffer;
  readonly repairs: readonly string[];
}

interface Placed {
  /** '' where it is the whole message. */
  readonly section: string;
}

export type SignedPart = Placed &
  (
    | {
        readonly protocol: 'smime' | 'pgp';
        /** The signature as bytes, transfer encoding removed. */
        readonly signature: Buffer;
        /** Readings of what it covers, the plain one first; empty where the content lies within the signature. */
        readonly contents: readonly SignedContent[];
      }
    | { readonly protocol: 'inline' }
    /** A signature part where no multipart/signed says what it covers: gateways take them apart. */
    | { readonly protocol: 'stray'; readonly kind: AuthorSignatureKind }
    | { readonly protocol: 'broken'; readonly kind: AuthorSignatureKind; readonly reason: string }
    | { readonly protocol: 'other'; readonly reason: string }
  );

const inlineMark = '-----BEGIN PGP SIGNED MESSAGE-----';
/** The same in base64, at the beginning of a body. */
const encodedInlineMark = Buffer.from(`${inlineMark}\r\n`).toString('base64').slice(0, 44);
const inlineMarks = [inlineMark, encodedInlineMark];
const partMarks = ['/signed', 'pkcs7-', 'pgp-signature'];

/** A quick look, so that mail without any of this is not parsed for it. `type` is the message's own Content-Type. */
export function isSignedMail(raw: Buffer, type: string): boolean {
  const hasAny = (marks: readonly string[]): boolean => marks.some((mark) => raw.includes(mark, 0, 'latin1'));
  if (/signed|pkcs7/i.test(type)) return true;
  return hasAny(inlineMarks) || (/^multipart/i.test(type) && hasAny(partMarks));
}

export function listSignedParts(raw: Buffer, { entities }: Message): SignedPart[] {
  const found: SignedPart[] = [];
  const inner = new Set<number>();
  for (const [index, entity] of entities.entries()) {
    // What is within a forwarded message is that message's, and what is within a signed part is judged with it.
    if (inner.has(entity.parent) || isMessage(entities[entity.parent])) {
      inner.add(index);
      continue;
    }
    const part = readPart(raw, entities, index);
    if (part === undefined) continue;
    if (part.protocol !== 'inline') inner.add(index);
    found.push(part);
    if (found.length >= limits.maxSignatures) break;
  }
  return found;
}

const isMessage = (entity: Entity | undefined): boolean => entity?.mediaType.startsWith('message/') === true;

function readPart(raw: Buffer, entities: readonly Entity[], index: number): SignedPart | undefined {
  const entity = entities[index];
  if (entity === undefined) return undefined;
  const { mediaType, section } = entity;
  if (mediaType === 'multipart/signed') return readMultipart(raw, entities, index);
  if (/^application\/(?:x-)?pkcs7-mime$/.test(mediaType)) {
    const type = getParameter(entity.parameters, 'smime-type').toLowerCase() || 'signed-data';
    if (type !== 'signed-data') return undefined;
    return { protocol: 'smime', section, signature: decodeBody(entity).bytes, contents: [] };
  }
  const stray = protocolOf(mediaType);
  if (stray !== undefined)
    return { protocol: 'stray', section, kind: stray === 'smime' ? 'S/MIME' : 'PGP/MIME' };
  return mediaType.startsWith('text/') && hasInlineSignature(entity)
    ? { protocol: 'inline', section }
    : undefined;
}

/** At the start of a line: an answer quotes it behind marks. */
function hasInlineSignature(entity: Entity): boolean {
  if (!entity.body.includes(inlineMark, 0, 'latin1') && !entity.body.includes(encodedInlineMark, 0, 'latin1'))
    return false;
  const { bytes } = decodeBody(entity);
  return (
    bytes.subarray(0, inlineMark.length).equals(Buffer.from(inlineMark)) || bytes.includes(`\n${inlineMark}`)
  );
}

function readMultipart(raw: Buffer, entities: readonly Entity[], index: number): SignedPart {
  const entity = entities[index];
  const section = entity?.section ?? '';
  const declared = getParameter(entity?.parameters ?? [], 'protocol').toLowerCase();
  const parts = entities.filter(({ parent }) => parent === index);
  const [content, signature] = parts;
  const protocol = protocolOf(declared) ?? protocolOf(signature?.mediaType ?? '');
  const kind = protocol === undefined ? 'multipart/signed' : protocol === 'smime' ? 'S/MIME' : 'PGP/MIME';
  if (content === undefined || signature === undefined)
    return { protocol: 'broken', section, kind, reason: 'its two parts are not there' };
  if (parts.length > 2)
    return { protocol: 'broken', section, kind, reason: `it has ${parts.length} parts, not two` };
  if (protocol === undefined)
    return { protocol: 'other', section, reason: `protocol ${JSON.stringify(declared.slice(0, 60))}` };
  if (content.offset < 0)
    return { protocol: 'broken', section, kind, reason: 'it is inside an encoded message' };
  const bytes = decodeBody(signature).bytes;
  return { protocol, section, signature: bytes, contents: readings(raw, content) };
}

function protocolOf(type: string): 'smime' | 'pgp' | undefined {
  if (/^application\/(?:x-)?pkcs7-signature$/.test(type)) return 'smime';
  return type === 'application/pgp-signature' ? 'pgp' : undefined;
}

/** The named repairs of repairs.ts that concern the inside of a message, one after the other. */
function readings(raw: Buffer, content: Entity): SignedContent[] {
  const end = content.body.byteOffset - raw.byteOffset + content.body.length;
  const bytes = raw.subarray(content.offset, Math.max(content.offset, end));
  const text = bytes.toString('latin1');
  const wire = text.replace(/\r?\n/g, '\r\n');
  const repaired = wire.length === text.length ? [] : ['line-endings'];
  const found: SignedContent[] = [
    { bytes: repaired.length === 0 ? bytes : Buffer.from(wire, 'latin1'), repairs: repaired },
  ];
  const unquoted = wire.replaceAll('\n>From ', '\nFrom ');
  if (unquoted.length !== wire.length)
    found.push({ bytes: Buffer.from(unquoted, 'latin1'), repairs: [...repaired, 'mboxo-unquoting'] });
  return found;
}
