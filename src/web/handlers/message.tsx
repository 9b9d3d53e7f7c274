/** `/m/NUMBER` and `/m/SHA256PREFIX`. */
import type { Hono } from 'hono';
import { parseQuery } from '../../index/query/parse.js';
import type { Query } from '../../index/query/query.js';
import type { ArchivedMessage } from '../../read/archive.js';
import { QuotationFinder } from '../../read/quotations.js';
import { wantedTokens } from '../../read/snippet.js';
import type { MessageRow } from '../../store/catalog-reader.js';
import { testimonyOf } from '../../verify/evidence.js';
import { isAligned } from '../alignment.js';
import { containerPath } from '../container-tree.js';
import type { LiveArchive, OpenArchive } from '../live-archive.js';
import { markNoted, messageDesk } from '../message-desk.js';
import { htmlEntity } from '../message-html.js';
import type { Checked } from '../pages/checked.js';
import { MessagePage, type ThreadPosition } from '../pages/message.js';
import type { PlaceLine } from '../pages/message-parts.js';
import { frameOf, getOpen, page } from '../respond.js';
import { textBlocks } from '../text-blocks.js';
import { type MessageState, routes, urls } from '../urls.js';

/** Quotations up to so many lines are read in place. */
const maxUnfoldedLines = 8;
/** Characters of text on a page: a mail of megabytes is shown whole only where asked for. */
const maxShownCharacters = 200_000;

export function registerMessage(app: Hono, live: LiveArchive): void {
  app.get(routes.message, async (context) => {
    const id = context.req.param('id');
    const { q, font, full } = context.req.query();
    const open = getOpen(live);
    const row = open.archive.resolve(id);
    const state: MessageState = {
      q,
      font: font === 'fixed' || font === 'book' ? font : undefined,
      full: full === '1',
    };
    // One address for each message: its number.
    if (id !== String(row.number)) return context.redirect(urls.message(row.number, state), 301);
    return answerMessage(live, open, row, state);
  });
}

async function answerMessage(
  live: LiveArchive,
  open: OpenArchive,
  row: MessageRow,
  state: MessageState,
): Promise<Response> {
  const archived = await open.archive.read(row);
  const { segments } = archived.text;
  const { index } = open.archive;
  const desk = messageDesk(live.desk, archived);
  const thread = open.thread(archived.thread);
  const text = textBlocks(segments, {
    wanted: wantedTokens(queryOf(state.q)),
    maxCharacters: state.full === true ? Number.POSITIVE_INFINITY : maxShownCharacters,
    maxQuoted: Number.POSITIVE_INFINITY,
    maxUnfoldedLines,
    quotations: await new QuotationFinder(open.archive).find(archived.number, segments, thread),
  });
  const fixed =
    state.font === undefined
      ? isAligned(segments.map((segment) => segment.text).join(''))
      : state.font === 'fixed';
  return page(
    <MessagePage
      frame={frameOf(live)}
      archived={archived}
      state={state}
      text={markNoted(text, desk.notes)}
      desk={desk}
      fixed={fixed}
      hasHtml={htmlEntity(archived.message) !== undefined}
      places={placesOf(open, archived)}
      checked={checkedOf(open, archived)}
      thread={positionInThread(open, archived)}
      copies={index.nearCopies.behind(archived.number, index.evaluate({ kind: 'all' }))}
    />,
  );
}

/** A search that cannot be understood marks nothing. */
function queryOf(q: string | undefined): Query {
  const parsed = parseQuery(q ?? '');
  return parsed.ok ? parsed.query : { kind: 'all' };
}

function checkedOf(open: OpenArchive, { number, message }: ArchivedMessage): Checked {
  return {
    judgement: open.archive.index.judgements.find(number),
    testimony: testimonyOf(message.fields),
  };
}

function placesOf(open: OpenArchive, archived: ArchivedMessage): PlaceLine[] {
  const { catalog } = open.archive.index;
  return archived.occurrences.map((occurrence) => ({
    ...occurrence,
    containerPath: containerPath((id) => catalog.container(id), occurrence.container),
  }));
}

function positionInThread(open: OpenArchive, archived: ArchivedMessage): ThreadPosition | undefined {
  if (open.threadSize(archived.thread) < 2) return undefined;
  const entries = open.thread(archived.thread);
  const numbers = (entries ?? []).flatMap(({ number }) => (number === undefined ? [] : [number]));
  const at = numbers.indexOf(archived.number);
  if (at < 0) return undefined;
  return { position: at + 1, size: numbers.length, previous: numbers[at - 1], next: numbers[at + 1] };
}
