/** A thread that reads written files as bytes and looks for what was redacted, in them and in their names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { type Leak, LeakCheck, type Secret } from '../redact/leak-check.js';

export interface LeakWorkerData {
  readonly dir: string;
  readonly secrets: readonly Secret[];
}

const { dir, secrets } = workerData as LeakWorkerData;
const check = new LeakCheck(secrets);

const work = (path: string): Leak[] => [
  ...check.find(readFileSync(join(dir, path))),
  ...check.find(Buffer.from(path)),
];

parentPort?.on('message', (paths: readonly string[]) => {
  parentPort?.postMessage(paths.map(work));
});
