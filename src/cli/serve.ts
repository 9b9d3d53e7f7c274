import { once } from 'node:events';
import { Command } from 'commander';
import { openTrove } from '../store/trove.js';
import { extractInBackground } from './background-extract.js';
import { troveOption, wholeNumber } from './trove-option.js';

interface Options {
  readonly trove: string;
  readonly port?: number;
}

export const defaultPort = 8025;

export function serveCommand(): Command {
  return new Command('serve')
    .description('read the trove in a browser on this machine')
    .addOption(troveOption())
    .option('--port <n>', `port on 127.0.0.1 (${defaultPort} or the next free one; 0 for any)`, wholeNumber)
    .addHelpText(
      'after',
      '\nExamples:\n  $ impart serve --trove hudson.trove\n  $ impart serve --trove hudson.trove --port 8080',
    )
    .action(async (options: Options) => {
      // Loaded when needed: the other commands start in half the time without it.
      const { serve } = await import('../web/serve.js');
      const trove = openTrove(options.trove);
      const server = await serve(trove, options.port);
      process.stdout.write(`${server.url}\n`);
      const stopExtracting = extractInBackground(trove);
      await untilInterrupted();
      stopExtracting();
      await server.close();
    });
}

export async function untilInterrupted(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}
