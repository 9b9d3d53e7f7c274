/** What this program is: another one may decide or draw otherwise, so what it made before is made again. */
import { hash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../store/package-root.js';

/** Of the compiled modules in these folders of src/, and the libraries that they stand on. */
export function programHash(folders: readonly string[]): string {
  const paths = folders.flatMap((folder) =>
    globSync(`dist/src/${folder}/**/*.js`, { cwd: packageRoot }).sort(),
  );
  const texts = [...paths, 'package-lock.json'].map((path) => readFileSync(join(packageRoot, path), 'utf8'));
  return hash('sha256', texts.join('\n'), 'base64');
}
