/**
 * Who is measured: Impart, and programs that make the same mail searchable. Each turns mail into an index in a
 * fresh directory, as its manual says, and is then asked how many messages it has.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CatalogReader } from '../src/store/catalog-reader.js';
import { packageRoot } from '../src/store/package-root.js';
import { catalogPath, indexDir, openTrove, originalsDir } from '../src/store/trove.js';
import { bytesBelow } from './mail.js';
import { measure, type Ran } from './process-cost.js';

export interface Made {
  /** Messages that can be found. */
  readonly messages: number;
  /** What the index takes on disk. */
  readonly indexBytes: number;
  /** Of these, the copies of messages that the original holds only compressed. Impart alone has them. */
  readonly spoolBytes?: number;
  /** What is kept beside the index. Impart alone keeps it. */
  readonly originalBytes?: number;
  readonly catalogBytes?: number;
}

export interface Contestant {
  readonly name: string;
  /** Why it cannot be measured; undefined where it can. */
  readonly absent: string | undefined;
  /** Makes `dir`, which is not there yet, from the mail. */
  run(dir: string): Promise<Ran>;
  /** Throws an Error where there is nothing to be found in. */
  made(dir: string): Made;
}

/** The command `impart` with arguments. */
export const imparted = (...args: string[]): [program: string, ...args: string[]] => [
  join(packageRoot, 'impart'),
  ...args,
];

export const impartCommand = (source: string, trove: string): string[] =>
  imparted('receive', source, '--trove', trove);

export function impart(name: string, source: string): Contestant {
  return {
    name,
    absent: existsSync(join(packageRoot, 'dist', 'src', 'cli', 'main.js')) ? undefined : 'not built',
    run: (dir) => measure(impartCommand(source, dir)),
    made: troveMade,
  };
}

export function troveMade(dir: string): Made {
  const trove = openTrove(dir);
  const catalog = new CatalogReader(trove);
  const { messages } = catalog.totals();
  catalog.close();
  return {
    messages,
    indexBytes: bytesBelow(indexDir(trove)),
    spoolBytes: bytesBelow(indexDir(trove), (file) => file.endsWith('.raw')),
    originalBytes: bytesBelow(originalsDir(trove)),
    catalogBytes: bytesOf(catalogPath(trove)) + bytesOf(`${catalogPath(trove)}-wal`),
  };
}

/** mu keeps its index (Xapian) in its own home, away from the mail. */
export function mu(maildir: string): Contestant {
  return {
    name: 'mu',
    absent: absence('mu'),
    run(dir) {
      mkdirSync(dir, { recursive: true });
      return measure([
        '/bin/sh',
        '-c',
        'mu init --quiet --muhome="$1" --maildir="$2" && mu index --quiet --muhome="$1"',
        'sh',
        dir,
        maildir,
      ]);
    },
    made(dir) {
      const found = answer('mu', ['find', `--muhome=${dir}`, '--fields=l', ''], {});
      return {
        messages: found.split('\n').filter(Boolean).length,
        indexBytes: bytesBelow(join(dir, 'xapian')),
      };
    },
  };
}

/** notmuch keeps its index (Xapian) in the folder of the mail: taken out again before each run. */
export function notmuch(maildir: string): Contestant {
  const index = join(maildir, '.notmuch');
  const environment = (dir: string): Record<string, string> => ({
    HOME: dir,
    NOTMUCH_CONFIG: join(dir, 'config'),
  });
  return {
    name: 'notmuch',
    absent: absence('notmuch'),
    run(dir) {
      rmSync(index, { recursive: true, force: true });
      mkdirSync(dir, { recursive: true });
      writeFileSync(
        join(dir, 'config'),
        `[database]\npath=${maildir}\n[user]\nname=Bench\nprimary_email=bench@example.net\n[new]\ntags=new\n`,
      );
      return measure(['notmuch', 'new', '--no-hooks', '--quiet'], environment(dir));
    },
    made(dir) {
      const messages = Number(answer('notmuch', ['count', '--exclude=false', '*'], environment(dir)));
      const indexBytes = bytesBelow(index);
      rmSync(index, { recursive: true, force: true });
      return { messages, indexBytes };
    },
  };
}

/** The first line of `--version`, or undefined where the program is not there. */
export function versionOf(command: string): string | undefined {
  const run = spawnSync(command, ['--version'], { encoding: 'utf8' });
  return run.error === undefined ? run.stdout.split('\n', 1)[0] : undefined;
}

function absence(command: string): string | undefined {
  return versionOf(command) === undefined ? `${command} is not installed` : undefined;
}

function answer(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): string {
  const run = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 1024 ** 3,
  });
  if (run.error !== undefined || run.status !== 0)
    throw new Error(`${command} ${args[0]}: ${run.error?.message ?? run.stderr.trim()}`);
  return run.stdout;
}

const bytesOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
