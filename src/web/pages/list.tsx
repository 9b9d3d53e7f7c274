/** A list: how many messages each of its lines finds. */
import type { List } from '../../store/desk/lists.js';
import { countOf, formatCount } from '../figures.js';
import type { ListLine } from '../list-lines.js';
import { urls } from '../urls.js';
import { visibleName } from '../visible-text.js';
import { UndoForm } from './form.js';
import { type Frame, Layout } from './layout.js';
import { Name, When } from './text.js';

export interface CountedLine extends ListLine {
  /** undefined for a line that is not understood. */
  readonly count: number | undefined;
}

export interface ListProps {
  readonly frame: Frame;
  readonly list: List;
  readonly heading: readonly string[];
  readonly shown: readonly CountedLine[];
  readonly from: number;
  readonly total: number;
  /** Of the whole list. */
  readonly bad: readonly ListLine[];
  readonly leftOut: number;
  readonly next: number | undefined;
}

export function ListPage(props: ListProps) {
  const { frame, list, total, bad, leftOut } = props;
  return (
    <Layout frame={frame} title={`List: ${visibleName(list.name)}`} q="" wide>
      <p class="crumb">
        <a href={`${urls.desk()}#lists`}>Desk</a>
      </p>
      <h1>
        <Name text={list.name} />
      </h1>
      <p class="lead">
        {`${countOf(total, 'line')}, each searched as ${list.reading === 'queries' ? 'a query' : 'words in a row'}. `}
        {bad.length === 0
          ? ''
          : `${countOf(bad.length, 'line')} could not be understood; the rest was searched.`}
      </p>
      {leftOut === 0 ? undefined : (
        <p class="note">{`${countOf(leftOut, 'line')} at the end are beyond what one list may hold, and were not searched.`}</p>
      )}
      <p class="hint">
        <Name text={list.madeBy} /> <When time={list.madeAt} />.{' '}
        <a href={urls.deskListCounts(list.id)} download>
          The whole table as CSV
        </a>
      </p>
      <Table {...props} />
      <Pager {...props} />
      <UndoForm back={`${urls.desk()}#lists`} fields={{ what: 'list', id: list.id }}>
        <button type="submit" class="quiet">
          Take the list back
        </button>
      </UndoForm>
    </Layout>
  );
}

function Table({ heading, shown }: ListProps) {
  const width = Math.max(0, ...shown.map((line) => line.rest.length));
  const others = Array.from({ length: width }, (_, at) => at);
  return (
    <section class="scroll" aria-label="Lines of the list" tabindex={0}>
      <table class="list-table">
        <thead>
          <tr>
            <th scope="col" class="number">
              Line
            </th>
            <th scope="col">{heading[0] === undefined ? 'Term' : <Name text={heading[0]} />}</th>
            {others.map((at) => (
              <th scope="col">
                <Name text={heading[at + 1] ?? ''} />
              </th>
            ))}
            <th scope="col" class="number">
              Messages
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((line) => (
            <tr>
              <td class="number">{line.line}</td>
              <th scope="row">
                <Term line={line} />
              </th>
              {others.map((at) => (
                <td>
                  <Name text={line.rest[at] ?? ''} />
                </td>
              ))}
              <td class={line.count === 0 ? 'number zero' : 'number'}>
                {line.count === undefined ? '–' : formatCount(line.count)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Term({ line }: { line: CountedLine }) {
  const term = <Name text={line.term} />;
  if (line.asked.ok) return <a href={urls.search({ q: line.asked.q })}>{term}</a>;
  return (
    <>
      {term}
      <span class="problem">{visibleName(`${line.asked.message} ${line.asked.hint}`)}</span>
    </>
  );
}

function Pager({ list, from, next, total, shown }: ListProps) {
  if (from === 0 && next === undefined) return undefined;
  return (
    <nav class="pager" aria-label="Pages of the list">
      {from === 0 ? undefined : <a href={urls.deskList(list.id)}>First lines</a>}
      <span class="facts">{`${formatCount(from + 1)} to ${formatCount(from + shown.length)} of ${formatCount(total)}`}</span>
      {next === undefined ? undefined : (
        <a rel="next" href={urls.deskList(list.id, next)}>
          Next lines
        </a>
      )}
    </nav>
  );
}
