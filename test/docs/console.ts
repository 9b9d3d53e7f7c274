/**
 * Console sessions in pages, run for real:
 *
 *   ```console
 *   $ ./impart search sediment --trove harbour.trove --count
 *   18
 *   ```
 *
 * `…` in the output stands for anything, alone on a line for any lines. The session of a page runs in one
 * directory that holds `impart` and `examples`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Step {
  readonly command: string;
  /** As the page has it, without the last line end. */
  readonly output: string;
}

const fence = /^```console\n([\s\S]*?)^```$/gm;

/** The steps of all sessions of a page, in order. */
export function sessionOf(page: string): Step[] {
  return Array.from(page.matchAll(fence), ([, body]) => stepsOf(body ?? '')).flat();
}

function stepsOf(body: string): Step[] {
  return body
    .split(/^\$ /m)
    .slice(1)
    .map((text) => {
      const newline = text.indexOf('\n');
      return { command: text.slice(0, newline), output: text.slice(newline + 1).trimEnd() };
    });
}

/** A directory to run a page's session in, as a reader sits in a checkout. Call `remove` when done. */
export function openDesk(): { run(command: string): string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'impart-docs-'));
  symlinkSync(resolve('impart'), join(dir, 'impart'));
  symlinkSync(resolve('examples'), join(dir, 'examples'));
  return {
    run(command) {
      // One stream, in the order in which a terminal would show it.
      const ran = spawnSync('sh', ['-c', `exec 2>&1\n${command}`], {
        cwd: dir,
        env: { ...process.env, LC_ALL: 'C.UTF-8' },
      });
      return ran.stdout.toString().trimEnd();
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** Whether the programs that a command needs are on this machine. */
export function missingProgram(command: string): string | undefined {
  const names = command.split(/[|;&]+/).map((part) => part.trim().split(/\s+/)[0] ?? '');
  return names.find(
    (name) => /^[a-z][\w-]*$/.test(name) && spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0,
  );
}

/** Whether the output is what the page says. */
export function agrees(expected: string, actual: string): boolean {
  const pattern = expected
    .split('\n')
    .map((line) => (line.trim() === '…' ? '(?:.*\n)*?.*' : line.split('…').map(escapePattern).join('.*')))
    .join('\n');
  return new RegExp(`^${pattern}$`).test(actual);
}

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The page with the output of every step as it is now; steps that still agree stay as they are. */
export function refreshed(path: string): string {
  const page = readFileSync(path, 'utf8');
  const desk = openDesk();
  try {
    return page.replace(fence, (_, body: string) => {
      const steps = stepsOf(body).map(({ command, output }) => {
        const actual = missingProgram(command) === undefined ? desk.run(command) : output;
        return [`$ ${command}`, agrees(output, actual) ? output : actual].filter(Boolean).join('\n');
      });
      return `\`\`\`console\n${steps.join('\n')}\n\`\`\``;
    });
  } finally {
    desk.remove();
  }
}
