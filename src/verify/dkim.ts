/**
 * Judges every DKIM signature of a message (RFC 6376 6.1), with every key that is known for its selector.
 *
 * Body hash and header signature are judged apart, and nothing stops at the first mismatch: an archive wants all
 * facts. Pure; never throws on mail; the time is bounded by `limits`.
 */
import { hash, type KeyObject, verify } from 'node:crypto';
import { limits } from '../limits.js';
import { isAligned } from './alignment.js';
import type { CandidateKey, KeyFinder, KeySighting } from './candidate.js';
import { type DkimSignature, readDkimSignature, type UnreadableSignature } from './dkim-signature.js';
import type { PartState, SignatureFlag, SignatureJudgement, SignatureResult } from './judgement.js';
import { findMismatch, type UsableKey } from './key-record.js';
import type { SignedField, SignedMessage } from './signed-message.js';

/** What judging needs from outside. */
export interface JudgingContext {
  readonly findKeys: KeyFinder;
  /** Seconds since 1970; only x= is compared with it. */
  readonly now: number;
}

export function judgeDkim(message: SignedMessage, context: JudgingContext): SignatureJudgement[] {
  return judgeFields(message, message.named('dkim-signature'), 'dkim', context);
}

/** Judges the given fields of `message`, which have the form of a DKIM-Signature. */
export function judgeFields(
  message: SignedMessage,
  fields: readonly SignedField[],
  kind: 'dkim' | 'arc',
  context: JudgingContext,
): SignatureJudgement[] {
  const read = fields.map((field, index): DkimSignature | UnreadableSignature => {
    const signature = readDkimSignature(field.body, kind);
    if (index < limits.maxSignatures || 'unreadable' in signature) return signature;
    const reason = `more than ${limits.maxSignatures} signatures`;
    return { ...signature, unreadable: 'unsupported', reason };
  });
  const cuts = read.flatMap((signature) =>
    'unreadable' in signature || signature.bodyLength === undefined ? [] : [signature.bodyLength],
  );
  const { from, duplicated } = messageFacts(message);
  return read.map((signature, index) => {
    if ('unreadable' in signature) return unreadable(signature);
    const own = fields[index];
    if (own === undefined) throw new Error('a signature without a field');
    const body = judgeBody(message, signature, cuts);
    const input = (): Buffer => message.headerInput(signature.signedNames, signature.headerForm, own);
    const header = judgeHeader(input, signature, context.findKeys);
    const flags = [
      ...header.flags,
      ...body.flags,
      ...duplicated,
      ...unsignedFlags(message, signature),
      ...claimFlags(signature, from, context.now),
    ];
    return compose(signature, body, header, flags);
  });
}

/** Fields that occur once (RFC 5322 3.6, RFC 2045): readers disagree about which of two they show. */
const singletons = [
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'date',
  'subject',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
] as const;

function messageFacts(message: SignedMessage): { from: string; duplicated: SignatureFlag[] } {
  const duplicated = singletons.some((name) => message.named(name).length > 1);
  return { from: message.named('from')[0]?.body ?? '', duplicated: duplicated ? ['duplicate-header'] : [] };
}

/** Singleton fields that are there and could be replaced, or joined by another one, without breaking anything. */
function unsignedFlags(message: SignedMessage, signature: DkimSignature): SignatureFlag[] {
  const flags: SignatureFlag[] = [];
  for (const name of singletons) {
    let unsigned = message.named(name).length;
    if (unsigned === 0) continue;
    for (const signed of signature.signedNames.all) if (signed === name) unsigned--;
    if (unsigned > 0) flags.push(`unsigned:${name}`);
  }
  return flags;
}

function claimFlags(signature: DkimSignature, from: string, now: number): SignatureFlag[] {
  const flags: SignatureFlag[] = [];
  if (signature.hash === 'sha1') flags.push('sha1');
  if (signature.expiresAt !== undefined && signature.expiresAt < now) flags.push('expired');
  if (!isAligned(from, signature.domain)) flags.push('unaligned');
  return flags;
}

interface BodyJudgement {
  readonly state: PartState;
  readonly reason: string;
  readonly unsignedBytes: number;
  readonly flags: readonly SignatureFlag[];
}

function judgeBody(message: SignedMessage, signature: DkimSignature, cuts: readonly number[]): BodyJudgement {
  const digest = message.digest(signature.bodyForm, signature.hash, cuts);
  const limit = signature.bodyLength;
  if (limit !== undefined && limit > digest.length) {
    const reason = `l= counts ${limit} bytes, the body has ${digest.length}`;
    return { state: 'differs', reason, unsignedBytes: 0, flags: [] };
  }
  const found = limit === undefined ? digest.whole : digest.prefixes.get(limit);
  const unsignedBytes = limit === undefined ? 0 : digest.length - limit;
  return {
    state: found?.equals(signature.bodyHash) === true ? 'intact' : 'differs',
    reason: 'the body is not the one that was signed',
    unsignedBytes,
    flags: unsignedBytes > 0 ? ['partial-body'] : [],
  };
}

