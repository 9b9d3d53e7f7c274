/**
 * The release before, where its folder is still there: what did not change is linked from it. Only a folder that is what
 * the log says is used, so that nobody can slip a file into the next release through the last one.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ReleaseFolder } from '../check/folder.js';
import { parseEntry } from '../proof/entry.js';
import { parseManifest } from '../proof/manifest.js';
import { verifySsh } from '../proof/ssh-signature.js';
import type { ReleaseLog } from '../store/release-log.js';
import type { FolderWriter } from './folder-writer.js';

export class PreviousRelease {
  readonly #dir: string;
  readonly #files: ReadonlyMap<string, string>;

  private constructor(dir: string, files: ReadonlyMap<string, string>) {
    this.#dir = dir;
    this.#files = files;
  }

  /** Undefined where there is none to link from. */
  static find(log: ReleaseLog): PreviousRelease | undefined {
    const last = log.releases().at(-1);
    const owner = log.owner;
    if (last === undefined || last.directory === '' || owner === undefined) return undefined;
    const folder = new ReleaseFolder(last.directory);
    const [bytes] = log.entries(last.size - 1, last.size);
    const entry = bytes === undefined ? undefined : parseEntry(bytes);
    if (entry?.type !== 'release' || folder.sha256('manifest-sha256.txt') !== entry.manifest)
      return undefined;
    const tags = folder.findText('tagmanifest-sha256.txt') ?? '';
    const signature = folder.findText('tagmanifest-sha256.txt.sig') ?? '';
    if (!verifySsh(Buffer.from(tags), signature, owner.publicKey)) return undefined;
    const payload = parseManifest(folder.findText('manifest-sha256.txt') ?? '');
    const files = [...(payload ?? []), ...(parseManifest(tags) ?? [])];
    return new PreviousRelease(last.directory, new Map(files));
  }

  /** Returns false where one of the files is not there; then none counts as linked. */
  link(folder: FolderWriter, paths: readonly string[]): boolean {
    const found = paths.map((path) => ({ path, sha256: this.#files.get(path) }));
    if (found.some(({ sha256 }) => sha256 === undefined)) return false;
    return found.every(({ path, sha256 = '' }) => {
      if (folder.files.has(path)) return true;
      const stat = statSync(join(this.#dir, path), { throwIfNoEntry: false });
      return stat !== undefined && folder.link(this.#dir, path, { sha256, bytes: stat.size });
    });
  }
}
