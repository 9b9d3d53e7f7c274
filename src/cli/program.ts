/** All commands and their options: what `--help` prints and docs/cli.md is generated from. */
import { Command, type CommanderError } from 'commander';
import { programVersion } from '../store/package-root.js';
import { ExitCode } from './exit-code.js';

/** In the order of the help. Each is loaded when it is asked for: `receive` need not wait for the code of all pages. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  open: async () => (await import('./open.js')).openCommand(),
  receive: async () => (await import('./receive.js')).receiveCommand(),
  status: async () => (await import('./status.js')).statusCommand(),
  search: async () => (await import('./search.js')).searchCommand(),
  show: async () => (await import('./show.js')).showCommand(),
  export: async () => (await import('./export.js')).exportCommand(),
  desk: async () => (await import('./desk.js')).deskCommand(),
  claims: async () => (await import('./claims.js')).claimsCommand(),
  serve: async () => (await import('./serve.js')).serveCommand(),
  extract: async () => (await import('./extract.js')).extractCommand(),
  redact: async () => (await import('./redact.js')).redactCommand(),
  fsck: async () => (await import('./fsck.js')).fsckCommand(),
  reindex: async () => (await import('./reindex.js')).reindexCommand(),
  verify: async () => (await import('./verify.js')).verifyCommand(),
  keys: async () => (await import('./keys.js')).keysCommand(),
  release: async () => (await import('./release.js')).releaseCommand(),
  check: async () => (await import('./check.js')).checkCommand(),
};

/** The program with the one command `name`, or, where there is none of that name, with all of them. */
export async function program(name?: string): Promise<Command> {
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
  const wanted = name !== undefined && Object.hasOwn(commands, name) ? [name] : Object.keys(commands);
  for (const each of wanted) {
    const command = await commands[each]?.();
    if (command !== undefined) root.addCommand(command.copyInheritedSettings(root));
  }
  return root;
}
