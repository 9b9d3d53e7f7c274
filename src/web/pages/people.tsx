/** Everybody in the mail: a list to search and sort, a page at a time. */
import { countOf, formatCount, formatDay } from '../figures.js';
import { type PeopleState, type PersonOrder, urls } from '../urls.js';
import { type Frame, Layout } from './layout.js';
import { Name } from './text.js';

export interface PersonLine {
  readonly name: string;
  readonly address: string;
  /** How many more addresses were stated to be this person's. */
  readonly others: number;
  readonly sent: number;
  readonly received: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
}

export interface PeopleProps {
  readonly frame: Frame;
  readonly state: PeopleState;
  readonly lines: readonly PersonLine[];
  /** People found, people in all. */
  readonly found: number;
  readonly total: number;
  /** Undecided suggestions; statements that stand. */
  readonly suggestions: number;
  readonly statements: number;
  readonly next: number | undefined;
}

export function PeoplePage(props: PeopleProps) {
  const { frame, state, lines, found, total, next } = props;
  const from = state.from ?? 0;
  return (
    <Layout frame={frame} title="People" q="" wide>
      <h1>People</h1>
      <p class="lead">
        {`${countOf(total, 'person', 'people')} sent or got mail here. An address is a person of its own until someone states that two are one person’s.`}
      </p>
      <SuggestionsNote {...props} />
      <form class="choice" method="get" action={urls.people()}>
        <label for="name">Name or address</label>
        <input id="name" name="name" type="search" value={state.name ?? ''} autocomplete="off" />
        {state.sort === undefined || state.sort === 'messages' ? undefined : (
          <input type="hidden" name="sort" value={state.sort} />
        )}
        <button type="submit">Find</button>
        {state.name === undefined || state.name === '' ? undefined : (
          <span class="hint">
            {`${countOf(found, 'person', 'people')} found. `}
            <a href={urls.people({ sort: state.sort })}>All</a>
          </span>
        )}
      </form>
      {lines.length === 0 ? <p>Nobody here has that name or address.</p> : <PeopleTable {...props} />}
      {from === 0 && next === undefined ? undefined : (
        <nav class="pager" aria-label="Pages of people">
          {from === 0 ? undefined : <a href={urls.people({ ...state, from: 0 })}>First page</a>}
          <span class="hint">{`${formatCount(from + 1)} to ${formatCount(from + lines.length)} of ${formatCount(found)}`}</span>
          {next === undefined ? undefined : (
            <a rel="next" href={urls.people({ ...state, from: next })}>
              Next page
            </a>
          )}
        </nav>
      )}
    </Layout>
  );
}

function SuggestionsNote({ suggestions, statements }: PeopleProps) {
  if (suggestions === 0 && statements === 0) return undefined;
  return (
    <p>
      <a href={urls.suggestions()}>
        {suggestions === 0
          ? 'Who was stated to be whom'
          : countOf(
              suggestions,
              'pair of addresses may be one person’s',
              'pairs of addresses may be one person’s',
            )}
      </a>
      {statements > 0 && suggestions > 0 ? `; ${countOf(statements, 'statement')} so far` : undefined}
    </p>
  );
}

function PeopleTable({ state, lines }: PeopleProps) {
  const head = (order: PersonOrder, label: string, isNumber = true) => {
    const isSorted = (state.sort ?? 'messages') === order;
    return (
      <th
        scope="col"
        class={isNumber ? 'number' : undefined}
        aria-sort={
          isSorted ? (order === 'name' || order === 'first' ? 'ascending' : 'descending') : undefined
        }
      >
        {isSorted ? label : <a href={urls.people({ ...state, sort: order, from: 0 })}>{label}</a>}
      </th>
    );
  };
  return (
    <section class="scroll" tabindex={0} aria-label="List of people">
      <table class="people">
        <thead>
          <tr>
            {head('name', 'Name', false)}
            <th scope="col">Address</th>
            {head('messages', 'Messages')}
            {head('sent', 'Sent')}
            {head('received', 'Received')}
            {head('first', 'First')}
            {head('last', 'Last')}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr>
              <th scope="row">
                <a href={urls.person(line.address)}>
                  <Name text={line.name || line.address} />
                </a>
              </th>
              <td>
                {line.name === '' ? undefined : <Name text={line.address} />}
                {line.others > 0 ? <span class="hint">{` and ${line.others} more`}</span> : undefined}
              </td>
              <td class="number">{formatCount(line.sent + line.received)}</td>
              <td class="number">{formatCount(line.sent)}</td>
              <td class="number">{formatCount(line.received)}</td>
              <td class="number">{line.first === undefined ? '' : formatDay(line.first)}</td>
              <td class="number">{line.last === undefined ? '' : formatDay(line.last)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
