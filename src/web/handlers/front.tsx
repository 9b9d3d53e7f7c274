/** `/`: what the trove is, and the ways in. */
import type { Hono } from 'hono';
import type { Query } from '../../index/query/query.js';
import { noteCount } from '../../store/desk/notes.js';
import { newestNoteLines } from '../desk-notes.js';
import type { LiveArchive, OpenArchive } from '../live-archive.js';
import { type FrontFacts, FrontPage } from '../pages/front.js';
import type { FrontPeople } from '../pages/front-people.js';
import { listPersons } from '../person-facts.js';
import { facetsOf, gapsOf, timelineOf } from '../picture-facts.js';
import { conditionOnDate } from '../query-links.js';
import { frameOf, page } from '../respond.js';
import { routes } from '../urls.js';
import { personLine } from './people.js';
import { namesOf } from './pictures.js';
import { listedHits, waiting } from './search.js';

const newestShown = 5;
const peopleShown = 8;
const notesShown = 5;
const silencesShown = 3;
const all: Query = { kind: 'all' };

export function registerFront(app: Hono, live: LiveArchive): void {
  app.get(routes.home, async () => {
    const open = live.current();
    if (open === undefined || open.archive.index.indexed === 0) return waiting(live, open);
    const facts = frontFacts(open);
    const hits = await listedHits(
      live,
      open,
      open.archive.index.page(withoutStrays(facts), 'date', newestShown),
      all,
    );
    return page(
      <FrontPage
        frame={frameOf(live)}
        facts={facts}
        // While mail comes in they would be counted anew each second, by each reader.
        people={open.progress.isReceiving ? undefined : frontPeople(open)}
        notes={{ newest: newestNoteLines(live, notesShown), count: live.desk.read(noteCount, 0) }}
        newest={hits}
      />,
    );
  });
}

/** Clocks that ran decades ahead would fill the list of the newest messages. */
function withoutStrays({ timeline: { after }, span }: FrontFacts): Query {
  return after === 0 || span === undefined ? all : (conditionOnDate(`..${span.last}`) ?? all);
}

function frontFacts(open: OpenArchive): FrontFacts {
  return open.derived('front', () => {
    const { index } = open.archive;
    const picture = timelineOf(open, all);
    const [first] = picture.bars;
    const last = picture.bars.at(-1);
    return {
      totals: open.totals,
      threads: index.threadCount,
      attachments: index.attachmentCount(),
      indexed: index.indexed,
      sources: open.accessions.filter((accession) => accession.state !== 'superseded').length,
      containers: index.catalog.containers().length,
      // Months say enough of a whole trove.
      span:
        first === undefined || last === undefined
          ? undefined
          : { first: first.period.slice(0, 7), last: last.period.slice(0, 7) },
      timeline: picture,
      facets: facetsOf(open, all),
    };
  });
}

function frontPeople(open: OpenArchive): FrontPeople {
  const { context } = open.archive.index;
  return open.derived(`front people ${context.revision}`, () => {
    const { gaps, silences } = gapsOf(open, all);
    const { name, address } = namesOf(open);
    return {
      count: context.persons.all.length,
      busiest: listPersons(open, '', 'messages')
        .slice(0, peopleShown)
        .map((person) => personLine(open, person)),
      missing: gaps.missing,
      referring: gaps.referring,
      silences: silences.slice(0, silencesShown).map((silence) => ({
        ...silence,
        name: name(silence.person),
        address: address(silence.person),
      })),
    };
  });
}
