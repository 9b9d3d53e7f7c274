import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Command } from 'commander';
import { OperatorError } from '../errors.js';
import { CatalogReader } from '../store/catalog-reader.js';
import { sourceStamp } from '../store/source-stamp.js';
import { catalogPath, openOrCreateTrove, type Trove } from '../store/trove.js';
import { extractInBackground } from './background-extract.js';
import { untilInterrupted } from './serve.js';
import { wholeNumber } from './trove-option.js';

interface Options {
  readonly trove?: string;
  readonly port?: number;
  readonly browser: boolean;
}

export function openCommand(): Command {
  return new Command('open')
    .description('receive mail and read it in a browser at once, while the rest comes in')
    .argument('<source...>', 'mbox files, messages, Maildirs, folders, archives of these')
    .option(
      '--trove <dir>',
      'the trove to make or add to (default: named after the first source, in the current directory)',
    )
    .option('--port <n>', 'port on 127.0.0.1', wholeNumber)
    .option('--no-browser', 'only print the address')
    .addHelpText(
      'after',
      `
What was received before, and did not change since, is not received again.

Examples:
  $ impart open inbox.mbox
  $ impart open ~/Maildir --trove mine.trove --port 8080`,
    )
    .action(open);
}

async function open(sources: string[], options: Options): Promise<void> {
  for (const source of sources) {
    if (!existsSync(source))
      throw new OperatorError(
        'source-missing',
        `there is no ${source}`,
        'Check the path. Nothing was received.',
      );
  }
  const trove = openOrCreateTrove(options.trove ?? troveNameFor(sources[0] ?? 'mail'));
  const fresh = await notYetReceived(trove, sources);
  let stopExtracting: (() => void) | undefined;
  let isOpen: boolean = true;
  const extract = (): void => {
    if (isOpen) stopExtracting = extractInBackground(trove);
  };
  const receiving = fresh.length === 0 ? undefined : startReceive(trove, fresh);
  if (receiving === undefined) extract();
  else receiving.on('exit', extract);
  // Loaded when needed: the other commands start in half the time without it.
  const { serve } = await import('../web/serve.js');
  const server = await serve(trove, options.port);
  process.stdout.write(`${server.url}\n`);
  if (options.browser) openBrowser(server.url);
  await untilInterrupted();
  isOpen = false;
  receiving?.kill('SIGTERM');
  stopExtracting?.();
  await server.close();
}

/** `mail/inbox.mbox.zst` → `inbox.trove` in the current directory. */
export function troveNameFor(source: string): string {
  const name = basename(resolve(source)).replace(/(\.(mbox|mbx|eml|zip|tar|tgz|gz|zst|xz|bz2))+$/i, '');
  return `${name === '' ? 'mail' : name}.trove`;
}

async function notYetReceived(trove: Trove, sources: readonly string[]): Promise<string[]> {
  if (!existsSync(catalogPath(trove))) return sources.slice();
  const catalog = new CatalogReader(trove);
  const complete = catalog.accessions().filter((accession) => accession.state === 'complete');
  catalog.close();
  const fresh: string[] = [];
  for (const source of sources) {
    const stamp = await sourceStamp(source);
    if (!complete.some((accession) => accession.source === resolve(source) && accession.stamp === stamp))
      fresh.push(source);
  }
  return fresh;
}

/** In a process of its own, so that pages answer at once whatever the receive is doing. */
function startReceive(trove: Trove, sources: readonly string[]): ChildProcess {
  const main = process.argv[1] ?? '';
  const child = spawn(
    process.execPath,
    [...process.execArgv, main, 'receive', ...sources.map((source) => resolve(source)), '--trove', trove.dir],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  child.on('exit', (code) => {
    if (code === 1 || code === null)
      process.stderr.write(
        'impart: receiving stopped; what came in so far can be read. Run the same command again to go on.\n',
      );
  });
  return child;
}

/** Only where there is someone to see it. */
function openBrowser(url: string): void {
  const isGraphical =
    process.platform === 'darwin' ||
    process.platform === 'win32' ||
    process.env.DISPLAY !== undefined ||
    process.env.WAYLAND_DISPLAY !== undefined;
  if (!isGraphical || !process.stderr.isTTY) return;
  const command =
    process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open';
  spawn(command, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
