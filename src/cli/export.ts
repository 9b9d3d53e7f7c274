import { once } from 'node:events';
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { Command, Option } from 'commander';
import { OperatorError } from '../errors.js';
import { type ExportFormat, exportFormats } from '../export/formats.js';
import { exportResult } from '../export/result.js';
import { parseQuery } from '../index/query/parse.js';
import { Archive } from '../read/archive.js';
import { Desk } from '../store/desk.js';
import { openTrove } from '../store/trove.js';
import { formatCount } from '../web/figures.js';
import { ExitCode } from './exit-code.js';
import { ItemProgress } from './item-progress.js';
import { printable } from './output.js';
import { troveOption } from './trove-option.js';

interface Options {
  readonly trove: string;
  readonly format: ExportFormat;
  readonly output?: string;
}

export function exportCommand(): Command {
  const formats = exportFormats.map(({ name, holds }) => `  ${name.padEnd(8)} ${holds}`).join('\n');
  return new Command('export')
    .description('write the messages that a query finds to a file or to stdout')
    .argument('[query]', 'see docs/query-language.md; an empty one finds all', '')
    .addOption(troveOption())
    .addOption(
      new Option('--format <name>', 'in which form')
        .choices(exportFormats.map(({ name }) => name))
        .makeOptionMandatory(),
    )
    .option('--output <file>', 'write there; without it, to stdout')
    .addHelpText(
      'after',
      `
Formats:
${formats}

Examples:
  $ impart export 'from:anna date:2016' --format csv --trove hudson.trove > anna.csv
  $ impart export 'tag:"to publish"' --format eml-zip --output publish.zip --trove hudson.trove
  $ impart export --format mbox --output all.mbox --trove hudson.trove`,
    )
    .action(exportMessages);
}

async function exportMessages(text: string, options: Options): Promise<void> {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new OperatorError('query-malformed', parsed.error.message, parsed.error.hint);
  if (options.output === undefined && options.format === 'eml-zip' && process.stdout.isTTY)
    throw new OperatorError('output-missing', 'a zip is not for a terminal', 'Name a file with --output.');
  const trove = openTrove(options.trove);
  const archive = new Archive(trove);
  const desk = new Desk(trove, { now: () => Date.now() });
  const progress = new ItemProgress('messages');
  let problems = 0;
  let written = 0;
  const hooks = {
    onMessage(done: number, total: number, bytesDone: number) {
      written = done;
      // What the rest holds is not known before it is read: as much as what was read, for its number.
      const bytesTotal = Math.round((bytesDone / done) * total);
      progress.update({ done, total, bytesDone, bytesTotal, failed: problems });
    },
    onProblem({ number, sha256, reason }: { number: number; sha256: string; reason: string }) {
      problems += 1;
      progress.failed(`message ${number} (${sha256.slice(0, 12)}): ${printable(reason)}`);
    },
  };
  try {
    const bytes = exportResult(archive, desk, parsed.query, options.format, hooks);
    await (options.output === undefined ? toStdout(bytes) : toFile(bytes, options.output));
  } finally {
    progress.stop();
    archive.close();
    desk.close();
  }
  process.stderr.write(
    `${formatCount(written)} messages${problems === 0 ? '' : `, ${formatCount(problems)} of them not as they were received: see above`}\n`,
  );
  process.exitCode = problems === 0 ? ExitCode.ok : ExitCode.findings;
}

async function toStdout(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of bytes) if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
}

/** Under its name only once it is whole. */
async function toFile(bytes: AsyncIterable<Uint8Array>, path: string): Promise<void> {
  const part = `${path}.part`;
  const file = createWriteStream(part);
  try {
    await once(file, 'open');
    for await (const chunk of bytes) if (!file.write(chunk)) await once(file, 'drain');
    file.end();
    await once(file, 'close');
    renameSync(part, path);
  } catch (error) {
    file.destroy();
    rmSync(part, { force: true });
    throw error;
  }
}
