/** On the first page: who wrote most, and what is missing. */
import { countOf, formatCount, formatDay } from '../figures.js';
import type { ShownSilence } from '../picture-facts.js';
import { conditionOn, conditionOnDate, queryText } from '../query-links.js';
import { urls } from '../urls.js';
import type { PersonLine } from './people.js';
import { Headings } from './table.js';
import { Name } from './text.js';

const day = 86_400_000;

export interface FrontPeople {
  /** Persons in the trove. */
  readonly count: number;
  readonly busiest: readonly PersonLine[];
  /** Messages that are referred to and not there; messages that refer to any. */
  readonly missing: number;
  readonly referring: number;
  readonly silences: readonly (ShownSilence & { readonly name: string; readonly address: string })[];
}

export function Later() {
  return (
    <p class="note">
      Who wrote most and what is missing is counted when all the mail is in. How far that is:{' '}
      <a href={urls.progress()}>receiving</a>.
    </p>
  );
}

export function Busiest({ people }: { people: FrontPeople }) {
  return (
    <section>
      <h2>Busiest correspondents</h2>
      <table>
        <Headings columns={['Who', { figures: 'Sent' }, { figures: 'Received' }]} />
        <tbody>
          {people.busiest.map(({ name, address, sent, received }) => (
            <tr>
              <th scope="row">
                <a href={urls.person(address)} title={address}>
                  <Name text={name || address} />
                </a>
              </th>
              <Counted kind="writer" address={address} count={sent} />
              <Counted kind="addressee" address={address} count={received} />
            </tr>
          ))}
        </tbody>
      </table>
      <p class="more">
        <a href={urls.people()}>All people</a>{' '}
        <a href={urls.pictures({ q: '', show: 'ties' })}>Who writes to whom</a>
      </p>
    </section>
  );
}

function Counted({ kind, address, count }: { kind: 'writer' | 'addressee'; address: string; count: number }) {
  return (
    <td class="number">
      {count === 0 ? (
        <span class="zero">0</span>
      ) : (
        <a href={urls.search({ q: queryText(conditionOn(kind, address)) })}>{formatCount(count)}</a>
      )}
    </td>
  );
}

export function Missing({ people: { missing, referring, silences } }: { people: FrontPeople }) {
  return (
    <section>
      <h2>What is missing</h2>
      <p>
        {missing === 0 ? (
          'No message refers to one that is not here.'
        ) : (
          <>
            <a href={urls.search({ q: 'has:gap' })}>{countOf(referring, 'message')}</a>
            {` ${referring === 1 ? 'refers' : 'refer'} to ${countOf(missing, 'message')} that ${missing === 1 ? 'is' : 'are'} not here.`}
          </>
        )}
      </p>
      {silences.length === 0 ? undefined : (
        <ul class="silences">
          {silences.map(({ name, address, days, from, to, usual, meanwhile }) => (
            <li>
              <a href={urls.person(address)}>
                <Name text={name} />
              </a>
              {` wrote nothing for ${countOf(days, 'day')}, between `}
              <time>{formatDay(from)}</time> and <time>{formatDay(to)}</time>
              {`; usually a pause is at most ${countOf(usual, 'day')}. Others meanwhile: `}
              <a
                href={urls.search({
                  q: queryText(conditionOnDate(`${formatDay(from + day)}..${formatDay(to - day)}`)),
                })}
              >
                {countOf(meanwhile, 'message')}
              </a>
              .
            </li>
          ))}
        </ul>
      )}
      <p class="more">
        <a href={urls.pictures({ q: '', show: 'gaps' })}>All gaps and silences, and how they are told</a>
      </p>
    </section>
  );
}
