/** What the hits have in common, with counts: each line narrows the search. */

import type { Facet, Facets } from '../../index/facets.js';
import type { Query } from '../../index/query/query.js';
import type { SortOrder } from '../../index/search.js';
import { formatCount, monthLabel } from '../figures.js';
import { conditionOn, conditionOnDate, hasCondition, queryText, withCondition } from '../query-links.js';
import { urls } from '../urls.js';
import { Name } from './text.js';

export interface FacetsProps {
  readonly facets: Facets;
  readonly query: Query;
  readonly sort: SortOrder;
}

interface Line {
  readonly label: string;
  /** Shown on hovering: the address behind a name. */
  readonly title: string;
  readonly count: number;
  readonly condition: Query | undefined;
}

export function FacetLists({ facets, query, sort }: FacetsProps) {
  const field =
    (name: string) =>
    (facet: Facet): Line => ({
      label: facet.label === '' ? facet.value : facet.label,
      title: facet.value,
      count: facet.count,
      condition: conditionOn(name, facet.value),
    });
  const people = (list: readonly Facet[]): readonly Facet[] => list.filter((facet) => facet.value !== '');
  return (
    <nav class="facets" aria-label="Narrow the search">
      <FacetList title="When" lines={dateLines(facets.months)} query={query} sort={sort} />
      <FacetList title="From" lines={people(facets.from).map(field('from'))} query={query} sort={sort} />
      <FacetList
        title="To and copied"
        lines={people(facets.to).map(field('any'))}
        query={query}
        sort={sort}
      />
      <FacetList
        title="Folder"
        lines={people(facets.folder).map(field('folder'))}
        query={query}
        sort={sort}
      />
      <FacetList title="Label" lines={facets.label.map(field('label'))} query={query} sort={sort} />
      <FacetList title="Attachment type" lines={facets.type.map(field('type'))} query={query} sort={sort} />
    </nav>
  );
}

/** Years; the months where there is but one year. */
function dateLines(months: readonly Facet[]): Line[] {
  const years = new Map<string, number>();
  for (const { value, count } of months)
    years.set(value.slice(0, 4), (years.get(value.slice(0, 4)) ?? 0) + count);
  const line = (period: string, label: string, count: number): Line => ({
    label,
    title: period,
    count,
    condition: conditionOnDate(period),
  });
  const named = (period: string, label: string): string => (period === '' ? 'undated' : label);
  const dated = [...years.keys()].filter((year) => year !== '');
  if (dated.length === 1)
    return months.map(({ value, count }) => line(value, named(value, monthLabel(value)), count));
  return [...years].map(([year, count]) => line(year, named(year, year), count));
}

/** Lines shown before "more". */
const shownLines = 8;

function FacetList({
  title,
  lines,
  query,
  sort,
}: {
  title: string;
  lines: readonly Line[];
  query: Query;
  sort: SortOrder;
}) {
  if (lines.length === 0) return undefined;
  const item = (line: Line) => <FacetLine line={line} query={query} sort={sort} />;
  const more = lines.slice(shownLines);
  return (
    <section class="facet">
      <h2>{title}</h2>
      <ul class="tally">{lines.slice(0, shownLines).map(item)}</ul>
      {more.length === 0 ? undefined : (
        <details>
          <summary>{formatCount(more.length)} more</summary>
          <ul class="tally">{more.map(item)}</ul>
        </details>
      )}
    </section>
  );
}

function FacetLine({ line, query, sort }: { line: Line; query: Query; sort: SortOrder }) {
  const { condition, label, title, count } = line;
  const isAsked = condition === undefined || hasCondition(query, condition);
  const hover = title === label ? undefined : title;
  return (
    <li>
      {isAsked ? (
        <span class={condition === undefined ? undefined : 'asked'} title={hover}>
          <Name text={label} />
        </span>
      ) : (
        <a href={urls.search({ q: queryText(withCondition(query, condition)), sort })} title={hover}>
          <Name text={label} />
        </a>
      )}
      <span class="count">{formatCount(count)}</span>
    </li>
  );
}
