/** One person: names and addresses, when, with whom, about what. */
import type { HitRow } from '../../index/search.js';
import type { Suggestion } from '../../people/suggest.js';
import type { PersonStatement } from '../../store/desk/people.js';
import { countOf, formatCount, formatDay } from '../figures.js';
import type { PersonFacts } from '../person-facts.js';
import { ExchangePicture } from '../pictures/exchange.js';
import { conditionOn, conditionOnDate, queryText } from '../query-links.js';
import { urls } from '../urls.js';
import { visibleName } from '../visible-text.js';
import { Token } from './form.js';
import { type Frame, Layout } from './layout.js';
import { within } from './pictures.js';
import { Statements } from './suggestions.js';
import { Headings } from './table.js';
import { Code, Name, Subject, When } from './text.js';
import { Views } from './views.js';

export interface PersonProps {
  readonly frame: Frame;
  readonly facts: PersonFacts;
  readonly name: (person: number) => string;
  readonly address: (person: number) => string;
  readonly statements: readonly PersonStatement[];
  readonly suggestions: readonly Suggestion[];
}

export function PersonPage(props: PersonProps) {
  const { frame, facts } = props;
  const [main = ''] = facts.addresses;
  const q = queryText(conditionOn('person', main));
  return (
    <Layout frame={frame} title={visibleName(facts.name)} q={q} wide>
      <p class="crumb">
        <a href={urls.people()}>People</a>
      </p>
      <header class="result-head">
        <h1>
          <Name text={facts.name} />
        </h1>
        <p class="lead">
          <Summary facts={facts} />
        </p>
        <Views q={q} shown="person" />
      </header>
      <Exchange facts={facts} main={main} />
      <div class="columns">
        <div>
          <Correspondents {...props} main={main} />
          <Threads facts={facts} q={q} />
          <Attachments facts={facts} main={main} />
        </div>
        <aside aria-label="Names and addresses">
          <Addresses facts={facts} />
          <Ends facts={facts} />
        </aside>
      </div>
      <Identity {...props} main={main} />
    </Layout>
  );
}

const search = (kind: 'writer' | 'addressee', main: string, period?: string): string =>
  urls.search({
    q: within(
      { kind: 'all' },
      conditionOn(kind, main),
      period === undefined ? undefined : conditionOnDate(period),
    ),
  });

function Summary({ facts }: { facts: PersonFacts }) {
  const [main = ''] = facts.addresses;
  const { first, last } = facts;
  return (
    <>
      Sent <a href={search('writer', main)}>{countOf(facts.sent, 'message')}</a>, got{' '}
      <a href={search('addressee', main)}>{formatCount(facts.received)}</a>
      {first?.sentAt === undefined || last?.sentAt === undefined ? undefined : first.number ===
        last.number ? (
        <>
          , on <Day time={first.sentAt} />
        </>
      ) : (
        <>
          , between <Day time={first.sentAt} /> and <Day time={last.sentAt} />
        </>
      )}
      .
    </>
  );
}

function Day({ time }: { time: number }) {
  return <time datetime={formatDay(time)}>{formatDay(time)}</time>;
}

