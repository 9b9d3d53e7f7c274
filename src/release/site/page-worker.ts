/** A thread that renders pages: takes jobs, writes their files, answers with hashes. One record is in memory at a time, a thread's records for its page. */
import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { recordPath } from '../../proof/record.js';
import type { WrittenFile } from '../folder-writer.js';
import { type PublishedRecord, readRecord } from '../published.js';
import type { SiteFacts } from './frame.js';
import { type PageJob, renderPages } from './render.js';

export interface PageWorkerData {
  readonly dir: string;
  readonly site: SiteFacts;
}

export interface WrittenPage extends WrittenFile {
  readonly path: string;
}

const { dir, site } = workerData as PageWorkerData;

const record = (number: number): PublishedRecord => readRecord(readFileSync(join(dir, recordPath(number))));

function work(job: PageJob): WrittenPage[] {
  return renderPages(site, job, record).map(({ path, content }) => {
    const full = join(dir, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
    return { path, sha256: hash('sha256', content, 'hex'), bytes: Buffer.byteLength(content) };
  });
}

parentPort?.on('message', (jobs: readonly PageJob[]) => {
  parentPort?.postMessage(jobs.map(work));
});
