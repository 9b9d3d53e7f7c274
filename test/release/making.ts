/** Releases made in tests: from a trove of letters to a folder, with a key of their own. */
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { parseQuery } from '../../src/index/query/parse.js';
import { Archive } from '../../src/read/archive.js';
import { archiveSource } from '../../src/release/archive-source.js';
import { type Created, type CreateOptions, createRelease } from '../../src/release/create.js';
import { formatReleaseKey, parseReleaseKey, type ReleaseKey } from '../../src/release/key.js';
import { ReleaseLog } from '../../src/store/release-log.js';
import type { Trove } from '../../src/store/trove.js';
import { tempDir } from '../impart.js';
import { troveOf } from '../web/reading.js';
import { type Choice, decideAsIs } from './as-is.js';

export const origin = 'news.example/harbour';

export const newKey = (name = origin): ReleaseKey =>
  parseReleaseKey(formatReleaseKey(name, generateKeyPairSync('ed25519').privateKey), 'key');

export interface Making {
  readonly trove: Trove;
  readonly dir: string;
  readonly key: ReleaseKey;
  choice: Choice;
  /** Makes the next release, at `dir/name`. */
  make(name: string, options?: Partial<CreateOptions> & { readonly query?: string }): Promise<Created>;
}

export async function making(t: TestContext, messages: readonly string[]): Promise<Making> {
  return makingFrom(t, await troveOf(t, messages));
}

export function makingFrom(t: TestContext, trove: Trove): Making {
  const dir = tempDir(t);
  const key = newKey();
  let releases = 0;
  const it: Making = {
    trove,
    dir,
    key,
    choice: {},
    async make(name, { query = '', ...options } = {}) {
      const parsed = parseQuery(query);
      if (!parsed.ok) throw new Error(parsed.error.message);
      const archive = new Archive(trove);
      const log = new ReleaseLog(trove);
      try {
        return await createRelease({
          log,
          source: archiveSource(
            archive,
            parsed.query,
            decideAsIs(archive, () => it.choice),
          ),
          key,
          out: join(dir, name),
          title: 'Harbour papers',
          url: `https://${origin}/`,
          notes: '',
          secrets: () => (it.choice.hide === undefined ? [] : [{ text: it.choice.hide, form: 'words' }]),
          now: Date.UTC(2026, 10, 25, 12) + releases++ * 86_400_000,
          ...options,
        });
      } finally {
        log.close();
        archive.close();
      }
    },
  };
  return it;
}