function Exchange({ facts, main }: { facts: PersonFacts; main: string }) {
  return (
    <>
      <ExchangePicture
        bars={facts.bars}
        unit={facts.unit}
        sentHref={(period) => search('writer', main, period)}
        receivedHref={(period) => search('addressee', main, period)}
      />
      {facts.bars.length < 2 ? undefined : (
        <details>
          <summary>As a table</summary>
          <table class="narrow">
            <Headings columns={['When', { figures: 'Sent' }, { figures: 'Received' }]} />
            <tbody>
              {facts.bars
                .filter((bar) => bar.sent + bar.received > 0)
                .map((bar) => (
                  <tr>
                    <th scope="row">{bar.period}</th>
                    <td class="number">{formatCount(bar.sent)}</td>
                    <td class="number">{formatCount(bar.received)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
}

function Correspondents({ facts, name, address, main }: PersonProps & { main: string }) {
  if (facts.correspondents.length === 0) return undefined;
  return (
    <section>
      <h2>With whom</h2>
      <section class="scroll" tabindex={0} aria-label="Top correspondents">
        <table>
          <Headings
            columns={['Who', { figures: 'Sent to them' }, { figures: 'Got from them' }, { figures: 'Both' }]}
          />
          <tbody>
            {facts.correspondents.map(({ person, sentTo, gotFrom }) => (
              <tr>
                <th scope="row">
                  <a href={urls.person(address(person))}>
                    <Name text={name(person)} />
                  </a>
                </th>
                <td class="number">{formatCount(sentTo)}</td>
                <td class="number">{formatCount(gotFrom)}</td>
                <td class="number">
                  <a
                    href={urls.search({
                      q: queryText(conditionOn('between', `${main},${address(person)}`)),
                    })}
                  >
                    {formatCount(sentTo + gotFrom)}
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function Threads({ facts, q }: { facts: PersonFacts; q: string }) {
  return (
    <section>
      <h2>Threads</h2>
      <ul class="tally">
        {facts.threads.map(({ thread, messages, row }) => (
          <li>
            <a href={urls.thread(thread)}>
              <Subject text={row?.subject ?? ''} />
            </a>
            <span class="count">{formatCount(messages)}</span>
          </li>
        ))}
      </ul>
      {facts.threadCount > facts.threads.length ? (
        <p class="hint">
          {`Those with most of this person’s messages, of ${countOf(facts.threadCount, 'thread')}. `}
          <a href={urls.search({ q })}>All messages</a>
        </p>
      ) : undefined}
    </section>
  );
}

function Attachments({ facts, main }: { facts: PersonFacts; main: string }) {
  const { count, newest } = facts.withAttachments;
  if (count === 0) return undefined;
  return (
    <section>
      <h2>Attachments sent</h2>
      <ul class="dated">
        {newest.map((row) => (
          <li>
            <When time={row.sentAt} />
            <a href={urls.message(row.number)}>
              <Subject text={row.subject} />
            </a>
            <span class="count">{countOf(row.attachments, 'file')}</span>
          </li>
        ))}
      </ul>
      <p class="more">
        <a
          href={urls.search({
            q: within({ kind: 'has-attachment' }, conditionOn('writer', main)),
          })}
        >{`All ${countOf(count, 'message')} with attachments`}</a>
      </p>
    </section>
  );
}

function Addresses({ facts }: { facts: PersonFacts }) {
  const dates = (first: number | undefined, last: number | undefined): string =>
    first === undefined || last === undefined
      ? 'undated'
      : formatDay(first) === formatDay(last)
        ? formatDay(first)
        : `${formatDay(first)} to ${formatDay(last)}`;
  return (
    <section>
      <h2>Names and addresses</h2>
      <ul class="uses">
        {facts.uses.map((use) => (
          <li>
            {use.name === '' ? <span class="absent">no name</span> : <Name text={use.name} />}
            <span>
              <Code text={use.address} />
            </span>
            <span class="hint">
              {`sent ${formatCount(use.sent)}, got ${formatCount(use.received)}; ${dates(use.first, use.last)}`}
            </span>
          </li>
        ))}
      </ul>
      {facts.useCount > facts.uses.length ? (
        <p class="hint">{`${formatCount(facts.useCount - facts.uses.length)} more are less used.`}</p>
      ) : undefined}
      {facts.directory.length === 0 ? undefined : (
        <>
          <h2>In the directory (X-From)</h2>
          <ul class="uses">
            {facts.directory.map((name) => (
              <li>
                <Name text={name} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Ends({ facts: { first, last } }: { facts: PersonFacts }) {
  const end = (label: string, row: HitRow | undefined) =>
    row === undefined ? undefined : (
      <>
        <dt>{label}</dt>
        <dd>
          <a href={urls.message(row.number)}>
            <Subject text={row.subject} />
          </a>
          <br />
          <When time={row.sentAt} />
        </dd>
      </>
    );
  return (
    <section>
      <h2>First and last</h2>
      <dl class="stacked">
        {end('First message', first)}
        {end('Last message', last)}
      </dl>
    </section>
  );
}

/** What was stated of these addresses, what the rules suggest, and a form for what only a reader knows. */
function Identity({ statements, suggestions, main }: PersonProps & { main: string }) {
  const back = urls.person(main);
  return (
    <section class="identity">
      <h2>Who this is</h2>
      {suggestions.map(({ address, other, reason }) => (
        <form method="post" action={urls.statePerson()} class="choice">
          <Token back={back} />
          <input type="hidden" name="address" value={address} />
          <input type="hidden" name="other" value={other} />
          <input type="hidden" name="reason" value={reason} />
          <span>
            Perhaps also{' '}
            <a href={urls.person(other === main ? address : other)}>
              <Name text={other === main ? address : other} />
            </a>
            : <Name text={reason} />
          </span>
          <button type="submit" name="verdict" value="same">
            Same person
          </button>
          <button type="submit" name="verdict" value="different">
            Different people
          </button>
        </form>
      ))}
      <form method="post" action={urls.statePerson()} class="choice">
        <Token back={back} />
        <input type="hidden" name="address" value={main} />
        <input type="hidden" name="verdict" value="same" />
        <label for="other">The same person as the address</label>
        <input id="other" name="other" type="search" autocomplete="off" required />
        <label for="reason">because</label>
        <input id="reason" name="reason" type="search" autocomplete="off" />
        <button type="submit">State it</button>
      </form>
      <Statements statements={statements} back={back} />
    </section>
  );
}
