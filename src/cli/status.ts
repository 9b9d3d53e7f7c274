import { Command } from 'commander';
import { SearchIndex } from '../index/search.js';
import type { ContainerRow } from '../store/catalog-reader.js';
import { openTrove } from '../store/trove.js';
import { formatBytes, formatCount } from '../web/figures.js';
import { Output, printable } from './output.js';
import { jsonOption, troveOption } from './trove-option.js';

interface Options {
  readonly trove: string;
  readonly json?: boolean;
}

export function statusCommand(): Command {
  return new Command('status')
    .description('what was received, what became of it, and how much of it can be searched')
    .addOption(troveOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ impart status --trove hudson.trove\n  $ impart status --trove hudson.trove --json',
    )
    .action(async (options: Options) => {
      const index = new SearchIndex(openTrove(options.trove));
      try {
        await (options.json === true ? printJson(index) : printText(index));
      } finally {
        index.close();
      }
    });
}

async function printJson(index: SearchIndex): Promise<void> {
  const out = new Output();
  const totals = index.catalog.totals();
  await out.json({
    ...totals,
    attachments: index.attachmentCount(),
    threads: index.threadCount,
    indexed: index.indexed,
  });
  for (const container of index.catalog.containers()) await out.json(containerFacts(index, container));
  await out.flush();
}

function containerFacts(index: SearchIndex, container: ContainerRow): object {
  const accession = index.catalog.accessions().find((row) => row.id === container.accession);
  const { id, parent, kind, variant, path, compressions, bytes, received, parsed, duplicate, failed, other } =
    container;
  return {
    container: id,
    parent: parent ?? null,
    source: accession?.source ?? null,
    original: parent === undefined ? (accession?.original ?? null) : null,
    state: accession?.state ?? null,
    kind,
    variant: variant ?? null,
    path,
    compressions,
    bytes: bytes ?? null,
    received,
    parsed,
    duplicate,
    failed,
    other,
  };
}

async function printText(index: SearchIndex): Promise<void> {
  const out = new Output();
  const totals = index.catalog.totals();
  await out.line(
    `messages     ${formatCount(totals.messages)} (${formatBytes(totals.bytes)}), ${formatCount(index.indexed)} searchable`,
  );
  await out.line(`occurrences  ${formatCount(totals.occurrences)}`);
  await out.line(`threads      ${formatCount(index.threadCount)}`);
  await out.line(`attachments  ${formatCount(index.attachmentCount())}`);
  await out.line(`received     ${sum(totals)}`);
  await out.line('');
  for (const container of index.catalog.containers()) {
    const form = [container.kind, container.variant, ...container.compressions].filter(Boolean).join(', ');
    await out.line(`${container.id}  ${printable(container.path)} (${form})  ${sum(container)}`);
  }
  await printFailures(index, out);
  await printOthers(index, out);
  await out.flush();
}

const sum = (tally: { received: number; parsed: number; duplicate: number; failed: number }): string =>
  `${formatCount(tally.received)} = ${formatCount(tally.parsed)} parsed + ${formatCount(tally.duplicate)} duplicate + ${formatCount(tally.failed)} failed`;

/** Lines of failures and other files that the text shows; `--json` callers and the pages have all. */
const shownRows = 20;

async function printFailures(index: SearchIndex, out: Output): Promise<void> {
  const failures = index.catalog.failures(shownRows + 1);
  if (failures.length > 0) await out.line('\nfailed');
  for (const failure of failures.slice(0, shownRows)) {
    const place = placeOf(index, failure.container, failure.path);
    await out.line(
      `  ${place} at byte ${failure.offset}: ${failure.failure}: ${printable(failure.note ?? '')}`,
    );
  }
  if (failures.length > shownRows)
    await out.line('  … (all of them on the page /containers of impart serve)');
}

async function printOthers(index: SearchIndex, out: Output): Promise<void> {
  const others = index.catalog.otherFiles(shownRows + 1);
  if (others.length > 0) await out.line('\nno mail (kept)');
  for (const other of others.slice(0, shownRows))
    await out.line(`  ${placeOf(index, other.container, other.path)}: ${printable(other.note)}`);
  if (others.length > shownRows) await out.line('  … (all of them on the page /containers of impart serve)');
}

function placeOf(index: SearchIndex, container: number, path: string): string {
  const within = index.catalog.container(container)?.path ?? `container ${container}`;
  return printable(path === '' ? within : `${within}: ${path}`);
}
