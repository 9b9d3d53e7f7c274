/**
 * Messages published as they are, or with some of their lines hidden: what `redact` decides, decided by a test, so that
 * the making and checking of releases is tested apart from rules about what to hide.
 */
import { hash } from 'node:crypto';
import { listAttachments } from '../../src/message/attachment.js';
import { decodeBody } from '../../src/message/body.js';
import { parseMessage } from '../../src/message/parse.js';
import { readableText } from '../../src/message/readable.js';
import { segmentCommitment, segmentSalt } from '../../src/proof/segment.js';
import type { Archive } from '../../src/read/archive.js';
import { readRaw } from '../../src/read/raw.js';
import { RedactedMessage, type RedactedSegment } from '../../src/redact/redacted-message.js';
import type { Decision, ReleaseSource } from '../../src/release/source.js';

export interface Choice {
  /** Lines and fields with this text are hidden, and it is `[passage 1]` wherever else it stands. */
  readonly hide?: string;
  /** Messages with this text are withheld. */
  readonly withhold?: string;
  /** Addresses of public people. */
  readonly people?: readonly string[];
}

/** `choice` is asked each time, so that a test can change its mind between two releases. */
export function decideAsIs(archive: Archive, choice: () => Choice): Pick<ReleaseSource, 'decide' | 'basis'> {
  const decide: ReleaseSource['decide'] = async (sha256, saltKey) => {
    const number = archive.index.catalog.findNumber(Buffer.from(sha256, 'hex')) ?? 0;
    const row = archive.index.catalog.findMessage(number);
    if (row === undefined) throw new Error(`no message ${sha256}`);
    return decideRaw(await readRaw(archive.trove, archive.index, row), saltKey, choice());
  };
  return { decide, basis: () => JSON.stringify(choice()) };
}

function decideRaw(raw: Buffer, saltKey: Buffer, { hide, withhold, people = [] }: Choice): Decision {
  if (withhold !== undefined && raw.includes(withhold)) return { withheld: 'private person' };
  const message = parseMessage(raw);
  const sha256 = hash('sha256', raw, 'buffer');
  let hidden = 0;
  const segments = linesOf(raw).map((bytes, index): RedactedSegment => {
    const salt = segmentSalt(saltKey, sha256, index, bytes);
    const kind = 'line';
    if (hide === undefined || !bytes.includes(hide)) return { kind, shown: true, bytes, salt };
    hidden += 1;
    return { kind, shown: false, commitment: segmentCommitment(salt, bytes) };
  });
  const clean = (text: string): string => (hide === undefined ? text : text.replaceAll(hide, '[passage 1]'));
  const mailbox = ({ displayName, addrSpec }: { displayName: string; addrSpec: string }) => ({
    displayName: clean(displayName),
    address: clean(addrSpec),
    person: people.includes(addrSpec) ? addrSpec.replace(/[^a-z0-9]+/g, '-') : undefined,
  });
  return {
    published: RedactedMessage.seal({
      fields: message.fields.map(({ name, body }, segment) => ({
        name,
        body: clean(body),
        redacted: body !== clean(body),
        segment,
      })),
      subject: clean(message.subject),
      from: message.from.map(mailbox),
      to: message.to.map(mailbox),
      cc: message.cc.map(mailbox),
      sentAt: message.date?.time,
      zoneMinutes: message.date?.zoneMinutes,
      text: readableText(message).segments.map((segment) => ({ ...segment, text: clean(segment.text) })),
      html: null,
      attachments: listAttachments(message).map(({ entity, name, mediaType }) => {
        const { bytes } = decodeBody(message.entities[entity] as never);
        const file = { mediaType, bytes, sha256: hash('sha256', bytes, 'hex') };
        return { cleared: true, name: clean(name), form: 'original', files: [file], segment: undefined };
      }),
      redactions: hidden === 0 ? [] : [{ kind: 'passage', reason: 'private person', count: hidden }],
      raw: hidden === 0 ? raw : null,
      segments,
    }),
  };
}

/** Each with its line feed. */
function linesOf(raw: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let at = 0; at < raw.length; ) {
    const end = raw.indexOf(0x0a, at);
    const next = end < 0 ? raw.length : end + 1;
    lines.push(raw.subarray(at, next));
    at = next;
  }
  return lines;
}
