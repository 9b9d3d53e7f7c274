/**
 * ARC chains (RFC 8617): each receiver that forwards a message seals what it found when the message arrived.
 *
 *   ARC-Authentication-Results: i=1; lists.example.org; dkim=pass header.d=example.net
 *   ARC-Message-Signature: i=1; a=rsa-sha256; d=lists.example.org; s=arc; h=from:to:subject; bh=…; b=…
 *   ARC-Seal: i=1; a=rsa-sha256; cv=none; d=lists.example.org; s=arc; b=…
 *
 * A chain that passes says that the sealing domains vouch for what they saw: testimony of receivers, and no
 * signature of the sender.
 */
import { limits } from '../limits.js';
import type { CandidateKey } from './candidate.js';
import { type JudgingContext, judgeFields, keyFlags, verifies } from './dkim.js';
import { isDomainName, readDomain } from './dkim-signature.js';
import type { PartState, SignatureFlag, SignatureJudgement } from './judgement.js';
import { findMismatch, type UsableKey } from './key-record.js';
import type { SignedField, SignedMessage } from './signed-message.js';
import { base64Bytes, parseTags, withoutBlanks } from './tag-list.js';

export interface ArcSet {
  readonly instance: number;
  /** d= and s= of the seal. */
  readonly domain: string;
  readonly selector: string;
  /** What the sealer says of the chain before it. */
  readonly cv: string;
  readonly seal: PartState;
  /** SHA-256 (hex) of the key that verified the seal. */
  readonly key: string | undefined;
  /** `weak-key` and `burned-key` of that key. */
  readonly flags: readonly SignatureFlag[];
  /** The set's ARC-Message-Signature; only the newest is expected to verify. */
  readonly signature: SignatureJudgement;
  /** What the sealer recorded, as written: quoted, never counted as verification. */
  readonly testimony: string;
}

export interface ArcChain {
  /** `no-key`: nothing speaks against the chain, and a key is missing. */
  readonly result: 'none' | 'pass' | 'fail' | 'no-key';
  /** Why it is no pass; '' otherwise. */
  readonly reason: string;
  readonly sets: readonly ArcSet[];
}

interface Seal {
  readonly domain: string;
  readonly selector: string;
  readonly cv: string;
  readonly keyType: 'rsa' | 'ed25519';
  readonly signature: Buffer;
}

/** The three fields of one set, read. */
interface SetFields {
  readonly results: SignedField;
  readonly message: SignedField;
  readonly seal: SignedField;
  readonly sealed: Seal;
}

const none: ArcChain = { result: 'none', reason: '', sets: [] };
const fail = (reason: string, sets: readonly ArcSet[] = []): ArcChain => ({ result: 'fail', reason, sets });

/** Validates the chain of a message (RFC 8617 5.2). Pure; never throws on mail. */
export function judgeArc(message: SignedMessage, context: JudgingContext): ArcChain {
  const fields = collect(message);
  if (typeof fields === 'string') return fail(fields);
  if (fields.length === 0) return none;
  const signatures = judgeFields(
    message,
    fields.map((set) => set.message),
    'arc',
    context,
  );
  const sets = fields.map((set, index): ArcSet => {
    const signature = signatures[index];
    if (signature === undefined) throw new Error('a signature was judged away');
    const { state, key, flags } = judgeSeal(message, fields.slice(0, index + 1), context);
    const { domain, selector, cv } = set.sealed;
    const testimony = set.results.body;
    return { instance: index + 1, domain, selector, cv, seal: state, key, flags, signature, testimony };
  });
  return conclude(sets);
}

function conclude(sets: readonly ArcSet[]): ArcChain {
  const newest = sets.at(-1);
  if (newest === undefined) return none;
  if (newest.cv === 'fail')
    return fail(`the seal of set ${newest.instance} says that the chain had failed`, sets);
  for (const { instance, cv } of sets) {
    const expected = instance === 1 ? 'none' : 'pass';
    if (cv !== expected)
      return fail(`set ${instance} has cv=${cv.slice(0, 20)} where cv=${expected} belongs`, sets);
  }
  const { result, body, reason } = newest.signature;
  if (body === 'differs' || (result !== 'verified' && result !== 'no-key'))
    return fail(`the newest message signature (set ${newest.instance}): ${reason}`, sets);
  const broken = sets.findLast(({ seal }) => seal === 'differs');
  if (broken !== undefined) return fail(`the seal of set ${broken.instance} does not verify`, sets);
  // RFC 8301 3.2: below 1,024 bits anybody may have sealed, and a seal has nothing else to say.
  const weak = sets.findLast(({ flags }) => flags.length > 0);
  if (
    weak !== undefined ||
    newest.signature.flags.some((flag) => flag === 'weak-key' || flag === 'burned-key')
  )
    return fail(`set ${(weak ?? newest).instance} was made with a key that others may hold`, sets);
  const open = sets.findLast(({ seal }) => seal === 'unchecked');
  if (open !== undefined)
    return { result: 'no-key', reason: `no key for the seal of set ${open.instance}`, sets };
  if (result === 'no-key')
    return { result: 'no-key', reason: `no key for the message signature of set ${newest.instance}`, sets };
  return { result: 'pass', reason: '', sets };
}

