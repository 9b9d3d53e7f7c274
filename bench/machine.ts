/** What it was measured on and with. */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { packageRoot } from '../src/store/package-root.js';
import { versionOf } from './contestants.js';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
  readonly sqlite: string;
  readonly mu: string;
  readonly notmuch: string;
  /** The commit that was measured, with `+` where files were changed since. */
  readonly commit: string;
}

export function thisMachine(): Machine {
  const processors = cpus();
  const db = new DatabaseSync(':memory:');
  const sqlite = String(db.prepare('SELECT sqlite_version() v').get()?.v);
  db.close();
  return {
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    system: `${platform()} ${release()}`,
    node: process.version,
    sqlite,
    mu: versionOf('mu') ?? 'not installed',
    notmuch: versionOf('notmuch') ?? 'not installed',
    commit: commit(),
  };
}

/** Processes that ran or waited to run over the last minute: beside our own, whoever disturbs. */
export const load = (): number => loadavg()[0] ?? Number.NaN;

function commit(): string {
  try {
    const git = (...args: string[]): string =>
      execFileSync('git', args, {
        cwd: packageRoot,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    return `${git('rev-parse', '--short=12', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+'}`;
  } catch {
    return 'unknown';
  }
}
