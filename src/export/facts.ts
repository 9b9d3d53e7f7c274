/** A message as JSON: what `impart show --json` prints, and a line of an export holds. */
import type { ArchivedMessage } from '../read/archive.js';
import { notesOn } from '../store/desk/notes.js';
import { tagsOn } from '../store/desk/tags.js';
import type { Desk } from '../store/desk.js';

export function messageFacts({
  number,
  sha256,
  message,
  text,
  attachments,
  occurrences,
  thread,
}: ArchivedMessage): object {
  return {
    id: number,
    sha256,
    size: message.size,
    thread,
    date: message.date === undefined ? null : new Date(message.date.time).toISOString(),
    zone: message.date?.zoneMinutes ?? null,
    subject: message.subject,
    from: message.from,
    sender: message.sender,
    replyTo: message.replyTo,
    to: message.to,
    cc: message.cc,
    bcc: message.bcc,
    messageId: message.messageId,
    inReplyTo: message.inReplyTo,
    references: message.references,
    fields: message.fields.map(({ name, body }) => ({ name, body })),
    text: text.segments,
    attachments,
    occurrences,
    defects: [...message.defects, ...text.defects],
  };
}

/** What people made of it. */
export function deskFacts(desk: Desk, sha256: string): object {
  return {
    tags: desk.read((db) => tagsOn(db, sha256), []).map(({ name }) => name),
    notes: desk
      .read((db) => notesOn(db, sha256), [])
      .map(({ text, exact, madeAt, madeBy }) => ({
        text,
        passage: exact ?? null,
        at: new Date(madeAt).toISOString(),
        by: madeBy,
      })),
  };
}
