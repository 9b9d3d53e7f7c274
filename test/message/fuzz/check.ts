/** What has to hold of every parse, whatever the bytes. */
import assert from 'node:assert/strict';
import { limits } from '../../../src/limits.js';
import { listAttachments } from '../../../src/message/attachment.js';
import { decodeBody, decodeEntityText } from '../../../src/message/body.js';
import type { Message } from '../../../src/message/message.js';
import { parseMessage } from '../../../src/message/parse.js';

/** Parses and decodes everything; throws where a promise is broken. */
export function checkInput(raw: Buffer): void {
  const before = raw.toString('latin1');
  const message = parseMessage(raw);
  checkShape(message, raw);
  let decoded = 0;
  for (const entity of message.entities) {
    // Nobody reads a multipart as text; its bytes are those of its parts.
    if (/^(?:multipart|message)\//.test(entity.mediaType)) continue;
    decoded += decodeBody(entity).bytes.length;
    const { text } = decodeEntityText(entity);
    assert.ok(text.length <= limits.maxTextCharacters);
    assert.ok(!text.includes('\r'), 'a carriage return was left in a text');
  }
  // uuencoded files are shown twice, in their text and alone; each level of encoding may copy its bytes once.
  assert.ok(decoded <= (limits.maxEncodedNesting + 2) * (raw.length + 1), 'decoded bytes explode');
  for (const { sha256, entity } of listAttachments(message)) {
    assert.match(sha256, /^[0-9a-f]{64}$/);
    assert.ok(message.entities[entity] !== undefined);
  }
  assert.equal(raw.toString('latin1'), before, 'the input was changed');
}

function checkShape(message: Message, raw: Buffer): void {
  const { entities, defects, fields } = message;
  assert.equal(message.size, raw.length);
  assert.ok(entities.length >= 1 && entities.length <= limits.maxEntities);
  assert.equal(entities[0]?.fields, fields);
  assert.ok(defects.length <= limits.maxDefects);
  for (const { offset, note } of defects) {
    assert.ok(offset >= -1 && offset <= raw.length);
    assert.ok(note.length <= limits.maxDefectNoteCharacters, 'a note is short');
  }
  const sections = new Set<string>();
  for (const [index, entity] of entities.entries()) {
    const parent = entities[entity.parent];
    assert.ok(entity.parent < index, 'parents come first');
    assert.equal(entity.depth, parent === undefined ? 0 : parent.depth + 1);
    assert.equal(parent === undefined, index === 0);
    assert.ok(!sections.has(entity.section), `section ${entity.section} stands twice`);
    sections.add(entity.section);
    assert.ok(entity.filename === '' || !/[/\\\0\r\n]/.test(entity.filename), 'a file name is no path');
    for (const { offset, length } of entity.fields) assert.ok(offset === -1 || offset + length <= raw.length);
    if (entity.offset !== -1)
      assert.equal(entity.body.buffer, raw.buffer, 'a placed body is a view of the message');
  }
  for (const list of [message.from, message.to, message.cc, message.bcc, message.replyTo, message.sender]) {
    assert.ok(list.length <= limits.maxMailboxes);
  }
  assert.ok(message.date === undefined || Number.isFinite(message.date.time));
}
