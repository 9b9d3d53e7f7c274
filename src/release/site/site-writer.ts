/** The second half of a release: everything that people read, made from the records in `data/`. */
import { micromark } from 'micromark';
import type { CompletenessStatement } from '../../proof/entry.js';
import { icon, stylesheet } from '../../web/stylesheet.js';
import type { FolderWriter } from '../folder-writer.js';
import { runPool } from '../pool.js';
import type { CitedRelease } from './citation.js';
import { document, type SiteFacts } from './frame.js';
import { AboutPage, FrontPage } from './front.js';
import { planLines, planSite, type SitePlan, type ThreadOrder, type WithdrawnMessage } from './jobs.js';
import { MonthsPage, PeoplePage } from './lists.js';
import type { ListedMessage, SiteMessage } from './message-list.js';
import type { PageWorkerData, WrittenPage } from './page-worker.js';
import { places } from './places.js';
import type { PageJob } from './render.js';
import type { Rendering } from './rendering.js';
import { scriptNames, scriptText } from './scripts.js';
import { partOf } from './search-index.js';
import { atomFeed, csvHeading, csvRow, sitemaps } from './tables.js';
import { CheckPage, SearchPage } from './tools.js';

export interface SiteOptions {
  readonly site: SiteFacts;
  readonly folder: FolderWriter;
  readonly statement: CompletenessStatement;
  /** This one is the last. */
  readonly releases: readonly CitedRelease[];
  /** In the order of their numbers. */
  readonly messages: readonly SiteMessage[];
  readonly withdrawn: readonly WithdrawnMessage[];
  readonly orderOf: ThreadOrder;
  readonly verifier: string;
  readonly notes: string;
  readonly rendering: Rendering;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** On the first page. */
const firstMessages = 20;

export async function writeSite(options: SiteOptions): Promise<void> {
  const plan = planSite(options.messages, options.withdrawn, options.orderOf);
  await writePages(options, plan.jobs);
  writeFixedPages(options, plan);
  writeFiles(options);
}

/** CSV and JSON Lines, which are part of the payload. */
export async function writeTables(
  options: Pick<SiteOptions, 'site' | 'folder' | 'rendering'>,
  messages: readonly ListedMessage[],
): Promise<void> {
  options.folder.write('data/messages.csv', csvHeading + messages.map(csvRow).join(''));
  await writePages(options, planLines(messages));
}

async function writePages(
  { site, folder, rendering, onProgress }: Pick<SiteOptions, 'site' | 'folder' | 'rendering' | 'onProgress'>,
  jobs: readonly PageJob[],
): Promise<void> {
  const fresh = jobs.filter((job) => !rendering.reuse(folder, site, job));
  const data: PageWorkerData = { dir: folder.dir, site };
  let done = jobs.length - fresh.length;
  await runPool<PageJob, WrittenPage[]>(
    new URL('./page-worker.js', import.meta.url),
    data,
    fresh,
    (job, files) => {
      for (const { path, sha256, bytes } of files) folder.note(path, { sha256, bytes });
      rendering.rendered(
        site,
        job,
        files.map(({ path }) => path),
      );
      done += 1;
      onProgress?.(done, jobs.length);
    },
  );
}

function writeFixedPages(options: SiteOptions, { months, people, timeline }: SitePlan): void {
  const { site, folder, statement, releases, messages, verifier, notes } = options;
  // Neither HTML nor addresses that run something get through: micromark leaves both out unless told otherwise.
  const html = micromark(notes);
  const first = messages.slice(0, firstMessages);
  const pages = [
    [places.home, FrontPage({ site, statement, releases, notes: html, timeline, months, first })],
    [places.about, AboutPage({ site, statement, releases, verifier })],
    [places.months, MonthsPage({ site, months, timeline })],
    [places.people, PeoplePage({ site, people })],
    [places.search, SearchPage({ site })],
    [places.check, CheckPage({ site })],
  ] as const;
  for (const [path, page] of pages) folder.write(path, document(page));
}

function writeFiles({ site, folder, releases, messages, verifier }: SiteOptions): void {
  folder.write(places.stylesheet, stylesheet);
  folder.write(places.icon, icon);
  for (const name of scriptNames) folder.write(places.script(name), scriptText(name));
  folder.write(places.script('checkpoint-key'), `var impartKey = ${JSON.stringify(verifier)};\n`);
  const parts = [...new Set(messages.map(({ number }) => partOf(number)))];
  folder.write(places.script('search-index'), `var impartParts = ${JSON.stringify(parts)};\n`);
  const release = releases.at(-1);
  if (release !== undefined) folder.write(places.feed, atomFeed(site, release, messages));
  const paths = Array.from(folder.files.keys()).filter((path) => /^(?:.*\/)?[0-9a-z]+\.html$/.test(path));
  for (const { path, content } of sitemaps(site, paths.filter((path) => !path.endsWith('/body.html')).sort()))
    folder.write(path, content);
}
