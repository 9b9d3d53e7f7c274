/** Everything published, as data: a CSV of all messages, JSON Lines with their texts, a feed, a map of the site. */

import { byteOrderMark, csvLine } from '../../export/csv.js';
import { recordPath } from '../../proof/record.js';
import type { PublishedRecord } from '../published.js';
import type { CitedRelease } from './citation.js';
import type { SiteFacts } from './frame.js';
import type { ListedMessage, SiteMessage } from './message-list.js';
import { places } from './places.js';

/** Messages in one file of JSON Lines, by number: what did not change is not written again. */
export const linesPerFile = 1_000;

export const jsonLinesPath = (number: number): string =>
  `data/jsonl/${Math.floor(number / linesPerFile)}.jsonl`;

/** Without segments, salts and HTML: those are in the record. */
export function jsonLine(record: PublishedRecord): string {
  const { number, subject, from, to, cc, sent, zone, text, attachments, redactions, original } = record;
  const line = { number, subject, from, to, cc, sent, zone, text, attachments, redactions, original };
  return `${JSON.stringify({ ...line, record: recordPath(number) })}\n`;
}

export const csvHeading =
  byteOrderMark +
  csvLine([
    'number',
    'date',
    'from_name',
    'from_address',
    'subject',
    'attachments',
    'redacted',
    'page',
    'record',
  ]);

export function csvRow({ number, facts }: ListedMessage): string {
  const { from, sentAt, subject, attachments, redacted } = facts;
  return csvLine([
    number,
    sentAt === undefined ? '' : new Date(sentAt).toISOString(),
    from?.name ?? '',
    from?.address ?? '',
    subject,
    attachments,
    redacted ? 'yes' : 'no',
    places.message(number),
    recordPath(number),
  ]);
}

/** Entries of the feed: what changed last. */
const feedLength = 50;

/** RFC 4287. What was published or corrected in the newest release comes first. */
export function atomFeed(site: SiteFacts, release: CitedRelease, messages: readonly SiteMessage[]): string {
  const newest = [...messages]
    .sort((a, b) => (b.history.at(-1)?.index ?? 0) - (a.history.at(-1)?.index ?? 0))
    .slice(0, feedLength);
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<title>${xml(site.title)}</title>`,
    `<id>${xml(site.url)}</id>`,
    `<link href="${xml(site.url)}"/>`,
    `<link rel="self" href="${xml(site.url + places.feed)}"/>`,
    `<updated>${release.time}</updated>`,
    `<author><name>${xml(site.origin)}</name></author>`,
    ...newest.map((message) => feedEntry(site, message)),
    '</feed>',
  ];
  return `${lines.join('\n')}\n`;
}

function feedEntry(site: SiteFacts, { number, facts, history }: SiteMessage): string {
  const url = `${site.url}m/${number}/`;
  const last = history.at(-1);
  const from = facts.from?.name || facts.from?.address || '';
  return [
    '<entry>',
    `<title>${xml(facts.subject || `Message ${number}`)}</title>`,
    `<id>${xml(url)}</id>`,
    `<link href="${xml(url)}"/>`,
    `<updated>${last?.release.time ?? ''}</updated>`,
    ...(from === '' ? [] : [`<author><name>${xml(from)}</name></author>`]),
    `<summary>${xml(facts.gist)}</summary>`,
    '</entry>',
  ].join('\n');
}

/** Addresses in one file of sitemaps.org. */
const addressesPerMap = 50_000;

/** Files of a map: one, or an index and its parts. */
export function sitemaps(site: SiteFacts, paths: readonly string[]): { path: string; content: string }[] {
  const address = (path: string): string => xml(site.url + path.replace(/index\.html$/, ''));
  const map = (part: readonly string[]): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${part.map((path) => `<url><loc>${address(path)}</loc></url>\n`).join('')}</urlset>\n`;
  if (paths.length <= addressesPerMap) return [{ path: places.sitemap, content: map(paths) }];
  const parts = Array.from({ length: Math.ceil(paths.length / addressesPerMap) }, (_, at) => ({
    path: `sitemap-${at + 1}.xml`,
    content: map(paths.slice(at * addressesPerMap, (at + 1) * addressesPerMap)),
  }));
  const index = `<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${parts.map(({ path }) => `<sitemap><loc>${address(path)}</loc></sitemap>\n`).join('')}</sitemapindex>\n`;
  return [{ path: places.sitemap, content: index }, ...parts];
}

/** Characters that XML 1.0 cannot hold are left out (section 2.2). */
function xml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
