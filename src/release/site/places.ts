/**
 * Where everything lies in a release, from its root. Links are relative and name `index.html`, so that a folder opened
 * from a disk reads as it does from a server.
 *
 *     m/1234/index.html   t/1200/index.html   p/anna.berg_at_harbour.example/index.html   d/2016-03/index.html
 */
import { hash } from 'node:crypto';

export const places = {
  home: 'index.html',
  message: (number: number): string => `m/${number}/index.html`,
  /** The message as its sender laid it out, for a sandboxed frame. */
  body: (number: number): string => `m/${number}/body.html`,
  proof: (number: number): string => `m/${number}/${number}.tlog-proof`,
  thread: (number: number): string => `t/${number}/index.html`,
  months: 'd/index.html',
  /** Pages from 1. */
  month: (month: string, page = 1): string => `d/${month}/${page === 1 ? 'index' : page}.html`,
  people: 'p/index.html',
  /** By the address that a public person is known by. */
  person: (address: string, page = 1): string =>
    `p/${personName(address)}/${page === 1 ? 'index' : page}.html`,
  search: 'search/index.html',
  check: 'check/index.html',
  about: 'about/index.html',
  feed: 'feed.xml',
  sitemap: 'sitemap.xml',
  stylesheet: 'style/impart.css',
  icon: 'style/icon.svg',
  script: (name: string): string => `script/${name}.js`,
} as const;

/** File systems allow 255 bytes. */
const maxNameCharacters = 120;

/** No two addresses share one: `anna.berg@harbour.example` → `anna.berg_at_harbour.example` */
function personName(address: string): string {
  const name = address
    .toLowerCase()
    .replace(/^\.|[^0-9a-z.@-]/gu, (character) => `_${Buffer.from(character).toString('hex')}`)
    .replaceAll('@', '_at_');
  return name.length > maxNameCharacters ? hash('sha256', address, 'hex') : name;
}

export interface PageFile {
  readonly path: string;
  readonly content: string;
}

/** The way from a page back to the root: `m/12/index.html` → `../../` */
export const rootFrom = (path: string): string => '../'.repeat(path.split('/').length - 1);

/** The month of undated mail. */
export const undated = 'undated';

/** `2016-03`; what dates cannot say is undated. */
export function monthOf(sentAt: number | undefined): string {
  if (sentAt === undefined) return undated;
  const month = new Date(sentAt).toISOString().slice(0, 7);
  return /^\d{4}-\d{2}$/.test(month) ? month : undated;
}
