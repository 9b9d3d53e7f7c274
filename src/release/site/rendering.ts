/** Which pages need not be made again: those made from the same, by the same program, whose files are still there. */
import { hash } from 'node:crypto';
import type { RenderedJob } from '../../store/release-log.js';
import type { FolderWriter } from '../folder-writer.js';
import type { PreviousRelease } from '../previous.js';
import { programHash } from '../program-hash.js';
import type { SiteFacts } from './frame.js';
import type { PageJob } from './render.js';

export class Rendering {
  /** What the pages of this release were made from. */
  readonly jobs = new Map<string, RenderedJob>();
  readonly #before: ReadonlyMap<string, RenderedJob>;
  readonly #previous: PreviousRelease | undefined;
  readonly #recordOf: (number: number) => string;
  readonly #program = programHash(['web', 'release', 'read', 'message', 'proof']);

  /** `recordOf`: SHA-256 of the record of a published message. */
  constructor(
    before: ReadonlyMap<string, RenderedJob>,
    previous: PreviousRelease | undefined,
    recordOf: (number: number) => string,
  ) {
    this.#before = before;
    this.#previous = previous;
    this.#recordOf = recordOf;
  }

  /** Links the pages of a job where they would come out the same. Returns whether they would, and could be. */
  reuse(folder: FolderWriter, site: SiteFacts, job: PageJob): boolean {
    const before = this.#before.get(nameOf(job));
    if (before === undefined || before.basis !== this.#basis(site, job)) return false;
    if (this.#previous?.link(folder, before.paths) !== true) return false;
    this.jobs.set(before.job, before);
    return true;
  }

  rendered(site: SiteFacts, job: PageJob, paths: readonly string[]): void {
    const name = nameOf(job);
    this.jobs.set(name, { job: name, basis: this.#basis(site, job), paths });
  }

  #basis(site: SiteFacts, job: PageJob): string {
    const records = numbersOf(job).map(this.#recordOf);
    return hash('sha256', JSON.stringify([this.#program, site, job, records]), 'base64');
  }
}

function nameOf(job: PageJob): string {
  switch (job.kind) {
    case 'message':
    case 'withdrawn':
      return `message ${job.number}`;
    case 'thread':
      return `thread ${job.thread}`;
    case 'month':
      return `month ${job.month} ${job.page}`;
    case 'person':
      return `person ${job.page} ${job.person.address}`;
    case 'search':
      return `search ${job.part}`;
    case 'lines':
      return `lines ${job.path}`;
  }
}

/** Messages whose records a job reads. */
function numbersOf(job: PageJob): readonly number[] {
  switch (job.kind) {
    case 'message':
      return [job.number];
    case 'thread':
      return job.lines.map(({ number }) => number);
    case 'search':
    case 'lines':
      return job.numbers;
    default:
      return [];
  }
}
