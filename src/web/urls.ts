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
  evidence: '/m/:id{[0-9A-Fa-f]+}/evidence/:file{[a-z]+\\.[a-z]+}',
  thread: '/t/:id{[0-9]+}',
  threadTree: '/t/:id{[0-9]+}/tree',
  copies: '/m/:id{[0-9]+}/copies',
  verification: '/verification',
  finding: '/findings/:code{[a-z-]+}',
  pictures: '/pictures',
  people: '/people',
  suggestions: '/people/suggestions',
  statePerson: '/people/state',
  undoPerson: '/people/undo',
  person: '/p/:address{.+}',
  attachments: '/attachments',
  blob: '/a/:sha256{[0-9a-f]{64}}',
  blobFile: '/a/:sha256{[0-9a-f]{64}}/file',
  blobPicture: '/a/:sha256{[0-9a-f]{64}}/picture',
  desk: '/desk',
  deskAct: '/desk/act/:id{[A-Za-z0-9_-]{22}}',
  deskTaken: '/desk/taken',
  deskTags: '/desk/tags',
  deskMarks: '/desk/marks',
  deskNotes: '/desk/notes',
  deskSearches: '/desk/searches',
  deskLists: '/desk/lists',
  deskList: '/desk/lists/:id{[A-Za-z0-9_-]{22}}',
  deskListCounts: '/desk/lists/:id{[A-Za-z0-9_-]{22}}/counts.csv',
  deskUndo: '/desk/undo',
  deskReader: '/desk/reader',
  claims: '/claims',
  claimsNext: '/claims/next',
  claimsCapture: '/claims/c/:id{[A-Za-z0-9_-]{22}}',
  claimsOriginal: '/claims/c/:id{[A-Za-z0-9_-]{22}}/original',
  claimsReview: '/claims/c/:id{[A-Za-z0-9_-]{22}}/at/:place{[0-9]+-[0-9]+}',
  claimsSpeaker: '/claims/who/:id{[A-Za-z0-9_-]{22}}',
  claimsUtterance: '/claims/said/:id{[A-Za-z0-9_-]{22}}',
  claimsPropositions: '/claims/propositions',
  claimsProposition: '/claims/propositions/:id{[A-Za-z0-9_-]{22}}',
  claimsExport: '/claims/export/:format{[a-z]+}',
  claimsUpload: '/claims/capture',
  claimsDecide: '/claims/decide',
  claimsSettle: '/claims/settle',
  claimsAssess: '/claims/assess',
  claimsReply: '/claims/reply',
  redact: '/redact',
  redactRule: '/redact/r/:rule{[a-z-]+}',
  redactDecide: '/redact/decide',
  redactMessage: '/redact/m/:id{[0-9A-Fa-f]+}',
  redactMark: '/redact/mark',
  redactPeople: '/redact/people',
  redactState: '/redact/state',
  redactAttachment: '/redact/a/:sha256{[0-9a-f]{64}}',
  redactPage: '/redact/a/:sha256{[0-9a-f]{64}}/page/:page{[0-9]{1,4}}',
  redactClear: '/redact/clear',
  redactUndo: '/redact/undo',
  export: '/export',
  keys: '/keys',
  containers: '/containers',
  progress: '/progress',
  help: '/help',
  stylesheet: '/style/:hash{[0-9a-f]+}/impart.css',
  script: '/script/:hash{[0-9a-f]+}/impart.js',
  icon: '/icon.svg',
} as const;

export interface SearchState {
  readonly q: string;
  readonly sort?: SortOrder | undefined;
  /** Cursor of `SearchIndex.page`. */
  readonly after?: string | undefined;
  /** Every hit, also those that say the same as another. */
  readonly every?: boolean | undefined;
}

/** What a picture of a search shows: times, hours of the week, who with whom, what is missing. */
export const pictureKinds = ['when', 'hours', 'ties', 'gaps'] as const;
export type PictureKind = (typeof pictureKinds)[number];