const names = ['arc-authentication-results', 'arc-message-signature', 'arc-seal'] as const;

/** The sets 1 to N, each complete; a string says how they are not. */
function collect(message: SignedMessage): SetFields[] | string {
  const byInstance = new Map<number, Map<string, SignedField>>();
  for (const name of names) {
    for (const field of message.named(name)) {
      const instance = readInstance(name, field.body);
      if (instance === undefined) return `${name} without a valid instance`;
      if (instance > limits.maxArcSets) return `more than ${limits.maxArcSets} sets`;
      const set = byInstance.get(instance) ?? new Map<string, SignedField>();
      if (set.has(name)) return `set ${instance} has two ${name} fields`;
      byInstance.set(instance, set.set(name, field));
    }
  }
  const sets: SetFields[] = [];
  for (let instance = 1; instance <= byInstance.size; instance++) {
    const set = readSet(instance, byInstance.get(instance));
    if (typeof set === 'string') return set;
    sets.push(set);
  }
  return sets;
}

function readSet(instance: number, set: ReadonlyMap<string, SignedField> | undefined): SetFields | string {
  if (set === undefined) return `set ${instance} is missing`;
  const [results, message, seal] = names.map((name) => set.get(name));
  if (results === undefined || message === undefined || seal === undefined)
    return `set ${instance} is incomplete`;
  // RFC 8617 4.1.2: seals come later than the signature that would sign them.
  const signed = withoutBlanks(parseTags(message.body).tags.get('h') ?? '').toLowerCase();
  if (signed.split(':').includes('arc-seal')) return `the message signature of set ${instance} signs a seal`;
  const sealed = readSeal(seal.body);
  return typeof sealed === 'string'
    ? `the seal of set ${instance}: ${sealed}`
    : { results, message, seal, sealed };
}

function readInstance(name: string, body: string): number | undefined {
  const text =
    name === 'arc-authentication-results'
      ? /^\s{0,1000}i\s{0,1000}=\s{0,1000}(\d{1,3})\s{0,1000}(?:;|$)/.exec(body)?.[1]
      : parseTags(body).tags.get('i');
  const instance = text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return instance > 0 ? instance : undefined;
}

function readSeal(body: string): Seal | string {
  const { tags, problem } = parseTags(body);
  if (problem !== undefined) return problem;
  if (tags.has('h')) return 'h= is not allowed';
  if (tags.has('bh')) return 'bh= is not allowed';
  const algorithm = (tags.get('a') ?? '').toLowerCase();
  if (algorithm !== 'rsa-sha256' && algorithm !== 'ed25519-sha256')
    return 'a= names no algorithm that is known';
  const domain = readDomain(tags.get('d') ?? '');
  const selector = readDomain(tags.get('s') ?? '');
  if (!isDomainName(domain) || !isDomainName(selector)) return 'd= or s= is no name';
  const time = tags.get('t');
  if (time !== undefined && !/^\d{1,12}$/.test(time)) return 't= is no number';
  const signature = base64Bytes(tags.get('b') ?? '');
  if (signature === undefined) return 'b= is no base64';
  const cv = (tags.get('cv') ?? '').toLowerCase();
  if (cv === '') return 'cv= missing';
  return { domain, selector, cv, signature, keyType: algorithm === 'rsa-sha256' ? 'rsa' : 'ed25519' };
}

/** Judges the last seal of `sets`: it covers all sets up to its own (RFC 8617 5.1.1), or its own alone after a failure (5.1.2). */
function judgeSeal(
  message: SignedMessage,
  sets: readonly SetFields[],
  { findKeys }: JudgingContext,
): { state: PartState; key: string | undefined; flags: readonly SignatureFlag[] } {
  const last = sets.at(-1);
  if (last === undefined) return { state: 'unchecked', key: undefined, flags: [] };
  const { sealed } = last;
  const covered = sealed.cv === 'fail' ? [last] : sets;
  const fields = covered.flatMap(({ results, message: signature, seal }) => [results, signature, seal]);
  const input = message.sealInput(fields.slice(0, -1), last.seal);
  let state: PartState = 'unchecked';
  for (const candidate of findKeys(sealed.domain, sealed.selector).slice(0, limits.maxCandidateKeys)) {
    const key = usableKey(candidate, sealed);
    if (key === undefined) continue;
    if (verifies(input, sealed.signature, 'sha256', key.publicKey))
      return { state: 'intact', key: key.spkiSha256, flags: keyFlags(candidate, key) };
    state = 'differs';
  }
  return { state, key: undefined, flags: [] };
}

function usableKey({ record }: CandidateKey, { keyType }: Seal): UsableKey | undefined {
  if ('unusable' in record) return undefined;
  return findMismatch(record, keyType, 'sha256', true) === undefined ? record : undefined;
}