interface HeaderJudgement {
  readonly state: PartState;
  readonly reason: string;
  readonly key: UsableKey | undefined;
  readonly sighting?: KeySighting | undefined;
  readonly flags: readonly SignatureFlag[];
}

const weakRsaBits = 1024;

function judgeHeader(
  /** Made when the first key is tried: most signatures of most troves have none. */
  input: () => Buffer,
  signature: DkimSignature,
  findKeys: KeyFinder,
): HeaderJudgement {
  const candidates = findKeys(signature.domain, signature.selector);
  const reasons = new Set<string>();
  let tried = 0;
  let bytes: Buffer | undefined;
  for (const candidate of candidates.slice(0, limits.maxCandidateKeys)) {
    const mismatch = findReason(candidate, signature);
    if (mismatch !== undefined) {
      reasons.add(mismatch);
      continue;
    }
    // `findReason` refuses records that hold no key.
    const key = candidate.record as UsableKey;
    tried += 1;
    bytes ??= input();
    if (!verifies(bytes, signature.signature, signature.hash, key.publicKey)) continue;
    return {
      state: 'intact',
      reason: '',
      key,
      sighting: candidate.sighting,
      flags: keyFlags(candidate, key),
    };
  }
  if (tried > 0) {
    const which = tried === 1 ? 'the one key' : `none of the ${tried} keys`;
    const reason = `${which} known for this selector ${tried === 1 ? 'does not verify' : 'verifies'} the signature`;
    return { state: 'differs', reason, key: undefined, flags: [] };
  }
  const reason = candidates.length === 0 ? 'no key is at hand' : [...reasons].join('; ');
  return { state: 'unchecked', reason, key: undefined, flags: [] };
}

function findReason({ record }: CandidateKey, signature: DkimSignature): string | undefined {
  if ('unusable' in record) return record.reason;
  return findMismatch(
    record,
    signature.keyType,
    signature.hash,
    signature.identityDomain === signature.domain,
  );
}

export function keyFlags(candidate: CandidateKey, key: UsableKey): SignatureFlag[] {
  const flags: SignatureFlag[] = [];
  if (key.type === 'rsa' && key.bits < weakRsaBits) flags.push('weak-key');
  if (candidate.burned || (key.type === 'rsa' && key.bits <= forgeableRsaBits)) flags.push('burned-key');
  return flags;
}

/** Factored by anyone in hours since about 2012. */
const forgeableRsaBits = 512;

/** RSASSA-PKCS1-v1_5 (RFC 8017 8.2), or Ed25519 over the SHA-256 of the input (RFC 8463 3). */
export function verifies(
  input: Buffer,
  signature: Buffer,
  hashName: 'sha1' | 'sha256',
  key: KeyObject,
): boolean {
  try {
    return key.asymmetricKeyType === 'ed25519'
      ? verify(null, hash('sha256', input, 'buffer'), key, signature)
      : verify(hashName, input, key, signature);
  } catch {
    // OpenSSL refuses keys too small for the digest and other nonsense: none of them verifies anything.
    return false;
  }
}

function compose(
  signature: DkimSignature,
  body: BodyJudgement,
  header: HeaderJudgement,
  flags: readonly SignatureFlag[],
): SignatureJudgement {
  const reasons = [header.reason, body.state === 'differs' ? body.reason : ''].filter(
    (reason) => reason !== '',
  );
  return {
    domain: signature.domain,
    selector: signature.selector,
    algorithm: signature.algorithm,
    canonicalization: signature.canonicalization,
    body: body.state,
    header: header.state,
    result: resultOf(body.state, header.state),
    reason: reasons.join('; '),
    flags,
    key: header.key?.spkiSha256,
    sighting: header.sighting,
    signedFields: signature.signedNames.distinct,
    unsignedBytes: body.unsignedBytes,
    signedAt: signature.signedAt,
    expiresAt: signature.expiresAt,
  };
}

function resultOf(body: PartState, header: PartState): SignatureResult {
  if (header === 'unchecked') return 'no-key';
  if (header === 'differs') return 'failed';
  return body === 'intact' ? 'verified' : 'headers-only';
}

function unreadable(signature: UnreadableSignature): SignatureJudgement {
  const { domain, selector, algorithm, canonicalization, reason } = signature;
  return {
    domain,
    selector,
    algorithm,
    canonicalization,
    body: 'unchecked',
    header: 'unchecked',
    result: signature.unreadable,
    reason,
    flags: [],
    key: undefined,
    sighting: undefined,
    signedFields: [],
    unsignedBytes: 0,
    signedAt: undefined,
    expiresAt: undefined,
  };
}
