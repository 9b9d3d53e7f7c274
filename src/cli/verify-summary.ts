/** What a trove's messages are, in two tables: by label, and by the domain that signed. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { DomainCounts, Judgements } from '../index/judgements.js';
import { labelNames } from '../verify/label.js';
import { formatCount } from '../web/figures.js';
import { printable } from './output.js';

/** The others are counted; pages list them all. */
const shownDomains = 20;

export async function printSummary(judgements: Judgements, to: Writable): Promise<void> {
  const labels = judgements.labelCounts();
  const all = labels.reduce((sum, { count }) => sum + count, 0);
  const { signed, intact, domains } = judgements.bodyCounts();
  const lines = [
    ...table(
      ['label', 'messages', 'share'],
      labels.map(({ label, count }) => [labelNames[label], formatCount(count), share(count, all)]),
    ),
    '',
    `${formatCount(signed)} messages carry a DKIM signature; of ${formatCount(intact)} (${share(intact, signed)}) the body is the one that was signed.`,
    ...(domains === 0 ? [] : ['', ...domainTable(judgements.domainCounts(shownDomains))]),
    ...(domains > shownDomains ? [`… and ${formatCount(domains - shownDomains)} more domains`] : []),
    ...findingTable(judgements),
  ];
  if (!to.write(`${lines.join('\n')}\n`)) await once(to, 'drain');
}

function domainTable(domains: readonly DomainCounts[]): string[] {
  return table(
    ['signed by', 'messages', 'verified', 'headers only', 'failed', 'no key', 'unread', 'body intact'],
    domains.map((each) => [
      each.domain === '' ? '(no domain)' : printable(each.domain),
      formatCount(each.messages),
      ...[each.verified, each.headersOnly, each.failed, each.noKey, each.unread, each.bodyIntact].map(
        formatCount,
      ),
    ]),
  );
}

function findingTable(judgements: Judgements): string[] {
  const counts = judgements.findingCounts();
  if (counts.length === 0) return [];
  const rows = counts.map(({ code, level, count }) => [`${code} (${level})`, formatCount(count)]);
  return ['', ...table(['finding', 'messages'], rows)];
}

const share = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`;

/** First column to the left, numbers to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
