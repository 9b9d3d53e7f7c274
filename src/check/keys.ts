/** Whose key a release is checked with, and whether the key files in it say the same. */
import { formatMinisignKey, verifyMinisign } from '../proof/minisign.js';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from '../proof/signed-note.js';
import { formatAllowedSigner, verifySsh } from '../proof/ssh-signature.js';
import type { ReleaseFolder } from './folder.js';
import { Check, type Finding } from './report.js';

export const keyPaths = {
  verifier: 'keys/verifier-key.txt',
  allowedSigners: 'keys/allowed_signers',
  minisign: 'keys/minisign.pub',
} as const;

/** What is signed besides the checkpoint's own note. */
export const signedFiles = ['checkpoint', 'tagmanifest-sha256.txt'] as const;

export interface FoundKey {
  /** Undefined where there is none to check with. */
  readonly key: VerifierKey | undefined;
  readonly finding: Finding;
}

/** `known`: the key that the reader has from elsewhere, as a vkey; undefined takes the one in the release at its word. */
export function findKey(folder: ReleaseFolder, known: string | undefined): FoundKey {
  const check = new Check('key', '');
  const own = folder.findText(keyPaths.verifier);
  const key = parseVerifierKey(known ?? own?.trimEnd() ?? '');
  if (key === undefined) {
    check.fault(
      known === undefined
        ? `${keyPaths.verifier} is not a verifier key`
        : 'the key given is not a verifier key',
    );
    return { key, finding: check.finding('there is a key to check with') };
  }
  const vkey = formatVerifierKey(key);
  check.expect(own === `${vkey}\n`, `${keyPaths.verifier} is not ${vkey}`);
  check.expect(
    folder.findText(keyPaths.allowedSigners) === formatAllowedSigner(key.name, key.publicKey),
    `${keyPaths.allowedSigners} does not say the same key`,
  );
  check.expect(
    folder.findText(keyPaths.minisign) === formatMinisignKey(key.name, key.publicKey),
    `${keyPaths.minisign} does not say the same key`,
  );
  return {
    key,
    finding: check.finding(
      known === undefined
        ? `key ${vkey}, as the release itself says: compare it with one that you have from elsewhere`
        : `key ${vkey}, as given`,
    ),
  };
}

/** The SSH and minisign signatures beside the signed files. */
export function checkSignatures(folder: ReleaseFolder, { name, publicKey }: VerifierKey): Finding {
  const check = new Check('signatures', `SSH and minisign signatures of ${signedFiles.join(' and ')}`);
  for (const path of signedFiles) {
    const message = folder.find(path) ?? Buffer.alloc(0);
    check.expect(
      verifySsh(message, folder.findText(`${path}.sig`) ?? '', publicKey),
      `${path}.sig is not a signature of ${path} by this key`,
    );
    check.expect(
      verifyMinisign(message, folder.findText(`${path}.minisig`) ?? '', name, publicKey),
      `${path}.minisig is not a signature of ${path} by this key`,
    );
  }
  return check.finding();
}
