/** Ways in without a search: months, what was sent in one, public people, what one of them wrote or got. */
import { countOf, formatCount, monthLabel } from '../../web/figures.js';
import { Name } from '../../web/pages/text.js';
import { TimelinePicture } from '../../web/pictures/timeline.js';
import type { Timeline as Bars } from '../../web/timeline.js';
import { visibleName } from '../../web/visible-text.js';
import { type SiteFacts, SitePage } from './frame.js';
import { type ListedMessage, ListPages, MessageList } from './message-list.js';
import { places, rootFrom, undated } from './places.js';

/** Messages on one page of a list. */
export const listLength = 100;

export interface Month {
  /** `2016-03`, or `undated`. */
  readonly month: string;
  readonly count: number;
}

export const monthName = (month: string): string => (month === undated ? 'Undated' : monthLabel(month));

export function MonthsPage({
  site,
  months,
  timeline,
}: {
  site: SiteFacts;
  months: readonly Month[];
  timeline: Bars;
}) {
  const root = rootFrom(places.months);
  return (
    <SitePage site={site} path={places.months} title="By date">
      <h1>By date</h1>
      <Timeline timeline={timeline} months={months} root={root} />
      <table class="months">
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col" class="number">
              Messages
            </th>
          </tr>
        </thead>
        <tbody>
          {months.map(({ month, count }) => (
            <tr>
              <th scope="row">
                <a href={`${root}${places.month(month)}`}>{monthName(month)}</a>
              </th>
              <td class="number">{formatCount(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </SitePage>
  );
}

/** Bars lead to their month; a year to its first month that has any mail. */
export function Timeline({
  timeline,
  months,
  root,
}: {
  timeline: Bars;
  months: readonly Month[];
  root: string;
}) {
  const known = months.map(({ month }) => month).filter((month) => month !== undated);
  const search = (period: string): string => {
    const month = known.find((one) => one.startsWith(period.slice(0, 7))) ?? undated;
    const [from, to] = period.split('..');
    if (to !== undefined && from === '') return `${root}${places.month(known[0] ?? undated)}`;
    if (to === '') return `${root}${places.month(known.at(-1) ?? undated)}`;
    return `${root}${places.month(period === '' ? undated : month)}`;
  };
  return <TimelinePicture timeline={timeline} label="Published messages" search={search} />;
}

export interface ListPageProps {
  readonly site: SiteFacts;
  readonly messages: readonly ListedMessage[];
  /** Of the whole list. */
  readonly count: number;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
}

export function MonthPage({ month, site, messages, count, page, pages }: ListPageProps & { month: string }) {
  const path = places.month(month, page);
  const root = rootFrom(path);
  return (
    <SitePage site={site} path={path} title={monthName(month)}>
      <p class="crumb">
        <a href={`${root}${places.months}`}>By date</a>
      </p>
      <h1>{monthName(month)}</h1>
      <p class="lead">{countOf(count, 'published message')}.</p>
      <MessageList messages={messages} root={root} heading="h2" />
      <ListPages shown={page} count={pages} address={(at) => `${root}${places.month(month, at)}`} />
    </SitePage>
  );
}

export interface PublicPerson {
  readonly address: string;
  readonly name: string;
  readonly count: number;
}

export function PeoplePage({ site, people }: { site: SiteFacts; people: readonly PublicPerson[] }) {
  const root = rootFrom(places.people);
  return (
    <SitePage site={site} path={places.people} title="People">
      <h1>People</h1>
      <p class="lead">
        Public people in this release. Private people have no page, and their addresses are hidden.
      </p>
      {people.length === 0 ? (
        <p class="absent">Nobody in this release is marked as a public person.</p>
      ) : (
        <ul class="plain people">
          {people.map(({ address, name, count }) => (
            <li>
              <a href={`${root}${places.person(address)}`}>
                <Name text={name} />
              </a>{' '}
              <span class="facts">{countOf(count, 'message')}</span>
            </li>
          ))}
        </ul>
      )}
    </SitePage>
  );
}

export function PersonPage({
  person,
  site,
  messages,
  count,
  page,
  pages,
}: ListPageProps & { person: PublicPerson }) {
  const path = places.person(person.address, page);
  const root = rootFrom(path);
  return (
    <SitePage site={site} path={path} title={visibleName(person.name)}>
      <p class="crumb">
        <a href={`${root}${places.people}`}>People</a>
      </p>
      <h1>
        <Name text={person.name} />
      </h1>
      <p class="lead">{`${countOf(count, 'published message')} from or to this person.`}</p>
      <MessageList messages={messages} root={root} heading="h2" />
      <ListPages shown={page} count={pages} address={(at) => `${root}${places.person(person.address, at)}`} />
    </SitePage>
  );
}
