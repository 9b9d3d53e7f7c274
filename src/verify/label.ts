/**
 * The one label of a message, by rule, with its exact sentence. A label says what was shown and how, and is never a
 * verdict on a person: DKIM shows that a domain's server signed, not who typed, received, or meant a message, nor
 * that its date is true.
 */
import type { ArcChain } from './arc.js';
import type { AuthorSignature } from './author/author-signature.js';
import type { Finding } from './finding.js';
import type { SignatureJudgement } from './judgement.js';
import type { Provenance } from './keys/found-record.js';

export const labels = [
  'domain-signed',
  'key-unconfirmed',
  'partly-signed',
  'receiver-attested',
  'author-signed',
  'no-conflict',
  'inconclusive',
  'conflict',
] as const;
export type Label = (typeof labels)[number];

/** As people read them. */
export const labelNames: Readonly<Record<Label, string>> = {
  'domain-signed': 'Domain-signed',
  'key-unconfirmed': 'Domain-signed, key unconfirmed',
  'partly-signed': 'Partly signed',
  'receiver-attested': 'Receiver-attested',
  'author-signed': 'Author-signed',
  'no-conflict': 'No signature, no conflict found',
  inconclusive: 'Inconclusive',
  conflict: 'Conflict',
};

/** Raised whenever a rule would label the same facts otherwise. */
export const labelVersion = 1;

export interface Labelled {
  readonly label: Label;
  readonly sentence: string;
}

export interface LabelFacts {
  readonly signatures: readonly SignatureJudgement[];
  readonly arc: ArcChain;
  readonly findings: readonly Finding[];
  readonly author: readonly AuthorSignature[];
}

export function labelOf(facts: LabelFacts): Labelled {
  const conflicts = facts.findings.filter(({ level }) => level === 'conflict');
  if (conflicts.length > 0) {
    const told = conflicts.map((finding) => finding.facts.join('; ')).join('. ');
    return { label: 'conflict', sentence: `${told}. A person must review this before publication.` };
  }
  const verified = facts.signatures.filter(
    ({ result, flags }) => result === 'verified' && !flags.includes('burned-key'),
  );
  const whole = verified.filter((signature) => gapsOf(signature).length === 0);
  const confirmed = whole.find((signature) => isConfirmed(signature));
  if (confirmed !== undefined) return { label: 'domain-signed', sentence: signedSentence(confirmed) };
  const [unconfirmed] = whole;
  if (unconfirmed !== undefined)
    return {
      label: 'key-unconfirmed',
      sentence: `${signedSentence(unconfirmed)} ${doubtOf(unconfirmed)}`,
    };
  const [partly] = verified;
  if (partly !== undefined) return { label: 'partly-signed', sentence: partlySentence(partly) };
  if (facts.arc.result === 'pass')
    return { label: 'receiver-attested', sentence: attestedSentence(facts.arc) };
  const author = facts.author.find((each) => each.result === 'verified' && doubtsOf(each).length === 0);
  if (author !== undefined) return { label: 'author-signed', sentence: authorSentence(author) };
  if (facts.signatures.length > 0 || facts.arc.result !== 'none' || facts.author.length > 0)
    return { label: 'inconclusive', sentence: inconclusiveSentence(facts) };
  return { label: 'no-conflict', sentence: 'We found nothing against it; that is not proof.' };
}

const seen: ReadonlySet<Provenance> = new Set([
  'dnssec',
  'attested-observation',
  'several-archives',
  'single-archive',
]);

/** Somebody other than the submitter saw the domain publish the key, and it is not one that outsiders can compute. */
function isConfirmed({ sighting, flags }: SignatureJudgement): boolean {
  return sighting !== undefined && seen.has(sighting.provenance) && !flags.includes('weak-key');
}

function doubtOf({ flags }: SignatureJudgement): string {
  return flags.includes('weak-key')
    ? 'The key is so short that others could have computed its private half.'
    : 'We could not confirm that the domain published this key.';
}

/** Fields that a reader takes for the message; other unsigned fields are flagged and do not change the label. */
const readFields = ['from', 'to', 'cc', 'subject', 'date'];

/** What a verified signature leaves open, as ends of "it does not cover …". */
function gapsOf({ flags, unsignedBytes, domain }: SignatureJudgement): string[] {
  const gaps: string[] = [];
  if (flags.includes('duplicate-header')) gaps.push('which of two fields of one name was meant');
  for (const name of readFields)
    if (flags.includes(`unsigned:${name}`)) gaps.push(`the ${fieldName(name)} field`);
  if (flags.includes('partial-body')) gaps.push(`the last ${unsignedBytes} bytes of the body`);
  if (flags.includes('unaligned')) gaps.push(`the domain in From, which is not ${domain}`);
  return gaps;
}

