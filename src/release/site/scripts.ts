/** The scripts of a release: small, plain, and read from beside this module's source, as they are served. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../store/package-root.js';

export const scriptNames = ['sha256', 'check', 'words', 'search'] as const;

export const scriptText = (name: (typeof scriptNames)[number]): string =>
  readFileSync(join(packageRoot, 'src', 'release', 'site', 'scripts', `${name}.js`), 'utf8');
