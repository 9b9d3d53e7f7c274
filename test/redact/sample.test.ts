/**
 * The sample trove with its private data: decided on as an editor would, applied to every message, and looked for in what
 * would be published, by this project's leak check and by a search that shares no code with it.
 */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { parseMessage } from '../../src/message/parse.js';
import { readableText } from '../../src/message/readable.js';
import type { Decisions, Everywhere } from '../../src/redact/decisions.js';
import { foldedText } from '../../src/redact/fold.js';
import { LeakCheck } from '../../src/redact/leak-check.js';
import type { RedactionKind } from '../../src/redact/reasons.js';
import { Redactor } from '../../src/redact/redact-message.js';
import { RedactedMessage } from '../../src/redact/redacted-message.js';
import { rules } from '../../src/redact/rules/all.js';
import { planted } from './planted.js';

const kinds: Readonly<Record<string, RedactionKind>> = {
  iban: 'bank account',
  medical: 'health',
  password: 'password',
  phone: 'phone',
  'home-address': 'home',
  'date-of-birth': 'birth date',
  'national-insurance': 'identity number',
  'private-address': 'address',
  'card-number': 'card',
};

const everywhere = planted.map(
  ({ kind, text }): Everywhere => ({
    kind: kinds[kind] ?? 'passage',
    reason: 'private person',
    value: kind === 'phone' ? `+44${text.slice(1).replaceAll(' ', '')}` : text,
    written: text,
  }),
);

function decisions(overrides: Partial<Decisions> = {}): Decisions {
  return {
    everywhere,
    shown: new Set(),
    isPublic: () => false,
    messages: new Map(),
    clearances: new Map(),
    regions: ['GB'],
    ...overrides,
  };
}

function numbering(): (kind: string, value: string) => number {
  const known = new Map<string, number>();
  const last = new Map<string, number>();
  return (kind, value) => {
    const key = `${kind} ${value}`;
    const number = known.get(key) ?? (last.get(kind) ?? 0) + 1;
    if (!known.has(key)) last.set(kind, number);
    known.set(key, number);
    return number;
  };
}

const redactor = (decided: Decisions): Redactor =>
  new Redactor(decided, {
    numbering: numbering(),
    key: Buffer.alloc(32, 7),
    findPages: () => undefined,
    pictureUrl: () => undefined,
  });

/** Every message of the plain sources of the sample; archives hold the same letters. */
function* sampleMail(): Generator<Buffer> {
  for (const path of globSync('examples/harbour/mail/directors-office/**/*.eml')) yield readFileSync(path);
  // Folders of a Maildir++ begin with a point, which `**` passes by.
  for (const path of globSync('examples/harbour/mail/penhallow/{,.*/}{cur,new}/*')) yield readFileSync(path);
  const boxes = [
    readFileSync('examples/harbour/mail/procurement.mbox'),
    gunzipSync(readFileSync('examples/harbour/mail/harbour-users.mbox.gz')),
  ];
  for (const box of boxes)
    for (const part of box
      .toString('latin1')
      .split(/^From [^\n]*\n/m)
      .slice(1))
      yield Buffer.from(part.replace(/\n$/, '').replace(/^>(>*From )/gm, '$1'), 'latin1');
}

function redact(raw: Buffer, by: Redactor): RedactedMessage {
  const message = parseMessage(raw);
  return by.redact({ raw, sha256: hash('sha256', raw, 'hex'), message, text: readableText(message) });
}

/** All that a release could make of it, as bytes. */
function published({ segments, raw, attachments, ...rest }: RedactedMessage): Buffer {
  const parts = [Buffer.from(JSON.stringify(rest))];
  for (const segment of segments) parts.push(Buffer.from(segment.shown ? segment.bytes : segment.commitment));
  for (const attachment of attachments)
    if (attachment.cleared) for (const file of attachment.files) parts.push(Buffer.from(file.bytes));
  if (raw !== null) parts.push(Buffer.from(raw));
  return Buffer.concat(parts);
}

