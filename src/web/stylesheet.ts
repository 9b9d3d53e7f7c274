/** The stylesheet and the icon, read once; the stylesheet's address holds its hash, so that browsers keep it for good. */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../store/package-root.js';

const read = (name: string): string => readFileSync(join(packageRoot, 'src', 'web', name), 'utf8');

export const stylesheet: string = read('style.css');
export const stylesheetHash: string = hash('sha256', stylesheet, 'hex').slice(0, 16);
export const icon: string = read('icon.svg');
