/** What the pictures of a search are drawn from, counted in the index's columns and kept. */

import { findSilences, type Silence } from '../index/count/silences.js';
import { countTies, type Tie, type Ties } from '../index/count/ties.js';
import { countDays, countHoursOfWeek, countWeeks, type WeekCounts } from '../index/count/times.js';
import type { Facets } from '../index/facets.js';
import type { Gaps } from '../index/gaps.js';
import { and, type Query } from '../index/query/query.js';
import { zoneClock } from '../index/query/zone.js';
import { kept } from './kept.js';
import type { OpenArchive } from './live-archive.js';
import { type Drawn, layOut } from './pictures/network-layout.js';
import { type Timeline, type TimelineUnit, timeline } from './timeline.js';

const day = 86_400_000;

/** Ties and people that a page can show without becoming a knot. */
export const maxTies = 64;
export const maxTiedPeople = 36;
/** Strongest ties looked at to fill the picture: once it has its people, only ties among them are taken. */
const candidateTies = 1_000;
const silencesShown = 20;
const missingShown = 30;

export function facetsOf(open: OpenArchive, query: Query): Facets {
  return kept(open, query, 'facets', () => open.archive.index.facets(query));
}

export function timelineOf(open: OpenArchive, query: Query, unit?: TimelineUnit): Timeline {
  const { months } = facetsOf(open, query);
  return kept(open, query, `timeline ${unit ?? ''}`, () => {
    const { index } = open.archive;
    return timeline(
      months,
      (from, to) => countDays(index.evaluate(query), index.context.columns, from, to),
      unit,
    );
  });
}

export function hoursOf(open: OpenArchive, query: Query, zone: string): WeekCounts {
  const { index } = open.archive;
  return kept(open, query, `hours ${zone}`, () =>
    countHoursOfWeek(index.evaluate(query), index.context.columns, zoneClock(zone)),
  );
}

export interface Network extends Omit<Ties, 'ties'> {
  readonly drawn: readonly Tie[];
  readonly people: readonly Drawn[];
}

/** The strongest ties, as long as they join no more people than can be drawn. */
export function networkOf(open: OpenArchive, query: Query, mutual: boolean): Network {
  const { index } = open.archive;
  return kept(open, query, mutual ? 'ties both' : 'ties', () => {
    const { ties, pairs, circulars } = countTies(
      index.evaluate(query),
      index.context.persons,
      candidateTies,
      mutual,
    );
    const people = new Set<number>();
    let taken = 0;
    const drawn = ties.filter(({ a, b }) => {
      const joined = people.size + (people.has(a) ? 0 : 1) + (people.has(b) ? 0 : 1);
      if (joined > maxTiedPeople || taken === maxTies) return false;
      taken += 1;
      people.add(a).add(b);
      return true;
    });
    return { drawn, people: layOut(drawn), pairs, circulars };
  });
}

/** A silence with what stands around it. */
export interface ShownSilence extends Silence {
  /** Messages of the search in the meantime, by whomever. */
  readonly meanwhile: number;
  readonly weeks: ArrayLike<number>;
}

export interface GapFacts {
  readonly gaps: Gaps;
  /** When the messages that refer to missing ones were sent. */
  readonly timeline: Timeline;
  readonly silences: readonly ShownSilence[];
  /** Midnights between which the strips are drawn. */
  readonly from: number;
  readonly to: number;
}

export function gapsOf(open: OpenArchive, query: Query): GapFacts {
  const { index } = open.archive;
  return kept(open, query, 'gaps', () => {
    const { columns, missing, persons } = index.context;
    const set = index.evaluate(query);
    const gaps = missing.count(set, columns, missingShown);
    const silences = findSilences(set, columns, persons, silencesShown);
    const { from, to } = spanOf(timelineOf(open, query, 'month'));
    const daily = countDays(set, columns, from, to);
    const weeks = countWeeks(set, columns, persons, new Set(silences.map(({ person }) => person)), from, to);
    const between = (start: number, end: number): number =>
      daily
        .subarray(Math.max(0, (start - from) / day), Math.max(0, (end - from) / day))
        .reduce((a, b) => a + b, 0);
    return {
      gaps,
      timeline: timelineOf(open, and([query, { kind: 'has-gap' }])),
      silences: silences.map((silence) => ({
        ...silence,
        meanwhile: between(silence.from + day, silence.to),
        weeks: weeks.get(silence.person) ?? [],
      })),
      from,
      to,
    };
  });
}

/** First midnight and the one after the last bar; 0 and 0 where there are no bars. */
function spanOf({ bars }: Timeline): { from: number; to: number } {
  const first = bars[0]?.period;
  const last = bars.at(-1)?.period;
  if (first === undefined || last === undefined) return { from: 0, to: 0 };
  const year = Number(last.slice(0, 4));
  const month = last.length === 4 ? 12 : Number(last.slice(5, 7));
  return {
    from: Date.parse(first.length === 4 ? `${first}-01-01` : `${first}-01`),
    to: Date.UTC(year, month, 1),
  };
}