/** Digits and letters alone of every way in which this test can read the bytes: simple, slow, and not ours. */
function plainly(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  const readings = [bytes.toString('utf8'), text];
  readings.push(
    text
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
  for (const [run] of text.matchAll(/(?:[A-Za-z0-9+/]{40,}={0,2}\r?\n)+[A-Za-z0-9+/]*={0,2}/g))
    readings.push(Buffer.from(run, 'base64').toString('utf8'));
  return readings.map((each) => each.toLowerCase().replace(/[^a-z0-9\u0080-\uffff]/g, '')).join('|');
}

describe('the sample', () => {
  test('has its private data found by rule', () => {
    const found = new Set<string>();
    for (const raw of sampleMail()) {
      const message = parseMessage(raw);
      const fields = message.fields.map(({ body }) => body).join('\n');
      const text = `${fields}\n${readableText(message)
        .segments.map((segment) => segment.text)
        .join('')}`;
      for (const rule of rules)
        for (const { start, end } of rule.find(text, { regions: ['GB'] }))
          found.add(foldedText(text.slice(start, end)));
    }
    const missed = planted
      .filter(({ text }) => ![...found].some((each) => each.includes(foldedText(text))))
      .map(({ text }) => text);
    assert.deepEqual(missed, []);
  });

  test('publishes none of its private data, nor any address of a private person', () => {
    const by = redactor(decisions());
    const messages: { raw: Buffer; redacted: RedactedMessage }[] = [];
    for (const raw of sampleMail()) messages.push({ raw, redacted: redact(raw, by) });
    assert.ok(messages.length > 250);
    const check = new LeakCheck(by.secrets());
    assert.ok(by.secrets().length > 60);
    for (const { redacted } of messages) {
      const bytes = published(redacted);
      const leaks = check
        .find(bytes)
        .map(({ secret, via }) => `${by.secrets()[secret]?.text} ${via.join(' ')}`);
      assert.deepEqual(leaks, [], redacted.subject);
      const plain = plainly(bytes);
      for (const { text } of planted)
        assert.ok(
          !plain.includes(text.toLowerCase().replace(/[^a-z0-9]/g, '')),
          `${text} in ${redacted.subject}`,
        );
      assert.doesNotMatch(
        bytes.toString('latin1').replace(/<[^<>\s]+@[^<>\s]+>/g, ''),
        /[\w.]+@(?:postbox|oldsalt|pellsmussels)\.example/,
      );
    }
  });

  test('gives the same placeholder for the same thing in every message', () => {
    const by = redactor(decisions());
    const seen = new Set<string>();
    for (const raw of sampleMail()) {
      if (!raw.includes('900345')) continue;
      const { text } = redact(raw, by);
      for (const [placeholder] of text
        .map((each) => each.text)
        .join('')
        .matchAll(/\[phone \d+\]/g))
        seen.add(placeholder);
    }
    assert.equal(seen.size >= 1, true);
    assert.ok(seen.size <= 2, [...seen].join());
  });

  test('publishes the raw bytes, and every segment, of a message of which nothing is hidden', () => {
    const by = redactor(decisions({ everywhere: [], isPublic: () => true }));
    let whole = 0;
    for (const raw of sampleMail()) {
      const redacted = redact(raw, by);
      if (redacted.raw === null) {
        assert.ok(redacted.redactions.length > 0 || redacted.segments.some(({ shown }) => !shown));
        continue;
      }
      whole += 1;
      assert.deepEqual(
        Buffer.concat(
          redacted.segments.map((segment) => (segment.shown ? Buffer.from(segment.bytes) : Buffer.of())),
        ),
        raw,
      );
    }
    assert.ok(whole > 100, String(whole));
  });

  test('hides signatures and hashes over what is hidden', () => {
    const by = redactor(decisions());
    let signed = 0;
    for (const raw of sampleMail()) {
      if (!/^DKIM-Signature:/im.test(raw.toString('latin1'))) continue;
      const redacted = redact(raw, by);
      if (redacted.segments.every(({ shown }) => shown)) continue;
      signed += 1;
      assert.ok(redacted.fields.every(({ name }) => !/^(?:dkim|arc)-/i.test(name)));
      assert.ok(
        redacted.segments.every(
          (segment) => !segment.shown || !/bh=/.test(Buffer.from(segment.bytes).toString('latin1')),
        ),
      );
    }
    assert.ok(signed > 20);
  });

  test('masks what stands in base64 in the text, and across two of its parts', () => {
    const by = redactor(decisions());
    const block = Buffer.from(
      `Please ring ${planted.find(({ kind }) => kind === 'phone')?.text ?? ''}, any hour of the day.`,
    ).toString('base64');
    const lines = `${block.slice(0, 40)}\n${block.slice(40)}`;
    const raw = Buffer.from(`From: a@b.example\nSubject: x\n\nSee:\n${lines}\n-- \nAnn\n`);
    const redacted = redact(raw, by);
    assert.doesNotMatch(redacted.text.map(({ text }) => text).join(''), new RegExp(block.slice(10, 40)));
    assert.deepEqual(new LeakCheck(by.secrets()).find(published(redacted)), []);
  });

  test('cannot be published around the type', () => {
    const by = redactor(decisions());
    const [raw] = sampleMail();
    assert.ok(raw !== undefined);
    const redacted = redact(raw, by);
    assert.ok(RedactedMessage.isSealed(redacted));
    assert.ok(!RedactedMessage.isSealed({ ...redacted }));
    assert.throws(() => RedactedMessage.seal({ ...redacted, raw }), RangeError);
  });
});
