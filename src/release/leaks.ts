/** The gate: nothing of what was redacted is in the files that were written. Throws where something is. */
import { OperatorError } from '../errors.js';
import type { Leak, Secret } from '../redact/leak-check.js';
import type { LeakWorkerData } from './leak-worker.js';
import { runPool } from './pool.js';

/** Files named in the error; more help nobody. */
const maxNamed = 10;

/** Throws OperatorError `redacted-text-left`. The text itself is not repeated: messages of programs end up in logs. */
export async function refuseLeaks(
  dir: string,
  paths: readonly string[],
  secrets: readonly Secret[],
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  if (secrets.length === 0) return;
  let done = 0;
  const found: string[] = [];
  const data: LeakWorkerData = { dir, secrets };
  await runPool<string, Leak[]>(new URL('./leak-worker.js', import.meta.url), data, paths, (path, leaks) => {
    for (const { secret, via } of leaks)
      found.push(
        secret < 0
          ? `${path} could not be read to its end`
          : `${path}: redaction ${secret + 1}${via.length === 0 ? '' : `, as ${via.join(' in ')}`}`,
      );
    done += 1;
    onProgress(done, paths.length);
  });
  if (found.length === 0) return;
  const named = found.slice(0, maxNamed).map((line) => `\n  ${line}`);
  const more = found.length > maxNamed ? `\n  and ${found.length - maxNamed} more` : '';
  throw new OperatorError(
    'redacted-text-left',
    `something that was redacted is still in what would be published:${named.join('')}${more}`,
    'Nothing was published. Redact these places too, or withhold the messages, then run the command again.',
  );
}
