/**
 * Programs of ours that read hostile bytes, each in a process that can do nothing else.
 *
 * Under Node's permission model it reads this program and the libraries it stands on; it writes no file, starts no
 * process, reaches no network, and has no environment. It is asked on standard input and answers on descriptor 3, where
 * nothing that a library prints can get in between. Its main module begins with `bounded` (inside.ts).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../store/package-root.js';
import { frameHead } from './frames.js';

export interface Confinement {
  readonly maxHeapMegabytes: number;
  /** Native code can do anything that the system lets it do: for the canvas alone. */
  readonly mayLoadAddons?: true;
}

/** Lower than everything that someone waits for. */
const niceness = 10;

/** Starts `main`, the path of a compiled module. The caller bounds time and what is said, and listens for `close`. */
export function startConfined(main: string, { maxHeapMegabytes, mayLoadAddons }: Confinement): ChildProcess {
  const flags = [
    '--permission',
    ...readablePaths().map((path) => `--allow-fs-read=${path}`),
    // For the thread that watches.
    '--allow-worker',
    ...(mayLoadAddons === true ? ['--allow-addons'] : []),
    '--no-warnings',
    `--max-old-space-size=${maxHeapMegabytes}`,
  ];
  const child = spawn(process.execPath, [...flags, main], {
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    env: {},
  });
  // A process that ended cannot be written to: its end says why.
  child.stdin?.on('error', () => {});
  child.on('error', () => {});
  if (child.pid !== undefined) lowerPriority(child.pid);
  return child;
}

export function askConfined(child: ChildProcess, frame: Buffer): void {
  child.stdin?.write(frameHead(frame.length));
  child.stdin?.write(frame);
}

/** Whether a process that nobody here killed ended because it wanted too much memory. */
export function endedForMemory(code: number | null, signal: NodeJS.Signals | null): boolean {
  // V8 aborts at the end of its heap; the watching thread kills at the end of all memory, as the system does.
  return signal === 'SIGABRT' || signal === 'SIGKILL' || code === 134;
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, niceness);
  } catch {
    // Not allowed everywhere; then it runs like everything else.
  }
}

/** This program and the libraries it stands on, and no more. */
function readablePaths(): string[] {
  const library = fileURLToPath(import.meta.resolve('pdfjs-dist/package.json'));
  const modules = dirname(dirname(library));
  return [...new Set([packageRoot, modules].flatMap((path) => [path, realpathSync(path)]))].map((path) =>
    join(path, '*'),
  );
}
