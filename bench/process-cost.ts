/**
 * What a command costs, with its whole process tree.
 *
 *   wall     monotonic clock, from the start of the command to the end of it
 *   CPU      the shell's `times` (POSIX): user and system time of all processes that the command waited for, as the
 *            kernel summed them up when they ended
 *   memory   /proc/PID/status of every process in the tree: VmHWM, the kernel's own high-water mark of what is
 *            resident, for the largest process; the sum of VmRSS for the tree. Looked at 20 times a second: the mark
 *            misses what was taken in the last 50 ms of a process, the sum also what came and went in between
 *
 * No dependency, and nothing runs beside the command but this reader of /proc. Without /proc memory is undefined.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

const lookEvery = 50;
/** Runs its arguments as a command, then writes the times of the children to file descriptor 3. */
const script = '"$@"; status=$?; times >&3; exit $status';

export interface Cost {
  readonly wallSeconds: number;
  readonly userSeconds: number;
  readonly systemSeconds: number;
  /** Of the largest process; undefined where it cannot be known. */
  readonly peakBytes: number | undefined;
  /** Of all processes together. */
  readonly peakSumBytes: number | undefined;
}

export interface Ran extends Cost {
  /** Exit status as the shell has it: 128 and the signal's number where a signal ended it. */
  readonly status: number;
  readonly stderr: string;
}

/** Runs a command to its end. Never throws for what the command does. */
export async function measure(
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const start = performance.now();
  const child = spawn('/bin/sh', ['-c', script, 'sh', ...command], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const memory = new MemoryWatch(child.pid ?? 0);
  const looking = setInterval(() => memory.look(), lookEvery);
  // The four entries of `stdio` above make these two pipes.
  const said = Promise.all([text(child.stderr as Readable), text(child.stdio[3] as Readable)]);
  const [status, wallSeconds] = await new Promise<[number, number]>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve([code ?? 128, (performance.now() - start) / 1000]));
  }).finally(() => clearInterval(looking));
  const [stderr, times] = await said;
  const { userSeconds, systemSeconds } = parseTimes(times);
  return {
    wallSeconds,
    userSeconds,
    systemSeconds,
    peakBytes: memory.largest,
    peakSumBytes: memory.sum,
    status,
    stderr,
  };
}

/**
 * The second line of `times`, which is about children.
 *
 *   0m0.00s 0m0.00s
 *   0m1.25s 0m0.12s
 */
export function parseTimes(output: string): { userSeconds: number; systemSeconds: number } {
  const seconds = [...output.matchAll(/(\d+)m(\d+[.,]?\d*)s/g)].map(
    (match) => Number(match[1]) * 60 + Number(match[2]?.replace(',', '.')),
  );
  return { userSeconds: seconds[2] ?? Number.NaN, systemSeconds: seconds[3] ?? Number.NaN };
}

class MemoryWatch {
  readonly #root: number;
  #largest = 0;
  #sum = 0;

  constructor(root: number) {
    this.#root = root;
  }

  get largest(): number | undefined {
    return this.#largest === 0 ? undefined : this.#largest;
  }

  get sum(): number | undefined {
    return this.#sum === 0 ? undefined : this.#sum;
  }

  /** The shell itself is not counted. */
  look(): void {
    let sum = 0;
    for (const pid of descendants(this.#root)) {
      const status = readOrEmpty(`/proc/${pid}/status`);
      this.#largest = Math.max(this.#largest, kilobytes(status, 'VmHWM') * 1024);
      sum += kilobytes(status, 'VmRSS') * 1024;
    }
    this.#sum = Math.max(this.#sum, sum, this.#largest);
  }
}

/** Process ids below `root`, without it. A process may end while its entry is read. */
function descendants(root: number): number[] {
  const found: number[] = [];
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    for (const thread of entries(`/proc/${pid}/task`)) {
      const children = readOrEmpty(`/proc/${pid}/task/${thread}/children`)
        .split(' ')
        .filter(Boolean)
        .map(Number);
      found.push(...children);
      open.push(...children);
    }
  }
  return found;
}

function kilobytes(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function entries(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
