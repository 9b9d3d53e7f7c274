/** The one script of the pages, read once. As with the stylesheet, its address holds its hash. */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../store/package-root.js';

export const script: string = readFileSync(join(packageRoot, 'src', 'web', 'scripts', 'keys.js'), 'utf8');
export const scriptHash: string = hash('sha256', script, 'hex').slice(0, 16);
