import { Command } from 'commander';
import { reindex } from '../reindex.js';
import { CatalogReader } from '../store/catalog-reader.js';
import { openTrove } from '../store/trove.js';
import { formatCount } from '../web/figures.js';
import { ExitCode } from './exit-code.js';
import { printable } from './output.js';
import { ProgressLine } from './progress.js';
import { troveOption } from './trove-option.js';

export function reindexCommand(): Command {
  return new Command('reindex')
    .description('make the search index anew from the originals')
    .addOption(troveOption())
    .addHelpText(
      'after',
      '\nWhat cannot be read is named, the rest goes on, and the exit status is 3. An interrupted reindex goes on when run again.\n\nExamples:\n  $ impart reindex --trove hudson.trove',
    )
    .action(async (options: { trove: string }) => {
      const trove = openTrove(options.trove);
      const catalog = new CatalogReader(trove);
      const progress = new ProgressLine(catalog.totals().bytes);
      catalog.close();
      const outcome = await reindex(trove, () => Date.now(), progress.update.bind(progress));
      progress.stop();
      for (const { path, note } of outcome.unread)
        process.stderr.write(`not read: ${printable(path)}: ${printable(note)}\n`);
      process.stderr.write(
        `${formatCount(outcome.indexed)} messages indexed${outcome.missing === 0 ? '' : `, ${formatCount(outcome.missing)} not: impart fsck tells more`}\n`,
      );
      process.exitCode = outcome.missing + outcome.unread.length === 0 ? ExitCode.ok : ExitCode.findings;
    });
}
