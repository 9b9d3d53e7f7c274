/** Everything that a key makes for a release: the checkpoint, signatures beside files, the key files that readers check with. */
import { formatCheckpoint } from '../proof/checkpoint.js';
import { formatMinisignKey, signMinisign } from '../proof/minisign.js';
import { formatVerifierKey, signNote } from '../proof/signed-note.js';
import { formatAllowedSigner, signSsh } from '../proof/ssh-signature.js';
import type { FolderWriter } from './folder-writer.js';
import type { ReleaseKey } from './key.js';

export function signCheckpoint(key: ReleaseKey, size: number, root: Buffer): string {
  return signNote(formatCheckpoint({ origin: key.name, size, root }), key.name, key);
}

export function writeKeys(folder: FolderWriter, { name, publicKey }: ReleaseKey): void {
  folder.write('keys/verifier-key.txt', `${formatVerifierKey({ name, publicKey })}\n`);
  folder.write('keys/allowed_signers', formatAllowedSigner(name, publicKey));
  folder.write('keys/minisign.pub', formatMinisignKey(name, publicKey));
}

/** Writes a file, and two signatures over the same bytes beside it. */
export function writeSigned(folder: FolderWriter, path: string, content: string, key: ReleaseKey): void {
  const bytes = Buffer.from(content);
  folder.write(path, bytes);
  folder.write(`${path}.sig`, signSsh(bytes, key));
  folder.write(`${path}.minisig`, signMinisign(bytes, key.name, key));
}
