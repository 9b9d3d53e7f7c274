/** `/pictures?q=…&show=…`. */
import type { Hono } from 'hono';
import { maxTiedRecipients } from '../../index/count/ties.js';
import type { MissingMessage } from '../../index/gaps.js';
import { parseQuery } from '../../index/query/parse.js';
import type { Query } from '../../index/query/query.js';
import { findZone } from '../../index/query/zone.js';
import { limits } from '../../limits.js';
import type { LiveArchive, OpenArchive } from '../live-archive.js';
import { GapsSection, type MissingLine } from '../pages/gaps.js';
import { HoursSection, PicturePage, TiesSection, WhenSection } from '../pages/pictures.js';
import { MalformedQueryPage } from '../pages/search.js';
import { gapsOf, hoursOf, networkOf, timelineOf } from '../picture-facts.js';
import { frameOf, getOpen, page } from '../respond.js';
import type { TimelineUnit } from '../timeline.js';
import { type PictureState, pictureKinds, routes } from '../urls.js';

const units: readonly TimelineUnit[] = ['day', 'month', 'year'];
/** UTC first, then every zone of the database. */
const zones: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
];

export function registerPictures(app: Hono, live: LiveArchive): void {
  app.get(routes.pictures, async (context) => {
    const { q = '', show, by, zone, both } = context.req.query();
    return answerPicture(live, {
      q: q.trim(),
      show: pictureKinds.find((kind) => kind === show),
      by: units.find((unit) => unit === by),
      zone: findZone(zone ?? ''),
      both: both === '1',
    });
  });
}

async function answerPicture(live: LiveArchive, state: PictureState): Promise<Response> {
  const frame = frameOf(live);
  const parsed = parseQuery(state.q);
  if (!parsed.ok) {
    const shown = state.q.slice(0, limits.maxQueryCharacters + 100);
    return page(<MalformedQueryPage frame={frame} q={shown} error={parsed.error} />, { status: 400 });
  }
  const open = getOpen(live);
  const { query } = parsed;
  const { count } = open.archive.index.evaluate(query);
  const section = count === 0 ? undefined : await sectionOf(open, query, state);
  return page(
    <PicturePage frame={frame} state={state} query={query} count={count}>
      {section}
    </PicturePage>,
  );
}

async function sectionOf(open: OpenArchive, query: Query, state: PictureState) {
  const named = namesOf(open);
  switch (state.show) {
    case 'hours': {
      const zone = state.zone ?? 'UTC';
      const { hours, undated } = hoursOf(open, query, zone);
      return (
        <HoursSection state={state} query={query} hours={hours} undated={undated} zone={zone} zones={zones} />
      );
    }
    case 'ties':
      return (
        <TiesSection
          state={state}
          query={query}
          network={networkOf(open, query, state.both === true)}
          maxRecipients={maxTiedRecipients}
          {...named}
        />
      );
    case 'gaps': {
      const facts = gapsOf(open, query);
      return (
        <GapsSection
          query={query}
          facts={facts}
          missing={await missingLines(open, facts.gaps.top)}
          {...named}
        />
      );
    }
    default: {
      const unit = units.find((one) => one === state.by);
      return <WhenSection state={state} query={query} timeline={timelineOf(open, query, unit)} />;
    }
  }
}

/** What a person is called on pages: the name that most messages give, else the address. */
export function namesOf(open: OpenArchive) {
  const { persons } = open.archive.index.context;
  return {
    name: (person: number): string => persons.name(person) || persons.address(person),
    address: (person: number): string => persons.address(person),
  };
}

/** The index keeps hashes of msg-ids: the msg-id itself stands in a message that refers to it. */
async function missingLines(open: OpenArchive, missing: readonly MissingMessage[]): Promise<MissingLine[]> {
  const { archive } = open;
  const lines: MissingLine[] = [];
  for (const { id, referrers, first } of missing) {
    const row = archive.index.findRow(first);
    lines.push({
      messageId: await archive.messageIdOf({ row: undefined, namedBy: first, id }),
      referrers,
      first: {
        number: first,
        thread: row?.thread ?? first,
        from: row?.fromName || row?.fromAddr || '',
        sentAt: row?.sentAt,
      },
    });
  }
  return lines;
}
