/**
 * The HTML of a message for its sandboxed frame: made safe, with the pictures that came inside the message written
 * into it. They cannot be fetched: a sandboxed frame is a stranger to this server, and strangers are refused.
 */
import { decodeBody, decodeEntityText } from '../message/body.js';
import type { Entity, Message } from '../message/message.js';
import { type SafeHtml, safeHtml } from '../read/safe-html.js';
import { imageType } from './image-type.js';

/** Bytes of pictures written into one page, decoded. */
const maxPictureBytes = 12 * 1024 * 1024;

/** The HTML body that a mail program would show; undefined where there is none. */
export function htmlEntity(message: Message): Entity | undefined {
  return message.entities.find(
    (entity) =>
      entity.mediaType === 'text/html' && entity.disposition !== 'attachment' && entity.filename === '',
  );
}

/** undefined where the message has no HTML body. */
export function messageHtml(message: Message): SafeHtml | undefined {
  const entity = htmlEntity(message);
  if (entity === undefined) return undefined;
  const pictures = new Pictures(message);
  return safeHtml(decodeEntityText(entity).text, { cidUrl: (contentId) => pictures.url(contentId) });
}

/** A Content-ID may be referred to a thousand times: each picture is decoded once, and all of them against one budget. */
class Pictures {
  readonly #message: Message;
  readonly #urls = new Map<string, string | undefined>();
  #room = maxPictureBytes;

  constructor(message: Message) {
    this.#message = message;
  }

  url(contentId: string): string | undefined {
    if (!this.#urls.has(contentId)) this.#urls.set(contentId, this.#encode(contentId));
    const url = this.#urls.get(contentId);
    // What is written again counts again.
    this.#room -= url?.length ?? 0;
    return this.#room < 0 ? undefined : url;
  }

  #encode(contentId: string): string | undefined {
    const entity = this.#message.entities.find(
      (candidate) => candidate.contentId === contentId && contentId !== '',
    );
    if (entity === undefined || entity.body.length > this.#room * 2) return undefined;
    const { bytes } = decodeBody(entity);
    const mediaType = imageType(bytes);
    if (mediaType === undefined) return undefined;
    return `data:${mediaType};base64,${bytes.toString('base64')}`;
  }
}
