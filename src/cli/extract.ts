import { Command } from 'commander';
import { extractAttachments } from '../attachments/pass.js';
import { openTrove } from '../store/trove.js';
import { formatCount } from '../web/figures.js';
import { ExitCode } from './exit-code.js';
import { ItemProgress } from './item-progress.js';
import { printable } from './output.js';
import { troveOption } from './trove-option.js';

interface Options {
  readonly trove: string;
  readonly retry?: boolean;
}

export function extractCommand(): Command {
  return new Command('extract')
    .description('read the text of attachments, so that attachment: finds it')
    .addOption(troveOption())
    .option('--retry', 'read files again that failed before')
    .addHelpText(
      'after',
      `
Each distinct file is read once, in a process of its own with limits on time and memory; what was read is kept. An
interrupted run goes on when run again. open and serve do the same in the background.

Examples:
  $ impart extract --trove hudson.trove
  $ impart extract --retry --trove hudson.trove`,
    )
    .action(extract);
}

async function extract(options: Options): Promise<void> {
  const trove = openTrove(options.trove);
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const progress = new ItemProgress('attachments');
  const outcome = await extractAttachments(trove, {
    retry: options.retry === true,
    signal: abort.signal,
    onProgress: ({ done, total, bytesDone, bytesTotal, failed }) =>
      progress.update({ done, total, bytesDone, bytesTotal, failed }),
    onFailure: (sha256, { status, note }) =>
      progress.failed(`${sha256}: ${status}${note === '' ? '' : `, ${printable(note)}`}`),
  });
  progress.stop();
  const { done, total, failed } = outcome;
  process.stderr.write(
    `${formatCount(done)} attachments read${failed === 0 ? '' : `, ${formatCount(failed)} of them failed`}${done < total ? `, ${formatCount(total - done)} left: run this again` : ''}\n`,
  );
  process.exitCode = failed > 0 ? ExitCode.findings : ExitCode.ok;
}
