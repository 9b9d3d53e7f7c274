import { createReadStream, existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { OperatorError } from '../errors.js';
import { limits } from '../limits.js';
import { exportLines, type ImportOutcome, importLine } from '../store/desk/exchange.js';
import { Desk } from '../store/desk.js';
import { openTrove } from '../store/trove.js';
import { formatCount } from '../web/figures.js';
import { ExitCode } from './exit-code.js';
import { Output, printable } from './output.js';
import { troveOption } from './trove-option.js';

/** Lines that are written together: readers and other writers get their turn between. */
const linesPerTransaction = 500;

export const asOption = (): Option =>
  new Option('--as <name>', 'who does it (default: the name set on the desk, else the user of the system)');

export function deskCommand(): Command {
  const desk = new Command('desk').description(
    'take out what people wrote (tags, notes, marks, searches, lists), or bring it in',
  );
  desk
    .command('export')
    .description('write the whole desk to stdout as JSON Lines (docs/desk-format.md)')
    .addOption(troveOption())
    .addHelpText('after', '\nExamples:\n  $ impart desk export --trove hudson.trove > hudson-desk.jsonl')
    .action(exportDesk);
  desk
    .command('import')
    .description('add an exported desk to this one; doing it twice changes nothing')
    .argument('<file>', 'as impart desk export wrote it; - is stdin')
    .addOption(troveOption())
    .addOption(asOption())
    .addHelpText('after', '\nExamples:\n  $ impart desk import hudson-desk.jsonl --trove hudson.trove')
    .action(importDesk);
  return desk;
}

async function exportDesk(options: { trove: string }): Promise<void> {
  const desk = new Desk(openTrove(options.trove), { now: () => Date.now() });
  const out = new Output();
  const lines: Iterable<string> = desk.read<Iterable<string>>((db) => exportLines(db), []);
  for (const line of lines) await out.line(line);
  await out.flush();
  desk.close();
}

async function importDesk(path: string, options: { trove: string; as?: string }): Promise<void> {
  if (path !== '-' && !existsSync(path))
    throw new OperatorError('source-missing', `there is no ${path}`, 'Check the path. Nothing was imported.');
  const desk = new Desk(openTrove(options.trove), { now: () => Date.now(), as: options.as });
  const counts: Record<ImportOutcome, number> = { heading: 0, added: 0, undone: 0, known: 0 };
  let number = 0;
  let bad = 0;
  for await (const batch of batches(path)) {
    desk.write((db) => {
      for (const line of batch) {
        number += 1;
        try {
          counts[importLine(db, line)] += 1;
        } catch (error) {
          if (!(error instanceof OperatorError)) throw error;
          bad += 1;
          process.stderr.write(`line ${number}: ${printable(error.message)}\n`);
        }
      }
    });
  }
  desk.close();
  process.stderr.write(
    `${formatCount(counts.added)} rows added, ${formatCount(counts.undone)} undone, ${formatCount(counts.known)} known already, ${formatCount(bad)} not read\n`,
  );
  process.exitCode = bad === 0 ? ExitCode.ok : ExitCode.findings;
}

async function* batches(path: string): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const line of boundedLines(path)) {
    batch.push(line);
    if (batch.length < linesPerTransaction) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** node:readline would take a line of any length into memory. */
async function* boundedLines(path: string): AsyncGenerator<string> {
  const input = path === '-' ? process.stdin : createReadStream(path);
  let pending = Buffer.alloc(0);
  for await (const chunk of input as AsyncIterable<Buffer>) {
    pending = Buffer.concat([pending, chunk]);
    let start = 0;
    for (let end = pending.indexOf(0x0a); end >= 0; end = pending.indexOf(0x0a, start)) {
      if (end > start) yield pending.toString('utf8', start, end);
      start = end + 1;
    }
    pending = pending.subarray(start);
    if (pending.length > limits.maxDeskLineBytes)
      throw new OperatorError(
        'desk-line-malformed',
        `a line is longer than ${limits.maxDeskLineBytes} bytes`,
        'This is no exported desk. Lines before it were imported.',
      );
  }
  if (pending.length > 0) yield pending.toString('utf8');
}