const fieldName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

function windowOf({ sighting }: SignatureJudgement): string {
  const { firstSeen, lastSeen } = sighting ?? {};
  if (firstSeen === undefined || lastSeen === undefined) return 'at a time that was not recorded';
  return day(firstSeen) === day(lastSeen)
    ? `on ${day(firstSeen)}`
    : `from ${day(firstSeen)} to ${day(lastSeen)}`;
}

function signedSentence(signature: SignatureJudgement): string {
  const { sighting, domain } = signature;
  const source =
    sighting === undefined
      ? `A key that is said to be one of ${domain}`
      : `A key that ${sighting.observers.join(' and ') || 'somebody'} saw ${domain} publish ${windowOf(signature)}`;
  return `${source} signed these headers and this whole body.`;
}

function partlySentence(signature: SignatureJudgement): string {
  const fields = signature.signedFields.filter((name) => readFields.includes(name)).map(fieldName);
  const body = signature.flags.includes('partial-body') ? 'the beginning of the body' : 'the body';
  const gaps = gapsOf(signature);
  return `The signature of ${signature.domain} covers ${[...fields, body].join(', ')}; it does not cover ${gaps.join(', nor ')}.`;
}

function attestedSentence({ sets }: ArcChain): string {
  const newest = sets.at(-1);
  const testimony = (newest?.testimony ?? '').replace(/\s+/g, ' ').slice(0, 300);
  return `${newest?.domain ?? ''} sealed that it accepted this message with: ${testimony}`;
}

function authorSentence({ kind, signer, trust }: AuthorSignature): string {
  return `A key of ${signer || 'an unnamed signer'} signed the content of this message (${kind})${trust === '' ? '' : `; ${trust}`}.`;
}

function inconclusiveSentence({ signatures, arc, author }: LabelFacts): string {
  const parts: string[] = [];
  const failed = signatures.filter(({ result }) => result === 'failed');
  const altered = signatures.filter(({ result }) => result === 'headers-only');
  const burned = signatures.filter(({ flags }) => flags.includes('burned-key'));
  const keyless = signatures.filter(({ result }) => result === 'no-key');
  const unread = signatures.filter(({ result }) => result === 'malformed' || result === 'unsupported');
  if (burned.length > 0) parts.push('A signature verifies under a key whose private half others can have.');
  if (failed.length > 0)
    parts.push('Signature does not verify. Causes include conversion, a wrong key, or alteration.');
  for (const { domain } of altered.slice(0, 3))
    parts.push(
      `The signature of ${domain} holds for these headers and not for this body. Causes include conversion, a footer that a list added, or alteration.`,
    );
  for (const { domain, selector, body } of keyless.slice(0, 3))
    parts.push(
      `No key of ${domain} (selector ${selector}) is at hand; the body ${body === 'intact' ? 'is' : 'is not'} the one that was signed.`,
    );
  if (unread.length > 0) parts.push('A signature cannot be read or is of a kind that is not checked.');
  if (arc.result === 'fail') parts.push(`The chain of receivers does not hold: ${arc.reason}.`);
  if (arc.result === 'no-key') parts.push(`The chain of receivers cannot be checked: ${arc.reason}.`);
  for (const each of author) parts.push(openAuthorSentence(each));
  return parts.join(' ');
}

/** Why a signature of an author that verifies says less than it seems to, as ends of "but …". */
function doubtsOf({ flags }: AuthorSignature): string[] {
  const doubts: ReadonlyMap<string, string> = new Map([
    ['unaligned', 'its key is not one of the address in From'],
    ['revoked-key', 'its key was revoked'],
    ['weak-key', 'its key is so short that others could have computed its private half'],
    ['partial-body', 'it does not cover the whole content'],
  ]);
  return flags.flatMap((flag) => doubts.get(flag) ?? []);
}

function openAuthorSentence(signature: AuthorSignature): string {
  const { kind, result, reason } = signature;
  if (result === 'unchecked') return `A signature is present and was not checked (${kind}).`;
  if (result === 'verified')
    return `The ${kind} signature verifies, but ${doubtsOf(signature).join(', and ')}.`;
  return `The ${kind} signature does not verify: ${reason}.`;
}
