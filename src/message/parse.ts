/**
 * A message in one pass over its bytes (RFC 5322, RFC 2045, RFC 2046): header sections, values, entities.
 *
 *   Content-Type: multipart/mixed; boundary=b        entities[0]  ''   multipart/mixed
 *   --b\r\n Content-Type: text/plain …               entities[1]  '1'  text/plain
 *   --b\r\n Content-Type: message/rfc822 …           entities[2]  '2'  message/rfc822, entities[3] the message in it
 *
 * Nesting lives on two explicit stacks: open entities within one run of bytes, and runs of bytes (a base64-encoded
 * message/rfc822 opens a new run). Bodies are never copied, only sliced.
 */
import { isAscii } from 'node:buffer';
import { limits } from '../limits.js';
import { guessBoundary } from './boundary-guess.js';
import { addDefect } from './defect.js';
import { type Delimiter, DelimiterTable } from './delimiter.js';
import { describeEntity, pickContentFields } from './entity.js';
import { decideKind, type EntityKind, isNestedMessage, sectionOf } from './entity-kind.js';
import { parseHeaderSection, type SectionSource } from './header-section.js';
import type { Defect, Entity, HeaderField, Message } from './message.js';
import { readMessageValues } from './message-values.js';
import { decodeTransfer } from './transfer.js';
import { uuencodedEntities } from './uuencode-entity.js';

type Draft = { -readonly [Key in keyof Entity]: Entity[Key] };

interface Open {
  readonly entity: Draft;
  readonly index: number;
  readonly kind: EntityKind;
  readonly bodyStart: number;
  /** As one-byte characters; '' where none was declared. */
  boundary: string;
  guessed: boolean;
  parts: number;
  closed: boolean;
}

/** One run of bytes: the raw message, or a decoded nested one. */
interface Run extends SectionSource {
  readonly table: DelimiterTable;
  readonly stack: Open[];
  readonly encodedNesting: number;
  /** What to do next: open an entity at `at`, or look for a delimiter from there. */
  state: 'open' | 'scan' | 'done';
  at: number;
  parent: number;
}

interface Parse {
  readonly entities: Draft[];
  readonly defects: Defect[];
  readonly runs: Run[];
  guesses: number;
}

const empty = Buffer.alloc(0);

/**
 * Parses one message. Pure; never throws: damage is in `defects`. `Entity.body` shares memory with `raw`.
 * The time is linear in the bytes, the memory bounded by `limits`.
 */
export function parseMessage(raw: Buffer): Message {
  const parse: Parse = { entities: [], defects: [], runs: [], guesses: 0 };
  const bytes = raw.length > limits.maxMessageBytes ? raw.subarray(0, limits.maxMessageBytes) : raw;
  if (bytes.includes(0)) addDefect(parse.defects, 'nul-bytes', bytes.indexOf(0), 'first of them');
  pushRun(parse, bytes, -1, 0);
  for (let run = parse.runs.at(-1); run !== undefined; run = parse.runs.at(-1)) step(parse, run);
  const fields: readonly HeaderField[] = parse.entities[0]?.fields ?? [];
  const values = readMessageValues(fields, parse.defects);
  // Written out, not spread: a spread object costs more than all the values in it.
  return {
    size: raw.length,
    fields,
    subject: values.subject,
    from: values.from,
    sender: values.sender,
    replyTo: values.replyTo,
    to: values.to,
    cc: values.cc,
    bcc: values.bcc,
    date: values.date,
    messageId: values.messageId,
    inReplyTo: values.inReplyTo,
    references: values.references,
    entities: parse.entities,
    defects: parse.defects,
  };
}

function pushRun(parse: Parse, bytes: Buffer, parent: number, encodedNesting: number): void {
  // Only a message without any line feed can have carriage returns as line ends.
  const newline = bytes.includes(10) || !bytes.includes(13) ? 10 : 13;
  const table = new DelimiterTable(bytes, bytes.length, newline);
  parse.runs.push({
    bytes,
    end: bytes.length,
    newline,
    ascii: isAscii(bytes),
    placed: encodedNesting === 0,
    defects: parse.defects,
    isDelimiter: (at) => table.active && table.read(at) !== undefined,
    table,
    stack: [],
    encodedNesting,
    state: 'open',
    at: 0,
    parent,
  });
}

function step(parse: Parse, run: Run): void {
  if (run.state === 'open') openEntity(parse, run);
  else if (run.state === 'scan') scan(parse, run);
  else {
    parse.runs.pop();
  }
}

/** Opens the entity whose header section starts at `run.at`. */
function openEntity(parse: Parse, run: Run): void {
  const parentOpen = run.stack.at(-1);
  const parent = parentOpen?.index ?? run.parent;
  const parentEntity = parent === -1 ? undefined : parse.entities[parent];
  const isMessage = parentEntity === undefined || parentOpen === undefined || parentOpen.kind === 'message';
  const { fields, bodyStart } = parseHeaderSection(run, run.at, isMessage);
  const content = pickContentFields(fields, parse.defects);
  const defaultType =
    !isMessage && parentEntity?.mediaType === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const described = describeEntity(content, defaultType, parse.defects);
  const entity: Draft = {
    parent,
    depth: parentEntity === undefined ? 0 : parentEntity.depth + 1,
    section: '',
    fields,
    mediaType: described.mediaType,
    parameters: described.parameters,
    charset: described.charset,
    transferEncoding: described.transferEncoding,
    disposition: described.disposition,
    filename: described.filename,
    contentId: described.contentId,
    offset: run.placed ? run.at : -1,
    body: empty,
  };
  const offset = content.type?.offset ?? entity.offset;
  const { kind, boundary } = decideKind(entity, offset, parse.entities.length, parse.defects);
  entity.section = sectionOf(parentEntity, parentOpen?.kind === 'multipart' ? parentOpen.parts : 0, kind);
  const index = parse.entities.push(entity) - 1;
  if (boundary !== '') {
    if (run.table.has(boundary)) addDefect(parse.defects, 'boundary-repeated', offset, boundary.slice(0, 80));
    run.table.add(boundary, run.stack.length);
  }
  run.stack.push({ entity, index, kind, bodyStart, boundary, guessed: false, parts: 0, closed: false });
  run.at = bodyStart;
  run.state = kind === 'message' ? 'open' : 'scan';
}

