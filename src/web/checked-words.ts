/** The words of a judgement, explained as pages show them. */
import type { SignatureFlag, SignatureResult } from '../verify/judgement.js';
import type { Provenance } from '../verify/keys/found-record.js';
import type { Label } from '../verify/label.js';

export const resultWords: Readonly<Record<SignatureResult, string>> = {
  verified: 'a key at hand signed these headers and this body, as far as the notes on the signature say',
  'headers-only': 'a key at hand signed these headers; the body is another one than was signed',
  failed: 'keys of this selector are at hand, and none of them made this signature over these headers',
  'no-key': 'no usable key of this selector is at hand, so that only the body could be compared',
  unsupported: 'an algorithm, version or size that is not checked here',
  malformed: 'the field breaks the standard so that nothing can be checked',
};

export const provenanceWords: Readonly<Record<Provenance, string>> = {
  dnssec: 'proved by DNSSEC',
  'attested-observation': 'seen in DNS by somebody who signed for it, or by this program',
  'several-archives': 'seen in DNS by several archives',
  'single-archive': 'seen in DNS by one archive',
  recovered: 'computed from messages that it signed; nobody saw the domain publish it',
  'submitter-supplied': 'given by whoever submitted the mail; nobody else confirms it',
};

export const labelWords: Readonly<Record<Label, string>> = {
  'domain-signed': 'A key that somebody saw the domain publish signed these headers and the whole body.',
  'key-unconfirmed': 'As Domain-signed, but nobody apart from the submitter saw the domain publish the key.',
  'partly-signed': 'A signature holds, and leaves open something that a reader sees.',
  'receiver-attested': 'A later server sealed what it found when the message arrived.',
  'author-signed': 'An S/MIME certificate or an OpenPGP key signed the content.',
  'no-conflict': 'There is no signature, and nothing was found against it. That is not proof.',
  inconclusive:
    'There is a signature, and it does not hold or could not be checked. Conversion, a missing key or alteration can be the cause.',
  conflict: 'Facts contradict each other. A person must review them before publication.',
};

const flagWords: Readonly<Record<string, string>> = {
  'weak-key': 'the key is so short that others could have computed its private half',
  sha1: 'made with SHA-1, which no longer stands up to those who can pay',
  md5: 'made with MD5, which anyone can forge',
  'partial-body': 'only a part of the content is signed',
  'duplicate-header':
    'a field that should occur once occurs twice, and programs disagree about which they show',
  expired: 'the signer said that it should not be relied on after a time that has passed',
  'burned-key': 'the private half of the key is known to others: anybody could have signed',
  unaligned: 'the signer is not the domain or the address in From',
  'revoked-key': 'its holder has withdrawn the key',
  'repaired:line-endings': 'holds with line ends as on the wire; the bytes here have those of a mailbox file',
  'repaired:mboxo-unquoting': 'holds once ">From " at the start of a line is read as "From "',
  'repaired:dot-unstuffing': 'holds once ".." at the start of a line is read as "."',
  'repaired:trailing-lines': 'holds once stray lines at the end are left out',
};

/** A flag as the end of a sentence. */
export function flagWord(flag: SignatureFlag | (string & {})): string {
  if (flag.startsWith('unsigned:')) return `the field ${flag.slice('unsigned:'.length)} is not signed`;
  return flagWords[flag] ?? flag;
}
