/** All commands and their options: what `--help` prints and docs/cli.md is generated from. */
import { Command, type CommanderError } from 'commander';
import { programVersion } from '../store/package-root.js';
import { checkCommand } from './check.js';
import { deskCommand } from './desk.js';
import { ExitCode } from './exit-code.js';
import { exportCommand } from './export.js';
import { extractCommand } from './extract.js';
import { fsckCommand } from './fsck.js';
import { keysCommand } from './keys.js';
import { openCommand } from './open.js';
import { receiveCommand } from './receive.js';
import { redactCommand } from './redact.js';
import { reindexCommand } from './reindex.js';
import { releaseCommand } from './release.js';
import { searchCommand } from './search.js';
import { serveCommand } from './serve.js';
import { showCommand } from './show.js';
import { statusCommand } from './status.js';

export function program(): Command {
  const root = new Command('impart')
    .description(
      'Turns a trove of e-mail into an archive that can be searched and read, every message accounted for.',
    )
    .version(programVersion)

    .showHelpAfterError('(impart --help lists all commands and options)')
    .exitOverride((error: CommanderError) => {
      process.exit(error.exitCode === 0 ? ExitCode.ok : ExitCode.usage);
    })
    .addHelpText(
      'after',
      '\nExit status: 0 all is well, 1 could not go on, 2 wrong usage, 3 done, with failures or findings.',
    );
  for (const make of [
    openCommand,
    receiveCommand,
    statusCommand,
    searchCommand,
    showCommand,
    exportCommand,
    deskCommand,
    serveCommand,
    extractCommand,
    redactCommand,
    fsckCommand,
    reindexCommand,
    keysCommand,
    releaseCommand,
    checkCommand,
  ]) {
    root.addCommand(make().copyInheritedSettings(root));
  }
  return root;
}
