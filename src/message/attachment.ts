/**
 * What a reader would call an attachment: entities with content of their own beside the readable text.
 *
 *   multipart/mixed            no
 *     text/plain               no  (the text)
 *     image/png, cid in HTML   yes, disposition 'inline', contentId set
 *     application/pdf          yes
 *     message/rfc822           yes, and its entities are listed too
 */
import { createHash, hash } from 'node:crypto';
import { readCleanBase64 } from './base64.js';
import { decodeBody } from './body.js';
import type { Entity, Message } from './message.js';

export interface Attachment {
  /** Index in `Message.entities`. */
  readonly entity: number;
  /** File name as declared, '' where none. */
  readonly name: string;
  readonly mediaType: string;
  readonly disposition: Entity['disposition'];
  /** Without angle brackets, '' where none: HTML refers to it as `cid:`. */
  readonly contentId: string;
  /** Bytes, decoded. */
  readonly size: number;
  /** Hex, of the decoded bytes. */
  readonly sha256: string;
}

/** Lists attachments in byte order, nested messages and what is attached to them included. */
export function listAttachments(message: Message): Attachment[] {
  const found: Attachment[] = [];
  for (const [index, entity] of message.entities.entries()) {
    if (!isAttachment(message, entity)) continue;
    const { filename: name, mediaType, disposition, contentId } = entity;
    found.push({ entity: index, name, mediaType, disposition, contentId, ...digestBody(entity) });
  }
  return found;
}

function digestBody(entity: Entity): Pick<Attachment, 'size' | 'sha256'> {
  if (entity.transferEncoding === 'base64') {
    const digest = createHash('sha256');
    const size = readCleanBase64(entity.body, (bytes) => digest.update(bytes));
    if (size !== undefined) return { size, sha256: digest.digest('hex') };
  }
  const { bytes } = decodeBody(entity);
  return { size: bytes.length, sha256: hash('sha256', bytes, 'hex') };
}

function isAttachment(message: Message, entity: Entity): boolean {
  const { mediaType } = entity;
  if (mediaType.startsWith('multipart/')) return false;
  if (entity.disposition === 'attachment')
    return entity.parent !== -1 || !mediaType.startsWith('text/') || entity.filename !== '';
  if (entity.filename !== '') return true;
  if (mediaType === 'text/plain' || mediaType === 'text/html' || mediaType === 'text/enriched') return false;
  if (!mediaType.startsWith('text/')) return entity.body.length > 0;
  // A calendar or vCard beside text is attached; the only part of a message is its text, whatever its subtype.
  const parent = message.entities[entity.parent];
  return parent?.mediaType.startsWith('multipart/') === true && parent.mediaType !== 'multipart/alternative';
}
