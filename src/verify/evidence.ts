/**
 * The evidence record of a message: what was checked, over which bytes, with which key, by which program under which
 * rules. It is made anew from the message whenever it is asked for, and is the same text every time (RFC 8785).
 *
 *   {"arc":{…},"author":[],"findings":[],"label":{"name":"domain-signed",…},"message":{"sha256":"9f…",…},
 *    "signatures":[{"body":{"sha256":"…"},"header":{"sha256":"…"},"key":{"txt":"v=DKIM1; …"},…}],"v":1}
 *
 * Who has the message and this record can compute both digests with any tool, and check the signature with the key.
 */
import { createHash } from 'node:crypto';
import type { HeaderField } from '../message/message.js';
import type { Json } from '../proof/canonical-json.js';
import type { ArcSet } from './arc.js';
import { type DkimSignature, readDkimSignature } from './dkim-signature.js';
import { tellFinding } from './finding.js';
import type { SignatureJudgement } from './judgement.js';
import type { MessageJudgement } from './message-judgement.js';
import { readAsJudged } from './repairs.js';
import type { SignedField, SignedMessage } from './signed-message.js';

/** Raised whenever a name in the record gets another meaning. */
export const evidenceVersion = 1;

/** A key as the store has it. */
export interface EvidenceKey {
  readonly domain: string;
  readonly selector: string;
  readonly txt: string;
  readonly spkiSha256: string | undefined;
  readonly sighting: {
    readonly provenance: string;
    readonly observers: readonly string[];
    readonly firstSeen: number | undefined;
    readonly lastSeen: number | undefined;
  };
}

export interface Evidence {
  readonly judgement: MessageJudgement;
  /** The bytes that were received. */
  readonly raw: Buffer;
  /** Keys of the selectors that the message names. */
  readonly keys: readonly EvidenceKey[];
  /** SHA-256 of another message, by number. */
  readonly hashOf: (number: number) => string | undefined;
}

export function evidenceRecord({ judgement, raw, keys, hashOf }: Evidence): Json {
  const { sha256, label, sentence, signatures, arc, author, findings, under } = judgement;
  const message = readAsJudged(raw, []);
  const fields = message.named('dkim-signature');
  return {
    v: evidenceVersion,
    message: { sha256, bytes: raw.length },
    label: { name: label, sentence },
    signatures: signatures.map((signature, index) => signatureEvidence(raw, signature, index, keys)),
    arc: { result: arc.result, reason: arc.reason, sets: arc.sets.map((set) => setEvidence(set, keys)) },
    author: author.map((one) => ({ ...one, key: one.key ?? null, signedAt: timeOf(one.signedAt) })),
    findings: findings.map((finding) => {
      const { code, level, facts, benign, rule, others } = tellFinding(finding);
      return { code, level, facts, benign, rule, others: others.map((number) => hashOf(number) ?? null) };
    }),
    testimony: testimonyOf(message.fields),
    fields: {
      'dkim-signature': fields.length,
      from: message.named('from').map(({ body }) => wellFormed(body)),
    },
    under: { at: timeOf(under.at), tools: { ...under.tools }, rules: { ...under.rules } },
  };
}

/** What receivers wrote about their own checks: quoted, never counted as verification. */
export const testimonyOf = (fields: readonly HeaderField[]): string[] =>
  fields
    .filter(({ name }) => name.toLowerCase() === 'authentication-results')
    .slice(0, maxTestimonies)
    .map(({ body }) => wellFormed(body.replace(/\s+/g, ' ').slice(0, 1_000)));

const maxTestimonies = 20;

const wellFormed = (text: string): string => text.toWellFormed();

const timeOf = (time: number | undefined): string | null =>
  time === undefined || !(Math.abs(time) <= 8.64e15) ? null : new Date(time).toISOString();

function signatureEvidence(
  raw: Buffer,
  signature: SignatureJudgement,
  index: number,
  keys: readonly EvidenceKey[],
): Json {
  const { domain, selector, algorithm, result, reason, flags, signedFields, unsignedBytes } = signature;
  const message = readAsJudged(raw, flags);
  const field = message.named('dkim-signature')[index];
  const read = field === undefined ? undefined : readDkimSignature(field.body);
  const bytes =
    field === undefined || read === undefined || 'unreadable' in read
      ? undefined
      : digests(message, field, read);
  return {
    domain,
    selector,
    algorithm,
    canonicalization: signature.canonicalization,
    result,
    reason: wellFormed(reason),
    flags,
    body: { state: signature.body, ...bytes?.body, unsignedBytes },
    header: { state: signature.header, ...bytes?.header, signedFields: signedFields.map(wellFormed) },
    signedAt: signature.signedAt ?? null,
    expiresAt: signature.expiresAt ?? null,
    key: keyEvidence(keys, signature),
    keysTried: keys.filter((key) => key.domain === domain && key.selector === selector).length,
  };
}

/** The two digests that a signature stands on: of the canonical body, and of what b= was made over. */
function digests(
  message: SignedMessage,
  own: SignedField,
  read: DkimSignature,
): Readonly<Record<'body' | 'header', Readonly<Record<string, Json>>>> {
  const cuts = read.bodyLength === undefined ? [] : [read.bodyLength];
  const digest = message.digest(read.bodyForm, read.hash, cuts);
  const found = read.bodyLength === undefined ? digest.whole : digest.prefixes.get(read.bodyLength);
  const input = message.headerInput(read.signedNames, read.headerForm, own);
  return {
    body: {
      canonicalBytes: digest.length,
      hash: read.hash,
      digest: found?.toString('hex') ?? null,
      signed: read.bodyHash.toString('hex'),
    },
    header: { canonicalBytes: input.length, sha256: createHash('sha256').update(input).digest('hex') },
  };
}

function setEvidence(
  { instance, domain, selector, cv, seal, key, flags, signature, testimony }: ArcSet,
  keys: readonly EvidenceKey[],
): Json {
  return {
    instance,
    domain,
    selector,
    cv: wellFormed(cv.slice(0, 20)),
    seal,
    flags,
    key: keyEvidence(keys, { domain, selector, key }),
    messageSignature: { result: signature.result, body: signature.body, header: signature.header },
    testimony: wellFormed(testimony.slice(0, 1_000)),
  };
}

function keyEvidence(
  keys: readonly EvidenceKey[],
  {
    domain,
    selector,
    key,
  }: { readonly domain: string; readonly selector: string; readonly key: string | undefined },
): Json {
  const found = keys.find(
    (one) =>
      key !== undefined && one.spkiSha256 === key && one.domain === domain && one.selector === selector,
  );
  if (found === undefined) return null;
  const { provenance, observers, firstSeen, lastSeen } = found.sighting;
  return {
    name: `${selector}._domainkey.${domain}`,
    txt: found.txt,
    spkiSha256: key,
    provenance,
    observers: observers.map(wellFormed),
    firstSeen: timeOf(firstSeen),
    lastSeen: timeOf(lastSeen),
  };
}