/** Looks for the next delimiter line and closes what it ends. */
function scan(parse: Parse, run: Run): void {
  const delimiter = parse.entities.length < limits.maxEntities ? run.table.next(run.at) : undefined;
  if (delimiter === undefined) {
    if (run.table.active && parse.entities.length >= limits.maxEntities) {
      addDefect(
        parse.defects,
        'entities-too-many',
        run.placed ? run.at : -1,
        `more than ${String(limits.maxEntities)}`,
      );
    }
    if (closeDownTo(parse, run, 0, run.end)) run.state = 'done';
    return;
  }
  const bodyEnd = endBefore(run, delimiter.start);
  // A nested run opened by closing a leaf, or a multipart to be read again, goes first; then this delimiter.
  if (!closeDownTo(parse, run, delimiter.level + 1, bodyEnd)) return;
  applyDelimiter(run, delimiter);
}

/** The line end before a delimiter line belongs to the delimiter (RFC 2046 5.1.1). */
function endBefore(run: Run, start: number): number {
  const { bytes } = run;
  if (start === 0) return 0;
  return run.newline === 10 && bytes[start - 2] === 13 && bytes[start - 1] === 10 ? start - 2 : start - 1;
}

function applyDelimiter(run: Run, delimiter: Delimiter): void {
  const open = run.stack[delimiter.level];
  if (open === undefined) return;
  run.at = delimiter.end;
  if (delimiter.closes) {
    open.closed = true;
    run.table.remove(open.boundary, delimiter.level);
    return;
  }
  // A delimiter as the very last line promises a part of no bytes at all: the close delimiter was cut.
  if (delimiter.end >= run.end && open.parts > 0) return;
  open.parts++;
  run.state = 'open';
}

/**
 * Closes open entities until `level` are left. False when closing one opened a nested run, or opened a multipart
 * again: that has to be read before anything else, because entities stand in byte order.
 */
function closeDownTo(parse: Parse, run: Run, level: number, end: number): boolean {
  while (run.stack.length > level) {
    const open = run.stack.pop();
    if (open === undefined) break;
    if (open.kind === 'multipart') {
      if (open.parts === 0 && reopenByGuess(parse, run, open, end)) return false;
      closeMultipart(parse, run, open, end);
    }
    const { entity } = open;
    entity.body = run.bytes.subarray(open.bodyStart, Math.max(open.bodyStart, end));
    if (open.kind === 'leaf' && closeLeaf(parse, run, open)) return false;
  }
  return true;
}

function closeMultipart(parse: Parse, run: Run, open: Open, end: number): void {
  if (!open.closed) run.table.remove(open.boundary, run.stack.length);
  const { entity } = open;
  if (open.parts === 0) {
    addDefect(parse.defects, 'multipart-empty', entity.offset, `${entity.mediaType}: no delimiter line`);
    // What stands there in place of parts is for a reader to see.
    if (
      !open.closed &&
      /\S/.test(run.bytes.toString('latin1', open.bodyStart, Math.min(end, open.bodyStart + 1_000)))
    )
      entity.mediaType = 'text/plain';
  } else if (!open.closed) addDefect(parse.defects, 'boundary-unclosed', entity.offset, entity.mediaType);
}

/** Reads a multipart again with the boundary that its body shows. False where it shows none. */
function reopenByGuess(parse: Parse, run: Run, open: Open, end: number): boolean {
  if (open.guessed || open.closed || parse.guesses >= limits.maxBoundaryGuesses) return false;
  const boundary = guessBoundary(run.bytes, open.bodyStart, end);
  if (boundary === '' || parse.entities.length >= limits.maxEntities) return false;
  parse.guesses++;
  const level = run.stack.length;
  if (open.boundary !== '') {
    run.table.remove(open.boundary, level);
    addDefect(
      parse.defects,
      'boundary-missing',
      open.entity.offset,
      `${open.entity.mediaType}: declared boundary never comes`,
    );
  }
  open.boundary = boundary;
  open.guessed = true;
  run.table.add(boundary, level);
  run.stack.push(open);
  run.at = open.bodyStart;
  return true;
}

/** What a leaf holds beside its bytes: an encoded message, uuencoded files. True when a nested run was opened. */
function closeLeaf(parse: Parse, run: Run, open: Open): boolean {
  const { entity, index } = open;
  if (isNestedMessage(entity.mediaType)) {
    if (entity.depth >= limits.maxEntityDepth || run.encodedNesting >= limits.maxEncodedNesting) return false;
    if (parse.entities.length >= limits.maxEntities) return false;
    const decoded = decodeTransfer(entity.body, entity.transferEncoding);
    if (decoded.bytes.length === 0) return false;
    pushRun(parse, decoded.bytes, index, run.encodedNesting + 1);
    return true;
  }
  if (parse.entities.length < limits.maxEntities) {
    for (const found of uuencodedEntities(entity, index, limits.maxEntities - parse.entities.length))
      parse.entities.push(found);
  }
  return false;
}
