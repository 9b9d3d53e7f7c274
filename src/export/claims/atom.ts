/** Settled utterances as an Atom feed (RFC 4287), newest first. */
import type { Ledger, LedgerUtterance } from '../../store/desk/claims/ledger.js';
import { fidelityWords, invocationWords } from './badges.js';

export function claimsAsAtom({ utterances, reviews }: Ledger, title: string): string {
  const settled = utterances.filter(({ state }) => state === 'settled').reverse();
  const updated = Math.max(0, ...reviews.map(({ madeAt }) => madeAt));
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>urn:impart:claims:${escaped(title)}</id>`,
    `  <title>${escaped(`Who said what: ${title}`)}</title>`,
    `  <updated>${new Date(updated).toISOString()}</updated>`,
    '  <author><name>Impart</name></author>',
    ...settled.map(entry),
    '</feed>',
    '',
  ].join('\n');
}

function entry({ row, speaker, appearances, statements, reviews, date }: LedgerUtterance): string {
  const [fullest] = appearances;
  const words = fullest?.anchors.map(({ exact }) => exact).join(' … ') ?? '';
  const does = statements.map((statement) => statement.does.replaceAll('_', ' ')).join(', ');
  const badges =
    fullest === undefined
      ? []
      : [...fidelityWords(fullest), ...fullest.invocations.map(({ offers }) => invocationWords(offers))];
  const link = fullest?.capture?.canonical_url || fullest?.capture?.url || '';
  return [
    '  <entry>',
    `    <id>urn:impart:utterance:${escaped(row.id)}</id>`,
    `    <title>${escaped(`${speaker?.name ?? 'Somebody'}: ${does}`)}</title>`,
    `    <updated>${new Date(reviews.at(-1)?.madeAt ?? row.madeAt).toISOString()}</updated>`,
    /^https?:/.test(link) ? `    <link rel="related" href="${escaped(link)}"/>` : '',
    `    <content type="text">${escaped(`${date === '' ? '' : `${date}. `}${words} [${badges.join('; ')}]`)}</content>`,
    '  </entry>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** Characters that XML 1.0 cannot hold are left out. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
