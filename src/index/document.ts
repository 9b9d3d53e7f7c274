/** What the index keeps of one message: the columns of the full text, the row of the hit list, the features for threading. */
import { type Attachment, listAttachments } from '../message/attachment.js';
import { headerFolders } from '../message/header-folders.js';
import type { Mailbox, Message } from '../message/message.js';
import { parseMessage } from '../message/parse.js';
import { readableText } from '../message/readable.js';
import { type DirectoryEntry, parseDirectoryName } from '../people/directory-name.js';
import { type Features, messageFeatures } from '../thread/features.js';
import { segmentForIndex } from './query/tokens.js';

export interface IndexedDocument {
  readonly sentAt: number | null;
  readonly size: number;
  readonly sender: Mailbox | undefined;
  /** What a directory called the sender. */
  readonly directory: DirectoryEntry | undefined;
  readonly recipients: readonly Mailbox[];
  readonly subject: string;
  readonly messageId: string;
  /** In the order of the full-text table's columns. */
  readonly columns: readonly [
    sender: string,
    recipient: string,
    copied: string,
    subject: string,
    own: string,
    quoted: string,
    filename: string,
  ];
  readonly attachments: readonly Attachment[];
  readonly defects: number;
  /** Folders that its header section names. */
  readonly folders: readonly string[];
  readonly features: Features;
}

/** Pure; never throws on mail. */
export function indexedDocument(raw: Buffer): IndexedDocument {
  const message = parseMessage(raw);
  const text = readableText(message);
  const attachments = listAttachments(message);
  let own = '';
  let quoted = '';
  for (const segment of text.segments) {
    if (segment.kind === 'own' || segment.kind === 'signature')
      own += own === '' ? segment.text : `\n${segment.text}`;
    else quoted += quoted === '' ? segment.text : `\n${segment.text}`;
  }
  return {
    sentAt: message.date?.time ?? null,
    size: raw.length,
    sender: message.from[0] ?? message.sender[0],
    directory: directoryEntry(message),
    recipients: [...message.to, ...message.cc, ...message.bcc],
    subject: message.subject,
    messageId: message.messageId,
    columns: [
      segmentForIndex(mailboxText([...message.from, ...message.sender])),
      segmentForIndex(mailboxText(message.to)),
      segmentForIndex(mailboxText([...message.cc, ...message.bcc])),
      segmentForIndex(message.subject),
      segmentForIndex(own),
      segmentForIndex(quoted),
      segmentForIndex(attachments.map((attachment) => attachment.name).join('\n')),
    ],
    attachments,
    defects: message.defects.length + text.defects.length,
    folders: headerFolders(message.fields),
    features: messageFeatures(message, text.segments, attachments),
  };
}

function directoryEntry({ fields }: Message): DirectoryEntry | undefined {
  const field = fields.find(({ name }) => name.length === 6 && name.toLowerCase() === 'x-from');
  return field === undefined ? undefined : parseDirectoryName(field.body);
}

function mailboxText(mailboxes: readonly Mailbox[]): string {
  let text = '';
  for (const { displayName, addrSpec } of mailboxes) text += `${displayName} ${addrSpec}\n`;
  return text;
}
