/** Pictures of the result of a search: when, at which hours, who with whom, what is missing. */
import type { Child } from 'hono/jsx';
import type { Query } from '../../index/query/query.js';
import { countOf, formatCount } from '../figures.js';
import type { Network } from '../picture-facts.js';
import { maxTiedPeople, maxTies } from '../picture-facts.js';
import { periodName } from '../pictures/axis.js';
import { HeatMap, HeatTable } from '../pictures/heat-map.js';
import { NetworkPicture, TieTable } from '../pictures/network.js';
import { TimelinePicture } from '../pictures/timeline.js';
import { conditionOn, conditionOnDate, queryText, withCondition } from '../query-links.js';
import type { Timeline } from '../timeline.js';
import { type PictureKind, type PictureState, urls } from '../urls.js';
import { visibleName } from '../visible-text.js';
import { type Frame, Layout } from './layout.js';
import { Headings } from './table.js';
import { Understood } from './understood.js';
import { Views } from './views.js';

export interface PicturePageProps {
  readonly frame: Frame;
  readonly state: PictureState;
  readonly query: Query;
  readonly count: number;
  readonly children?: Child;
}

const titles: Readonly<Record<PictureKind, string>> = {
  when: 'When',
  hours: 'Hours of the week',
  ties: 'Who writes to whom',
  gaps: 'What is missing',
};

/** What all pictures have around them: of what they are, and the way to the others. */
export function PicturePage({ frame, state, query, count, children }: PicturePageProps) {
  const show = state.show ?? 'when';
  return (
    <Layout
      frame={frame}
      title={`${titles[show]}: ${state.q === '' ? 'all mail' : visibleName(state.q)}`}
      q={state.q}
      wide
    >
      <header class="result-head">
        <h1>{titles[show]}</h1>
        <p class="hint of">
          Of <a href={urls.search({ q: state.q })}>{countOf(count, 'message')}</a>:
        </p>
        <Understood query={query} address={(q) => urls.pictures({ ...state, q })} />
        <Views q={state.q} shown={show} />
      </header>
      {count === 0 ? <p>No message of this trove fits, so there is nothing to draw.</p> : children}
    </Layout>
  );
}

/** Addresses of searches within the one that is drawn. */
export function within(query: Query, ...conditions: (Query | undefined)[]): string {
  let narrowed = query;
  for (const condition of conditions)
    if (condition !== undefined) narrowed = withCondition(narrowed, condition);
  return queryText(narrowed);
}

export function WhenSection({
  state,
  query,
  timeline,
}: {
  state: PictureState;
  query: Query;
  timeline: Timeline;
}) {
  const { bars, unit, units } = timeline;
  // A bar opens the next finer picture; a day opens its messages.
  const inside = (period: string): string => {
    const q = within(query, conditionOnDate(period));
    return period.length === 10 || period === '' || period.includes('..')
      ? urls.search({ q })
      : urls.pictures({ q });
  };
  return (
    <section>
      <p class="sort">
        {units.map((one) =>
          one === unit ? (
            <strong aria-current="true">{`by ${one}`}</strong>
          ) : (
            <a href={urls.pictures({ ...state, by: one })}>{`by ${one}`}</a>
          ),
        )}
      </p>
      <TimelinePicture timeline={timeline} label="Messages" search={inside} tall />
      {bars.length < 2 ? (
        <p>
          {bars[0] === undefined
            ? 'No message has a date.'
            : `All dated messages are of ${periodName(bars[0].period)}.`}
        </p>
      ) : undefined}
      <details>
        <summary>As a table</summary>
        <table class="narrow">
          <Headings columns={[`${unit[0]?.toUpperCase() ?? ''}${unit.slice(1)}`, { figures: 'Messages' }]} />
          <tbody>
            {bars
              .filter((bar) => bar.count > 0)
              .map((bar) => (
                <tr>
                  <th scope="row">
                    <a href={inside(bar.period)}>{periodName(bar.period)}</a>
                  </th>
                  <td class="number">{formatCount(bar.count)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export interface HoursProps {
  readonly state: PictureState;
  readonly query: Query;
  readonly hours: ArrayLike<number>;
  readonly undated: number;
  readonly zone: string;
  readonly zones: readonly string[];
}

export function HoursSection({ state, query, hours, undated, zone, zones }: HoursProps) {
  const at = zone === 'UTC' ? '' : `@${zone}`;
  const search = (weekday: number, hour: number): string =>
    urls.search({
      q: within(
        query,
        conditionOn('weekday', `${weekdays[weekday] ?? ''}${at}`),
        conditionOn('hour', `${hour}${at}`),
      ),
    });
  return (
    <section>
      <form class="choice" method="get" action="/pictures">
        {state.q === '' ? undefined : <input type="hidden" name="q" value={state.q} />}
        <input type="hidden" name="show" value="hours" />
        <label for="zone">Clock of</label>
        <select id="zone" name="zone">
          {zones.map((one) => (
            <option selected={one === zone}>{one}</option>
          ))}
        </select>
        <button type="submit">Show</button>
      </form>
      <HeatMap hours={hours} zone={zone} search={search} />
      {undated > 0 ? (
        <p class="hint">
          Left out:{' '}
          <a href={urls.search({ q: within(query, conditionOnDate('')) })}>{countOf(undated, 'message')}</a>{' '}
          without a date.
        </p>
      ) : undefined}
      <details>
        <summary>As a table</summary>
        <HeatTable hours={hours} />
      </details>
    </section>
  );
}

export interface TiesProps {
  readonly state: PictureState;
  readonly query: Query;
  readonly network: Network;
  readonly name: (person: number) => string;
  readonly address: (person: number) => string;
  /** Recipients beyond which a message ties nobody. */
  readonly maxRecipients: number;
}

export function TiesSection({ state, query, network, name, address, maxRecipients }: TiesProps) {
  const { drawn, people, pairs, circulars } = network;
  const both = state.both === true;
  const choice = (wanted: boolean, label: string) =>
    both === wanted ? (
      <strong aria-current="true">{label}</strong>
    ) : (
      <a href={urls.pictures({ ...state, both: wanted })}>{label}</a>
    );
  const tieHref = ({ a, b }: { a: number; b: number }): string =>
    urls.search({
      q: within(
        query,
        conditionOn('between', `${address(a)},${address(b)}`),
        conditionOn('recipients', `..${maxRecipients}`),
      ),
    });
  const common = { ties: drawn, name, tieHref, personHref: (person: number) => urls.person(address(person)) };
  return (
    <section>
      <p class="sort">
        {choice(false, 'all ties')} {choice(true, 'only where both wrote')}
      </p>
      {drawn.length === 0 ? (
        <p>Nobody here wrote to anybody else.</p>
      ) : (
        <figure>
          <NetworkPicture {...common} people={people} />
          <figcaption>
            {`Shown: ${countOf(drawn.length, 'tie')} of ${formatCount(pairs)}, strongest first, until there are ${maxTiedPeople} people or ${maxTies} ties; after that, ties among these people only. A tie is as strong as the number of messages that one of the two sent to the other. A message to more than ${maxRecipients} people ties nobody`}
            {circulars === 0 ? undefined : (
              <>
                ; left out:{' '}
                <a
                  href={urls.search({
                    q: within(query, conditionOn('recipients', `${maxRecipients + 1}..`)),
                  })}
                >
                  {countOf(circulars, 'message')}
                </a>
              </>
            )}
            .
          </figcaption>
        </figure>
      )}
      <details open={drawn.length > 0 && drawn.length <= 12}>
        <summary>As a table</summary>
        <TieTable {...common} />
      </details>
    </section>
  );
}
