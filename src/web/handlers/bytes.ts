/** Bytes of a message: its source, its attachments, and pictures that every browser draws safely. */
import type { Hono } from 'hono';
import { OperatorError } from '../../errors.js';
import { decodeBody } from '../../message/body.js';
import type { Entity } from '../../message/message.js';
import type { Archive } from '../../read/archive.js';
import { bodyOf, downloadResponse, safeFileName } from '../download.js';
import { imageType } from '../image-type.js';
import type { LiveArchive } from '../live-archive.js';
import { getOpen } from '../respond.js';
import { bytesPolicy } from '../security.js';
import { routes } from '../urls.js';

export function registerBytes(app: Hono, live: LiveArchive): void {
  app.get(routes.raw, async (context) => {
    const { archive } = getOpen(live);
    const { raw, number } = await archive.read(archive.resolve(context.req.param('id')));
    if (context.req.query('download') !== undefined) return downloadResponse(raw, `${number}.eml`);
    return new Response(bodyOf(raw), {
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Security-Policy': bytesPolicy },
    });
  });
  app.get(routes.attachment, async (context) => {
    const { archive } = getOpen(live);
    const { entity, bytes } = await partOf(archive, context.req.param('id'), context.req.param('entity'));
    const fallback = `message-${context.req.param('id')}-part-${entity.section || '0'}.${endingFor(entity.mediaType)}`;
    return downloadResponse(bytes, safeFileName(entity.filename, fallback), imageType(bytes));
  });
  app.get(routes.part, async (context) => {
    const { archive } = getOpen(live);
    const { bytes } = await partOf(archive, context.req.param('id'), context.req.param('entity'));
    const mediaType = imageType(bytes);
    if (mediaType === undefined)
      throw missing('This part is no PNG, JPEG, GIF or WebP picture, so it is not shown.');
    return new Response(bodyOf(bytes), {
      headers: { 'Content-Type': mediaType, 'Content-Security-Policy': bytesPolicy },
    });
  });
}

const missing = (message: string): OperatorError =>
  new OperatorError('part-missing', message, 'The page of the message lists its parts and its attachments.');

async function partOf(
  archive: Archive,
  id: string,
  index: string,
): Promise<{ entity: Entity; bytes: Buffer }> {
  const { message } = await archive.read(archive.resolve(id));
  const entity = /^\d{1,6}$/.test(index) ? message.entities[Number(index)] : undefined;
  if (entity === undefined) throw missing('The message has no such part.');
  return { entity, bytes: decodeBody(entity).bytes };
}

const endings: ReadonlyMap<string, string> = new Map([
  ['message/rfc822', 'eml'],
  ['text/plain', 'txt'],
  ['text/html', 'html'],
  ['text/calendar', 'ics'],
  ['application/pdf', 'pdf'],
  ['application/zip', 'zip'],
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/gif', 'gif'],
]);

const endingFor = (mediaType: string): string => endings.get(mediaType) ?? 'bin';
