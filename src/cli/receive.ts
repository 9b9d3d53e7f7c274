import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { OperatorError } from '../errors.js';
import { type ReceiveOutcome, receiveSources } from '../pipeline.js';
import { sourceSize } from '../receive/walk.js';
import { CatalogReader } from '../store/catalog-reader.js';
import { openOrCreateTrove, type Trove } from '../store/trove.js';
import { formatCount } from '../web/figures.js';
import { ExitCode } from './exit-code.js';
import { ProgressLine } from './progress.js';
import { troveOption } from './trove-option.js';

interface Options {
  readonly trove: string;
  readonly inPlace?: boolean;
}

export function receiveCommand(): Command {
  return new Command('receive')
    .description('take in mail: mbox files, messages, Maildirs, folders, archives of these')
    .argument('<source...>', 'files or folders, recognised by content')
    .addOption(troveOption())
    .option('--in-place', 'leave the bytes where they are; record their place and SHA-256 only')
    .addHelpText(
      'after',
      `
An interrupted receive is taken up by running the same command again.

Examples:
  $ impart receive inbox.mbox --trove hudson.trove
  $ impart receive ~/Maildir export.zip letters/ --trove hudson.trove
  $ impart receive /archive/mail.mbox --in-place --trove hudson.trove`,
    )
    .action(async (sources: string[], options: Options) => {
      const trove = openOrCreateTrove(options.trove);
      process.exitCode = await receive(trove, sources, options.inPlace === true);
    });
}

/** Receives with a progress bar and a closing account on stderr. Returns the exit status. */
export async function receive(trove: Trove, sources: readonly string[], inPlace: boolean): Promise<number> {
  for (const source of sources) {
    if (!existsSync(source))
      throw new OperatorError(
        'source-missing',
        `there is no ${source}`,
        'Check the path. Nothing was received.',
      );
  }
  let bytesTotal = 0;
  for (const source of sources) bytesTotal += await sourceSize(source);
  const progress = new ProgressLine(bytesTotal);
  const hooks = {
    now: () => Date.now(),
    onProgress: progress.update.bind(progress),
    onFailed: progress.failed.bind(progress),
  };
  let outcome: ReceiveOutcome;
  try {
    outcome = await receiveSources(trove, sources, { inPlace }, hooks);
  } finally {
    progress.stop();
  }
  for (const error of outcome.refused) process.stderr.write(`impart: ${error.message}\n  ${error.hint}\n`);
  account(trove);
  if (outcome.refused.length > 0) return ExitCode.stopped;
  return outcome.failed > 0 ? ExitCode.findings : ExitCode.ok;
}

function account(trove: Trove): void {
  const catalog = new CatalogReader(trove);
  const { received, parsed, duplicate, failed, messages, other } = catalog.totals();
  catalog.close();
  const others =
    other === 0 ? '' : `; ${formatCount(other)} files were no mail (kept, listed by impart status)`;
  process.stderr.write(
    `${formatCount(messages)} messages in ${trove.dir}: received ${formatCount(received)} = parsed ${formatCount(parsed)} + duplicate ${formatCount(duplicate)} + failed ${formatCount(failed)}${others}\n`,
  );
}
