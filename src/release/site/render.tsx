/** One page from what it shows to its bytes. A job is plain data, so that any thread can do it. */
import { frameDocument } from '../../web/handlers/html.js';
import type { PublishedRecord } from '../published.js';
import { document, type SiteFacts } from './frame.js';
import { type ListPageProps, MonthPage, PersonPage, type PublicPerson } from './lists.js';
import { type HistoryLine, MessagePage, type ThreadPlace, WithdrawnPage } from './message.js';
import { type PageFile, places } from './places.js';
import { searchPart } from './search-index.js';
import { jsonLine } from './tables.js';
import { ThreadPage } from './thread.js';

export type PageJob =
  | {
      readonly kind: 'message';
      readonly number: number;
      readonly thread: ThreadPlace | undefined;
      readonly history: readonly HistoryLine[];
    }
  | {
      readonly kind: 'withdrawn';
      readonly number: number;
      readonly reason: string;
      readonly history: readonly HistoryLine[];
    }
  | {
      readonly kind: 'thread';
      readonly thread: number;
      readonly lines: readonly { readonly number: number; readonly depth: number }[];
    }
  | (Omit<ListPageProps, 'site'> & { readonly kind: 'month'; readonly month: string })
  /** Files of the search index, and of JSON Lines, with these messages. */
  | { readonly kind: 'search'; readonly part: number; readonly numbers: readonly number[] }
  | { readonly kind: 'lines'; readonly path: string; readonly numbers: readonly number[] }
  | (Omit<ListPageProps, 'site'> & { readonly kind: 'person'; readonly person: PublicPerson });

/** `record`: of a published message, by number. */
export function renderPages(
  site: SiteFacts,
  job: PageJob,
  record: (number: number) => PublishedRecord,
): PageFile[] {
  switch (job.kind) {
    case 'message':
      return messageFiles(site, job, record(job.number));
    case 'withdrawn':
      return [
        { path: places.message(job.number), content: document(<WithdrawnPage {...job} site={site} />) },
      ];
    case 'thread': {
      const lines = job.lines.map(({ number, depth }) => ({ record: record(number), depth }));
      const page = <ThreadPage site={site} thread={job.thread} lines={lines} />;
      return [{ path: places.thread(job.thread), content: document(page) }];
    }
    case 'search':
      return searchPart(job.part, job.numbers.map(record));
    case 'lines':
      return [{ path: job.path, content: job.numbers.map((number) => jsonLine(record(number))).join('') }];
    case 'month': {
      const page = <MonthPage {...job} site={site} />;
      return [{ path: places.month(job.month, job.page), content: document(page) }];
    }
    case 'person': {
      const page = <PersonPage {...job} site={site} />;
      return [{ path: places.person(job.person.address, job.page), content: document(page) }];
    }
  }
}

function messageFiles(
  site: SiteFacts,
  { number, thread, history }: PageJob & { kind: 'message' },
  record: PublishedRecord,
): PageFile[] {
  const page = <MessagePage site={site} record={record} thread={thread} history={history} />;
  const files = [{ path: places.message(number), content: document(page) }];
  if (record.html !== null)
    files.push({ path: places.body(number), content: frameDocument(record.html, bodyPolicy) });
  return files;
}

/** Pictures that came inside the message and were cleared lie beside it; nothing else loads, nothing runs. */
const bodyPolicy =
  "default-src 'none'; img-src data: 'self' file:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";
