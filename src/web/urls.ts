/**
 * Every address of the server, in one place: routes are matched by `routes`, links are made by the functions.
 *
 *   /search?q=invoice+from%3Aanna&sort=relevance     /m/1234?q=invoice     /t/1200?after=1250
 *
 * A page's whole state is in its address, so that it can be kept, sent and gone back to.
 */
import type { SortOrder } from '../index/search.js';

/** Patterns for Hono. Ids are matched strictly, so that nothing else ever reaches a handler. */
export const routes = {
  home: '/',
  search: '/search',
  message: '/m/:id{[0-9A-Fa-f]+}',
  raw: '/m/:id{[0-9A-Fa-f]+}/raw',
  html: '/m/:id{[0-9A-Fa-f]+}/html',
  htmlBody: '/m/:id{[0-9A-Fa-f]+}/body.html',
  attachment: '/m/:id{[0-9A-Fa-f]+}/attachment/:entity{[0-9]+}',
  part: '/m/:id{[0-9A-Fa-f]+}/part/:entity{[0-9]+}',
  thread: '/t/:id{[0-9]+}',
  attachments: '/attachments',
  blob: '/a/:sha256{[0-9a-f]{64}}',
  blobFile: '/a/:sha256{[0-9a-f]{64}}/file',
  blobPicture: '/a/:sha256{[0-9a-f]{64}}/picture',
  containers: '/containers',
  progress: '/progress',
  help: '/help',
  stylesheet: '/style/:hash{[0-9a-f]+}/impart.css',
  icon: '/icon.svg',
} as const;

export interface SearchState {
  readonly q: string;
  readonly sort?: SortOrder | undefined;
  /** Cursor of `SearchIndex.page`. */
  readonly after?: string | undefined;
}

export interface ContainersState {
  /** Position in the list of containers. */
  readonly from?: number | undefined;
  /** Occurrence id after which failures are listed. */
  readonly failures?: number | undefined;
  /** Row id after which other files are listed. */
  readonly others?: number | undefined;
}

export interface GalleryState {
  /** Attachments of the messages that this search finds; '' for all. */
  readonly q?: string | undefined;
  /** A group of `extract/type.ts`; undefined for all. */
  readonly kind?: string | undefined;
  readonly sort?: string | undefined;
  /** Position in the list. */
  readonly from?: number | undefined;
}

export interface BlobState {
  /** The search it was opened from: its words are marked. */
  readonly q?: string | undefined;
  /** Number of a piece, from 1: the page that has it. */
  readonly at?: number | undefined;
  /** Position in the list of its messages. */
  readonly places?: number | undefined;
}

export interface MessageState {
  /** The search it was opened from: its words are marked. */
  readonly q?: string | undefined;
  /** Fixed-width or proportional text, where the reader chose. */
  readonly font?: 'fixed' | 'book' | undefined;
  /** The whole text, however long. */
  readonly full?: boolean | undefined;
}

/** Appends the parameters that are there; an empty text counts as none. */
function withParameters(
  path: string,
  parameters: Readonly<Record<string, string | number | undefined>>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

export const urls = {
  home: (): string => '/',
  search: ({ q, sort, after }: SearchState): string =>
    withParameters('/search', { q, sort: sort === 'relevance' ? sort : undefined, after }),
  message: (number: number, { q, font, full }: MessageState = {}): string =>
    withParameters(`/m/${number}`, { q, font, full: full === true ? 1 : undefined }),
  raw: (number: number): string => `/m/${number}/raw`,
  rawDownload: (number: number): string => `/m/${number}/raw?download`,
  html: (number: number, q?: string): string => withParameters(`/m/${number}/html`, { q }),
  htmlBody: (number: number): string => `/m/${number}/body.html`,
  attachment: (number: number, entity: number): string => `/m/${number}/attachment/${entity}`,
  part: (number: number, entity: number): string => `/m/${number}/part/${entity}`,
  thread: (thread: number, after?: number): string => withParameters(`/t/${thread}`, { after }),
  /** The page of the thread that shows the message, at the message. */
  inThread: (thread: number, message: number): string =>
    `${withParameters(`/t/${thread}`, { at: message })}#m${message}`,
  attachments: ({ q, kind, sort, from }: GalleryState = {}): string =>
    withParameters('/attachments', {
      q,
      kind,
      sort: sort === 'newest' ? undefined : sort,
      from: from === 0 ? undefined : from,
    }),
  blob: (sha256: string, { q, at, places }: BlobState = {}): string =>
    `${withParameters(`/a/${sha256}`, { q, at, places })}${at === undefined ? '' : `#p${at}`}`,
  blobFile: (sha256: string): string => `/a/${sha256}/file`,
  blobPicture: (sha256: string): string => `/a/${sha256}/picture`,
  containers: ({ from, failures, others }: ContainersState = {}): string =>
    withParameters('/containers', { from, failures, others }),
  progress: (): string => '/progress',
  help: (): string => '/help',
  stylesheet: (hash: string): string => `/style/${hash}/impart.css`,
  icon: (): string => '/icon.svg',
};
