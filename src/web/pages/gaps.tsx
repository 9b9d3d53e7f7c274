/** What is missing from the result of a search: messages that others refer to, and silences of people who wrote. */
import { silenceRule } from '../../index/count/silences.js';
import type { Query } from '../../index/query/query.js';
import { countOf, formatCount, formatDay } from '../figures.js';
import type { GapFacts, ShownSilence } from '../picture-facts.js';
import { SilenceStrips, silenceText } from '../pictures/silence-strips.js';
import { TimelinePicture } from '../pictures/timeline.js';
import { conditionOn, conditionOnDate } from '../query-links.js';
import { urls } from '../urls.js';
import { visibleName } from '../visible-text.js';
import { within } from './pictures.js';
import { Headings } from './table.js';
import { Code, Name, When } from './text.js';

/** A missing message with what is known of it. */
export interface MissingLine {
  /** '' where the message that refers to it cannot be read now. */
  readonly messageId: string;
  readonly referrers: number;
  readonly first: {
    readonly number: number;
    readonly thread: number;
    readonly from: string;
    readonly sentAt: number | undefined;
  };
}

export interface GapsProps {
  readonly query: Query;
  readonly facts: GapFacts;
  readonly missing: readonly MissingLine[];
  readonly name: (person: number) => string;
  readonly address: (person: number) => string;
}

const day = 86_400_000;

export function GapsSection(props: GapsProps) {
  return (
    <>
      <MissingSection {...props} />
      <SilenceSection {...props} />
    </>
  );
}

function MissingSection({ query, facts, missing }: GapsProps) {
  const { gaps, timeline } = facts;
  const search = (period?: string): string =>
    urls.search({
      q: within(query, { kind: 'has-gap' }, period === undefined ? undefined : conditionOnDate(period)),
    });
  if (gaps.missing === 0)
    return (
      <section>
        <h2>Messages that others refer to</h2>
        <p>
          No message here names another one, in References or In-Reply-To, that is not in the trove. Mail
          whose system left these fields out cannot show such gaps.
        </p>
      </section>
    );
  return (
    <section>
      <h2>Messages that others refer to</h2>
      <p>
        <a href={search()}>{countOf(gaps.referring, 'message')}</a>
        {` ${gaps.referring === 1 ? 'refers' : 'refer'} to ${countOf(gaps.missing, 'message')} that ${gaps.missing === 1 ? 'is' : 'are'} not in this trove, in References or In-Reply-To.`}
      </p>
      <TimelinePicture timeline={timeline} label="Messages that refer to missing ones" search={search} />
      <h3>{missing.length < gaps.missing ? `The ${missing.length} most referred to` : 'Each of them'}</h3>
      <ol class="missing">
        {missing.map((line) => (
          <li>
            <Code text={line.messageId} />
            <span class="facts">
              <span>{`${countOf(line.referrers, 'message')} ${line.referrers === 1 ? 'refers' : 'refer'} to it`}</span>
              <span>
                first <When time={line.first.sentAt} /> by{' '}
                <a href={urls.inThread(line.first.thread, line.first.number)}>
                  <Name text={line.first.from || 'no sender'} />
                </a>
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function SilenceSection({ query, facts, name, address }: GapsProps) {
  const { silences, from, to } = facts;
  const { minDays, minSilence, factor, minDaysAround } = silenceRule;
  return (
    <section>
      <h2>Silences</h2>
      <p class="prose">
        {`Someone who wrote on ${minDays} days or more, then nothing for at least ${minSilence} days and more than ${factor} times as long as 19 of 20 of their other pauses; with ${minDaysAround} days of writing or more on either side. Days are those of UTC. A silence that many share is more likely a gap of the trove than of a person: look at how many messages there are meanwhile.`}
      </p>
      {silences.length === 0 ? (
        <p>Nobody here fell silent in this sense.</p>
      ) : (
        <>
          <SilenceStrips
            months={monthsBetween(from, to)}
            strips={silences.map((silence) => ({
              name: visibleName(name(silence.person)),
              personHref: urls.person(address(silence.person)),
              weeks: silence.weeks,
              silence: {
                from: Math.max(0, (silence.from + day - from) / (to - from)),
                to: Math.min(1, (silence.to - from) / (to - from)),
                text: `${visibleName(name(silence.person))}: ${wordsOf(silence)}`,
                href: urls.search({ q: meanwhile(query, silence) }),
              },
            }))}
          />
          <details>
            <summary>As a table</summary>
            <SilenceTable query={query} facts={facts} name={name} address={address} />
          </details>
        </>
      )}
    </section>
  );
}

const wordsOf = (silence: ShownSilence): string =>
  silenceText(silence.days, formatDay(silence.from), formatDay(silence.to));

const datesOf = ({ from, to }: ShownSilence): Query | undefined =>
  conditionOnDate(`${formatDay(from + day)}..${formatDay(to - day)}`);

const meanwhile = (query: Query, silence: ShownSilence): string => within(query, datesOf(silence));

function SilenceTable({ query, facts, name, address }: Omit<GapsProps, 'missing'>) {
  return (
    <section class="scroll" tabindex={0} aria-label="Silences as a table">
      <table>
        <Headings
          columns={[
            'Who',
            'Silent after',
            'Until',
            { figures: 'Days' },
            { figures: 'Usual pause' },
            { figures: 'Messages meanwhile' },
            'To them meanwhile',
          ]}
        />
        <tbody>
          {facts.silences.map((silence) => (
            <tr>
              <th scope="row">
                <a href={urls.person(address(silence.person))}>
                  <Name text={name(silence.person)} />
                </a>
              </th>
              <td class="nowrap">{formatDay(silence.from)}</td>
              <td class="nowrap">{formatDay(silence.to)}</td>
              <td class="number">{formatCount(silence.days)}</td>
              <td class="number">{`up to ${countOf(silence.usual, 'day')}`}</td>
              <td class="number">
                <a href={urls.search({ q: meanwhile(query, silence) })}>{formatCount(silence.meanwhile)}</a>
              </td>
              <td>
                <a
                  href={urls.search({
                    q: within(query, conditionOn('addressee', address(silence.person)), datesOf(silence)),
                  })}
                >
                  look
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** `2016-03`, …: every month that begins between two midnights. */
function monthsBetween(from: number, to: number): string[] {
  const months: string[] = [];
  for (
    let date = new Date(from);
    date.getTime() < to;
    date = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1))
  )
    months.push(date.toISOString().slice(0, 7));
  return months;
}
