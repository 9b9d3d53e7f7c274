import { Command, Option } from 'commander';
import { OperatorError } from '../errors.js';
import { parseQuery } from '../index/query/parse.js';
import type { Query } from '../index/query/query.js';
import type { SortOrder } from '../index/search.js';
import { Archive, type Hit } from '../read/archive.js';
import { matchesOf } from '../read/snippet.js';
import { openTrove } from '../store/trove.js';
import { formatCount } from '../web/figures.js';
import { Output, printable } from './output.js';
import { jsonOption, troveOption, wholeNumber } from './trove-option.js';

interface Options {
  readonly trove: string;
  readonly json?: boolean;
  readonly limit?: number;
  readonly sort: SortOrder;
  readonly count?: boolean;
}

/** Hits that are read and written at a time. */
const pageLength = 200;

export function searchCommand(): Command {
  return new Command('search')
    .description('find messages; an empty query finds all')
    .argument('[query]', 'see docs/query-language.md', '')
    .addOption(troveOption())
    .addOption(jsonOption())
    .option('--limit <n>', 'at most so many hits', wholeNumber)
    .addOption(
      new Option('--sort <order>', 'newest first, or best match first')
        .choices(['date', 'relevance'])
        .default('date'),
    )
    .option('--count', 'print the number of hits alone')
    .addHelpText(
      'after',
      `
Examples:
  $ impart search 'invoice from:anna date:2016-03..2016-05' --trove hudson.trove
  $ impart search '"cost overrun" -draft' --trove hudson.trove --json --limit 20
  $ impart search 'attachment:"cost overrun" date:2016' --trove hudson.trove
  $ impart search 'has:attachment type:pdf' --trove hudson.trove --count`,
    )
    .action(search);
}

async function search(text: string, options: Options): Promise<void> {
  const parsed = parseQuery(text);
  if (!parsed.ok) {
    const { message, offset, length, hint } = parsed.error;
    const mark = `${' '.repeat(offset)}${'^'.repeat(Math.max(1, length))}`;
    throw new OperatorError('query-malformed', `${message}\n  ${printable(text)}\n  ${mark}`, hint);
  }
  const archive = new Archive(openTrove(options.trove));
  try {
    if (options.count === true) process.stdout.write(`${archive.index.evaluate(parsed.query).count}\n`);
    else await printHits(archive, parsed.query, options);
    remark(archive, parsed.query);
  } finally {
    archive.close();
  }
}

/** What a person should know beside the hits, on stderr. */
function remark(archive: Archive, query: Query): void {
  const missing = archive.index.catalog.messageCount() - archive.index.indexed;
  if (missing > 0) {
    process.stderr.write(
      `${formatCount(missing)} messages are not searchable yet: wait for the receive to end, or run impart reindex\n`,
    );
  }
  remarkOnAttachments(archive, query);
  if (archive.index.evaluate(query).count > 0) return;
  const found = archive.suggest(query);
  if (found !== undefined)
    process.stderr.write(
      `Nothing found. Did you mean ${printable(found.instead)} for ${printable(found.word)}?\n`,
    );
}

/** A search of attachments that have not been read would find nothing, and seem to say that nothing is there. */
function remarkOnAttachments(archive: Archive, query: Query): void {
  if (matchesOf(query, 'attachment').length === 0) return;
  const { blobs, waiting } = archive.index.attachments.counts();
  if (blobs === 0 && archive.index.attachmentCount() > 0)
    process.stderr.write('No attachment has been read yet: run impart extract\n');
  else if (waiting > 0)
    process.stderr.write(
      `${formatCount(waiting)} of ${formatCount(blobs)} attachments have not been read yet: run impart extract\n`,
    );
}

async function printHits(archive: Archive, query: Query, options: Options): Promise<void> {
  const out = new Output();
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  let cursor: string | undefined;
  do {
    const page = archive.index.page(query, options.sort, Math.min(pageLength, left), cursor);
    for (const hit of await archive.hits(page.numbers, query))
      await (options.json === true ? out.json(hitFacts(hit)) : printHit(out, hit));
    left -= page.numbers.length;
    cursor = page.next;
  } while (cursor !== undefined && left > 0);
  await out.flush();
  if (options.json !== true)
    process.stderr.write(`${formatCount(archive.index.evaluate(query).count)} messages\n`);
}

function hitFacts(hit: Hit): object {
  return {
    id: hit.number,
    sha256: hit.sha256,
    date: hit.sentAt === undefined ? null : new Date(hit.sentAt).toISOString(),
    from: mailboxOf(hit),
    subject: hit.subject,
    snippet: hit.snippet.map((part) => part.text).join(''),
    attachmentHits: hit.attachmentHits.map(({ sha256, name, where, snippet }) => ({
      sha256,
      name,
      where,
      snippet: snippet.map((part) => part.text).join(''),
    })),
    thread: hit.thread,
  };
}

const mailboxOf = (hit: Hit): string =>
  hit.fromName === '' ? hit.fromAddr : `${hit.fromName} <${hit.fromAddr}>`;

async function printHit(out: Output, hit: Hit): Promise<void> {
  const date =
    hit.sentAt === undefined
      ? 'undated'
      : `${new Date(hit.sentAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  await out.line(`${hit.number}\t${date}\t${printable(mailboxOf(hit))}\t${printable(hit.subject)}`);
  for (const { name, where, snippet } of hit.attachmentHits) {
    const found = snippet.map((part) => part.text).join('');
    await out.line(`\t${printable(name)}, ${printable(where)}: ${printable(found)}`);
  }
}
