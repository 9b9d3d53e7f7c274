/**
 * Collections of attacks on whoever shows HTML, made by others: the HTML5 security cheatsheet, the tests of DOMPurify,
 * and HTTPLeaks, every known way to make a request.
 */
import { existsSync, readFileSync } from 'node:fs';

const corpora = '../shared/corpora';

export interface Attack {
  readonly name: string;
  readonly html: string;
}

export const h5scFolder = `${corpora}/h5sc`;
export const dompurifyFolder = `${corpora}/dompurify`;
export const httpleaksFile = `${corpora}/httpleaks/leak.html`;

/** What a test says when it skips itself; undefined where all collections are there. */
export function missingAttacks(): string | undefined {
  const missing = [h5scFolder, dompurifyFolder, httpleaksFile].filter((path) => !existsSync(path));
  return missing.length === 0 ? undefined : `not on this machine: ${missing.join(', ')}`;
}

export function h5scAttacks(): Attack[] {
  const items = JSON.parse(readFileSync(`${h5scFolder}/items.json`, 'utf8')) as {
    id: number;
    data: string;
  }[];
  const payloads = JSON.parse(readFileSync(`${h5scFolder}/payloads.json`, 'utf8')) as Record<string, string>;
  const fill = (data: string) => data.replace(/%(\w+)%/g, (whole, name: string) => payloads[name] ?? whole);
  const attacks = items.map((item) => ({ name: `h5sc item ${item.id}`, html: fill(item.data) }));
  const vectors = readFileSync(`${h5scFolder}/vectors.txt`, 'utf8');
  const single = vectors
    .split(/(?=<div id="\d+">)/)
    .map((html, index) => ({ name: `h5sc vector ${index}`, html }));
  return [...attacks, ...single, { name: 'all h5sc vectors in one page', html: vectors }];
}

export function dompurifyAttacks(): Attack[] {
  const list = JSON.parse(readFileSync(`${dompurifyFolder}/expect.json`, 'utf8')) as {
    title?: string;
    payload: string;
  }[];
  return list.map((entry, index) => ({
    name: `dompurify ${index} ${entry.title ?? ''}`,
    html: entry.payload,
  }));
}

/** The whole page, and each of its sections (`<!-- %Links -->`) alone. */
export function httpleaksAttacks(): Attack[] {
  const whole = readFileSync(httpleaksFile, 'utf8');
  const sections = whole.split(/(?=<!--\s*%)/).map((html, index) => ({
    name: `httpleaks section ${index} ${/%([^\n]*)/.exec(html)?.[1] ?? ''}`,
    html,
  }));
  return [{ name: 'httpleaks whole', html: whole }, ...sections];
}
