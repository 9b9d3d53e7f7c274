/**
 * Messages as attachments: message/rfc822, `.eml`, and Outlook's `.msg` ([MS-OXMSG]). Text and headers here; what is
 * attached to them is read like any other attachment.
 *
 *   __substg1.0_0037001F   property 0037 (subject), type 001F (UTF-16): [MS-OXPROPS]
 */
import { listAttachments } from '../message/attachment.js';
import { decodeBody } from '../message/body.js';
import { decodeText } from '../message/charset.js';
import type { Mailbox } from '../message/message.js';
import { parseMessage } from '../message/parse.js';
import { readableText } from '../message/readable.js';
import { htmlToText } from '../message/text/html-text.js';
import type { Member } from './archive.js';
import type { Compound } from './compound.js';
import type { Extraction } from './extraction.js';
import { Flow } from './flow.js';

export function extractMail(bytes: Buffer, extraction: Extraction): Member[] {
  const message = parseMessage(bytes);
  extraction.addFacts(
    [
      ['Subject', message.subject],
      ['From', mailboxes(message.from)],
      ['To', mailboxes(message.to)],
      ['Cc', mailboxes(message.cc)],
      ['Date', message.date === undefined ? undefined : new Date(message.date.time).toISOString()],
      ['Message-ID', message.messageId],
    ],
    'header',
  );
  addText(
    readableText(message)
      .segments.map(({ text }) => text)
      .join(''),
    extraction,
  );
  return listAttachments(message).flatMap(({ entity: index, name, size }) => {
    const entity = message.entities[index];
    // The text of a nested message was read with that of the message around it.
    if (entity === undefined || entity.mediaType === 'message/rfc822') return [];
    return [{ name: name || entity.mediaType, size, content: () => decodeBody(entity).bytes }];
  });
}

const mailboxes = (list: readonly Mailbox[]): string =>
  list
    .map(({ displayName, addrSpec }) => (displayName === '' ? addrSpec : `${displayName} <${addrSpec}>`))
    .join(', ');

function addText(text: string, extraction: Extraction): void {
  const flow = new Flow(extraction, 'line');
  for (const line of text.split('\n')) flow.paragraph(line);
  flow.end();
}

/** Properties of an Outlook item, by number. */
const property = {
  subject: '0037',
  senderName: '0c1a',
  senderAddress: '0c1f',
  to: '0e04',
  cc: '0e03',
  body: '1000',
  html: '1013',
  messageId: '1035',
  attachmentName: '3707',
  attachmentShortName: '3704',
  attachmentData: '3701',
} as const;

export function extractOutlook(compound: Compound, extraction: Extraction): Member[] {
  const text = (id: string, storage = ''): string | undefined => findText(compound, storage, id);
  const sender = [text(property.senderName), text(property.senderAddress)].filter(Boolean).join(', ');
  extraction.addFacts(
    [
      ['Subject', text(property.subject)],
      ['From', sender],
      ['To', text(property.to)],
      ['Cc', text(property.cc)],
      ['Message-ID', text(property.messageId)],
    ],
    'header',
  );
  const html = findProperty(compound, '', property.html, '0102');
  addText(
    text(property.body) ?? (html === undefined ? '' : htmlToText(decodeText(html, '').text)),
    extraction,
  );
  return storagesOf(compound).flatMap((storage) => {
    const bytes = findProperty(compound, storage, property.attachmentData, '0102');
    if (bytes === undefined) return [];
    const name =
      text(property.attachmentName, storage) ?? text(property.attachmentShortName, storage) ?? 'attachment';
    return [{ name, size: bytes.length, content: () => bytes }];
  });
}

function storagesOf(compound: Compound): string[] {
  const storages = compound.streams.flatMap(
    ({ path }) => /^__attach_version1\.0_#[0-9A-F]{8}(?=\/)/i.exec(path)?.[0] ?? [],
  );
  return [...new Set(storages)];
}

function findProperty(compound: Compound, storage: string, id: string, type: string): Buffer | undefined {
  const prefix = storage === '' ? '' : `${storage}/`;
  return compound.find(`${prefix}__substg1.0_${id}${type}`);
}

function findText(compound: Compound, storage: string, id: string): string | undefined {
  const wide = findProperty(compound, storage, id, '001f');
  if (wide !== undefined) return wide.toString('utf16le');
  const narrow = findProperty(compound, storage, id, '001e');
  return narrow === undefined ? undefined : decodeText(narrow, '').text;
}