export interface PictureState {
  readonly q: string;
  /** `when` where undefined. */
  readonly show?: PictureKind | undefined;
  /** Bars of the timeline: day, month, year. */
  readonly by?: string | undefined;
  /** Of the IANA database; UTC where undefined. */
  readonly zone?: string | undefined;
  /** Only ties where each wrote to the other. */
  readonly both?: boolean | undefined;
}

export const personOrders = ['messages', 'sent', 'received', 'first', 'last', 'name'] as const;
export type PersonOrder = (typeof personOrders)[number];

export interface PeopleState {
  /** Part of a name or address. */
  readonly name?: string | undefined;
  readonly sort?: PersonOrder | undefined;
  /** Position in the list. */
  readonly from?: number | undefined;
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

export interface RedactRuleState {
  /** open where undefined. */
  readonly state?: string | undefined;
  /** Position in the list. */
  readonly from?: number | undefined;
  /** The act that led here: it can be taken back. */
  readonly did?: string | undefined;
}

export interface RedactPeopleState {
  /** Part of a name or address. */
  readonly name?: string | undefined;
  readonly from?: number | undefined;
  readonly did?: string | undefined;
}

export interface BlobState {
  /** The search it was opened from: its words are marked. */
  readonly q?: string | undefined;
  /** Number of a piece, from 1: the page that has it. */
  readonly at?: number | undefined;
  /** Position in the list of its messages. */
  readonly places?: number | undefined;
}

export interface CopiesState {
  readonly q?: string | undefined;
  /** Position in the list. */
  readonly from?: number | undefined;
}

/** `every`: each message, also those that say the same as another; `inclusive`: the fewest that hold all of the text. */
export const threadShows = ['every', 'inclusive'] as const;
export type ThreadShow = (typeof threadShows)[number];

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
  search: ({ q, sort, after, every }: SearchState): string =>
    withParameters('/search', {
      q,
      sort: sort === 'relevance' ? sort : undefined,
      copies: every === true ? 'all' : undefined,
      after,
    }),
  /** By SHA-256 where the number is not known. */
  messageByHash: (sha256: string): string => `/m/${sha256}`,
  message: (number: number, { q, font, full }: MessageState = {}): string =>
    withParameters(`/m/${number}`, { q, font, full: full === true ? 1 : undefined }),
  raw: (number: number): string => `/m/${number}/raw`,
  rawDownload: (number: number): string => `/m/${number}/raw?download`,
  html: (number: number, q?: string): string => withParameters(`/m/${number}/html`, { q }),
  htmlBody: (number: number): string => `/m/${number}/body.html`,
  attachment: (number: number, entity: number): string => `/m/${number}/attachment/${entity}`,
  part: (number: number, entity: number): string => `/m/${number}/part/${entity}`,
  evidence: (
    number: number,
    file: 'record.json' | 'keys.json' | 'message.eml' | 'content.txt' | 'signature.asc',
  ): string => `/m/${number}/evidence/${file}`,
  /** Those that say the same as a message; `q` is the search it was opened from. */
  copies: (number: number, { q, from }: CopiesState = {}): string =>
    withParameters(`/m/${number}/copies`, { q, from: from === 0 ? undefined : from }),
  thread: (thread: number, after?: number, show?: ThreadShow): string =>
    withParameters(`/t/${thread}`, { show, after }),
  /** The page of the thread that shows the message, at the message. */
  inThread: (thread: number, message: number, show?: ThreadShow): string =>
    `${withParameters(`/t/${thread}`, { show, at: message })}#m${message}`,
  threadTree: (thread: number): string => `/t/${thread}/tree`,
  verification: (): string => '/verification',
  finding: (code: string): string => `/findings/${code}`,
  pictures: ({ q, show, by, zone, both }: PictureState): string =>
    withParameters('/pictures', {
      q,
      show: show === 'when' ? undefined : show,
      by,
      zone: zone === 'UTC' ? undefined : zone,
      both: both === true ? 1 : undefined,
    }),
  people: ({ name, sort, from }: PeopleState = {}): string =>
    withParameters('/people', {
      name,
      sort: sort === 'messages' ? undefined : sort,
      from: from === 0 ? undefined : from,
    }),
  suggestions: (from = 0): string =>
    withParameters('/people/suggestions', { from: from === 0 ? undefined : from }),
  statePerson: (): string => '/people/state',
  undoPerson: (): string => '/people/undo',
  /** By any of a person's addresses. */
  person: (address: string): string => `/p/${encodeURIComponent(address)}`,
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
  redact: (): string => '/redact',
  redactRule: (rule: string, { state, from, did }: RedactRuleState = {}): string =>
    withParameters(`/redact/r/${rule}`, {
      state: state === 'open' ? undefined : state,
      from: from === 0 ? undefined : from,
      did,
    }),
  redactDecide: (): string => '/redact/decide',
  redactMessage: (id: number | string, did?: string): string => withParameters(`/redact/m/${id}`, { did }),
  redactMark: (): string => '/redact/mark',
  redactPeople: ({ name, from, did }: RedactPeopleState = {}): string =>
    withParameters('/redact/people', { name, from: from === 0 ? undefined : from, did }),
  redactState: (): string => '/redact/state',
  redactAttachment: (sha256: string, page?: number, did?: string): string =>
    withParameters(`/redact/a/${sha256}`, { page: page === 1 ? undefined : page, did }),
  /** `state` changes with its boxes, so that no browser shows what it kept. */
  redactPage: (sha256: string, page: number, state: string): string =>
    withParameters(`/redact/a/${sha256}/page/${page}`, { state }),
  redactClear: (): string => '/redact/clear',
  redactUndo: (): string => '/redact/undo',
  desk: (notesFrom?: number): string =>
    withParameters('/desk', { notes: notesFrom === 0 ? undefined : notesFrom }),
  /** What one press of a button did, and the way to take it back. `back` is where it was pressed. */
  deskAct: (id: string, back?: string): string => withParameters(`/desk/act/${id}`, { back }),
  /** What one press of a button took off. */
  deskTaken: (at: number, by: string, back?: string): string =>
    withParameters('/desk/taken', { at, by, back }),
  deskTags: (): string => '/desk/tags',
  deskMarks: (): string => '/desk/marks',
  deskNotes: (): string => '/desk/notes',
  deskSearches: (): string => '/desk/searches',
  deskLists: (): string => '/desk/lists',
  deskList: (id: string, from?: number): string =>
    withParameters(`/desk/lists/${id}`, { from: from === 0 ? undefined : from }),
  deskListCounts: (id: string): string => `/desk/lists/${id}/counts.csv`,
  deskUndo: (): string => '/desk/undo',
  deskReader: (): string => '/desk/reader',
  claims: (): string => '/claims',
  /** The first statement that waits, after the one at this place. */
  claimsNext: (capture?: string, place?: string): string =>
    withParameters('/claims/next', { capture, after: place }),
  claimsCapture: (id: string): string => `/claims/c/${id}`,
  claimsOriginal: (id: string): string => `/claims/c/${id}/original`,
  claimsReview: (id: string, place: string): string => `/claims/c/${id}/at/${place}`,
  claimsSpeaker: (id: string): string => `/claims/who/${id}`,
  claimsUtterance: (id: string): string => `/claims/said/${id}`,
  claimsPropositions: (): string => '/claims/propositions',
  claimsProposition: (id: string): string => `/claims/propositions/${id}`,
  claimsExport: (format: string): string => `/claims/export/${format}`,
  claimsUpload: (): string => '/claims/capture',
  claimsDecide: (): string => '/claims/decide',
  claimsSettle: (): string => '/claims/settle',
  claimsAssess: (): string => '/claims/assess',
  claimsReply: (): string => '/claims/reply',
  export: (q: string, format: string): string => withParameters('/export', { q, format }),
  keys: (): string => '/keys',
  containers: ({ from, failures, others }: ContainersState = {}): string =>
    withParameters('/containers', { from, failures, others }),
  progress: (): string => '/progress',
  help: (): string => '/help',
  stylesheet: (hash: string): string => `/style/${hash}/impart.css`,
  script: (hash: string): string => `/script/${hash}/impart.js`,
  icon: (): string => '/icon.svg',
};
