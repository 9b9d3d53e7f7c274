/** `/attachments`, the gallery, and `/a/SHA256`, one file with its text, its names and its places. */
import type { Hono } from 'hono';
import { OperatorError } from '../../errors.js';
import { groups, isRunnableName, mismatch } from '../../extract/type.js';
import { type GallerySort, galleryPage, gallerySorts } from '../../index/attachment-gallery.js';
import type { BlobRow, PlaceRow } from '../../index/attachment-text.js';
import { parseQuery } from '../../index/query/parse.js';
import type { Match, Query } from '../../index/query/query.js';
import { readBlob } from '../../read/blob.js';
import { findHits, markHits, matchesOf, tokensOf, type Wanted } from '../../read/snippet.js';
import { bodyOf, downloadResponse, safeFileName } from '../download.js';
import { imageType } from '../image-type.js';
import type { LiveArchive, OpenArchive } from '../live-archive.js';
import { BlobPage, type PlaceFacts, type ShownPiece } from '../pages/blob.js';
import { GalleryPage } from '../pages/gallery.js';
import { MalformedQueryPage } from '../pages/search.js';
import { frameOf, getOpen, numberIn, page } from '../respond.js';
import { bytesPolicy } from '../security.js';
import { routes } from '../urls.js';

const filesPerPage = 48;
const piecesPerPage = 20;
const placesPerPage = 40;
/** Names of one file that are shown. */
const shownNames = 12;

export function registerAttachments(app: Hono, live: LiveArchive): void {
  app.get(routes.attachments, (context) => answerGallery(live, context.req.query()));
  app.get(routes.blob, (context) => {
    const open = getOpen(live);
    return answerBlob(live, open, getBlob(open, context.req.param('sha256')), context.req.query());
  });
  app.get(routes.blobFile, async (context) => {
    const open = getOpen(live);
    const blob = getBlob(open, context.req.param('sha256'));
    const bytes = await bytesOf(open, blob);
    return downloadResponse(
      bytes,
      safeFileName(blob.name, `attachment-${blob.sha256.slice(0, 12)}.bin`),
      imageType(bytes),
    );
  });
  app.get(routes.blobPicture, async (context) => {
    const open = getOpen(live);
    const bytes = await bytesOf(open, getBlob(open, context.req.param('sha256')));
    const mediaType = imageType(bytes);
    if (mediaType === undefined)
      throw missing('This file is no PNG, JPEG, GIF or WebP picture, so it is not shown.');
    return new Response(bodyOf(bytes), {
      headers: { 'Content-Type': mediaType, 'Content-Security-Policy': bytesPolicy },
    });
  });
}

const missing = (message: string): OperatorError =>
  new OperatorError(
    'attachment-missing',
    message,
    'The page of the message has the file. impart extract brings the list of attachments up to date.',
  );

function getBlob(open: OpenArchive, sha256: string): BlobRow {
  const blob = open.archive.index.attachments.findBlob(sha256);
  if (blob === undefined) throw missing('No attachment with this SHA-256 has been listed yet.');
  return blob;
}

function bytesOf(open: OpenArchive, blob: BlobRow): Promise<Buffer> {
  return readBlob(open.archive, blob.sha256, open.archive.index.attachments.places(blob.id, 0, 5));
}

function answerGallery(
  live: LiveArchive,
  { q = '', kind, sort, from }: Record<string, string | undefined>,
): Response {
  const frame = frameOf(live);
  const parsed = parseQuery(q.trim());
  if (!parsed.ok)
    return page(<MalformedQueryPage frame={frame} q={q} error={parsed.error} />, { status: 400 });
  const open = getOpen(live);
  const { index } = open.archive;
  const state = {
    q: q.trim(),
    kind: groups.find((group) => group === kind),
    sort: gallerySorts.find((each) => each === sort) ?? ('newest' satisfies GallerySort),
    from: numberIn(from) ?? 0,
  };
  const within = parsed.query.kind === 'all' ? undefined : index.evaluate(parsed.query);
  const shown = galleryPage(index.attachments, { ...state, limit: filesPerPage }, within);
  return page(
    <GalleryPage
      frame={frame}
      state={state}
      query={parsed.query}
      shown={shown}
      counts={index.attachments.counts()}
      inMail={index.attachmentCount()}
      perPage={filesPerPage}
    />,
  );
}

function answerBlob(
  live: LiveArchive,
  open: OpenArchive,
  blob: BlobRow,
  { q, at, places }: Record<string, string | undefined>,
): Response {
  const { attachments } = open.archive.index;
  const namings = attachments.namings(blob.id, shownNames);
  const first = Math.min(Math.max(0, (numberIn(at) ?? 1) - 1), Math.max(0, blob.pieces - 1));
  const from = first - (first % piecesPerPage);
  const placesFrom = numberIn(places) ?? 0;
  const wanted = wantedIn(q);
  return page(
    <BlobPage
      frame={frameOf(live)}
      blob={blob}
      q={q}
      namings={namings}
      mismatches={[
        ...new Set(namings.map(({ name, declared }) => mismatch(blob.mediaType, name, declared))),
      ].filter(Boolean)}
      isRunnable={namings.some(({ name }) => isRunnableName(name))}
      findings={attachments.findings(blob.id)}
      pieces={attachments
        .pieces(blob.id, from, piecesPerPage)
        .map((piece, i) => shownPiece(piece, from + i + 1, wanted))}
      from={from}
      perPage={piecesPerPage}
      matching={matchingPositions(open, blob, q)}
      places={attachments.places(blob.id, placesFrom, placesPerPage).map((place) => placeFacts(open, place))}
      placesFrom={placesFrom}
      placesPerPage={placesPerPage}
    />,
  );
}

/** Words for mail and words for attachments alike: whoever comes from a search wants to see both. */
function wantedIn(q: string | undefined): Wanted {
  const query = queryOf(q);
  return tokensOf([...matchesOf(query, 'attachment'), ...matchesOf(query, 'text')]);
}

function queryOf(q: string | undefined): Query {
  const parsed = parseQuery(q ?? '');
  return parsed.ok ? parsed.query : { kind: 'all' };
}

function shownPiece(
  { where, kind, text }: { where: string; kind: string; text: string },
  position: number,
  wanted: Wanted,
): ShownPiece {
  const marked = (part: string) => markHits(part, findHits(part, wanted));
  const rows = kind === 'text' ? [] : text.split('\n').map((line) => line.split('\t').map(marked));
  return { where, kind, position, rows, parts: kind === 'text' ? marked(text) : [] };
}

/** Pieces that are told of as having the words. */
const toldPieces = 40;

function matchingPositions(open: OpenArchive, blob: BlobRow, q: string | undefined): number[] {
  const query = queryOf(q);
  const matches: Match[] = [...matchesOf(query, 'attachment'), ...matchesOf(query, 'text')];
  return open.archive.index.attachments.positionsMatching(blob.id, matches, toldPieces);
}

function placeFacts(open: OpenArchive, place: PlaceRow): PlaceFacts {
  return { ...place, row: open.archive.index.findRow(place.number) };
}
