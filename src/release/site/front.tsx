/** The first page of a release, and the page about it: what was published, what was not, and since when. */
import { raw } from 'hono/html';
import type { CompletenessStatement } from '../../proof/entry.js';
import { countOf, formatCount } from '../../web/figures.js';
import { Code } from '../../web/pages/text.js';
import type { Timeline as Bars } from '../../web/timeline.js';
import { visibleName } from '../../web/visible-text.js';
import type { CitedRelease } from './citation.js';
import { SearchForm, type SiteFacts, SitePage } from './frame.js';
import { type Month, Timeline } from './lists.js';
import { type ListedMessage, MessageList } from './message-list.js';
import { places } from './places.js';

export interface FrontProps {
  readonly site: SiteFacts;
  readonly statement: CompletenessStatement;
  readonly releases: readonly CitedRelease[];
  /** The editor's notes, as HTML of our own renderer; '' for none. */
  readonly notes: string;
  readonly timeline: Bars;
  readonly months: readonly Month[];
  readonly first: readonly ListedMessage[];
}

export function FrontPage({ site, statement, releases, notes, timeline, months, first }: FrontProps) {
  const release = releases.at(-1);
  const { published, redacted } = statement;
  return (
    <SitePage site={site} path={places.home} title={site.title} schema={schemaOf(site, release)}>
      <header class="front-head">
        <h1>
          <bdi>{visibleName(site.title)}</bdi>
        </h1>
        <p class="lead">
          {countOf(published, 'message')}
          {redacted > 0 ? `; something is hidden in ${formatCount(redacted)} of them` : ''}.{' '}
          <a href={places.about}>What was published, and what was not</a>.
        </p>
        <SearchForm root="" id="q" />
        <p class="hint">
          Or read <a href={places.months}>by date</a> or by <a href={places.people}>person</a>.
        </p>
      </header>
      {notes === '' ? undefined : <section class="notes">{raw(notes)}</section>}
      <Timeline timeline={timeline} months={months} root="" />
      <section>
        <h2>The first messages</h2>
        <MessageList messages={first} root="" heading="h3" />
      </section>
    </SitePage>
  );
}

export interface AboutProps {
  readonly site: SiteFacts;
  readonly statement: CompletenessStatement;
  readonly releases: readonly CitedRelease[];
  /** Verifier key. */
  readonly verifier: string;
}

export function AboutPage({ site, statement, releases, verifier }: AboutProps) {
  const release = releases.at(-1);
  return (
    <SitePage site={site} path={places.about} title="About this release">
      <h1>About this release</h1>
      <Statement statement={statement} />
      <section>
        <h2>Releases</h2>
        <ol class="plain">
          {releases.map(({ number, time, root }) => (
            <li>
              Release {number}, <time datetime={time}>{time.slice(0, 10)}</time>: root hash{' '}
              <Code text={root} />, <a href={`../checkpoints/${number}`}>signed checkpoint</a>
            </li>
          ))}
        </ol>
        <p>
          The log only grows. A correction or a withdrawal is a new entry, and each message’s page lists what
          was done with it.
        </p>
      </section>
      <section>
        <h2>Key</h2>
        <p>
          Signed as <bdi>{visibleName(site.origin)}</bdi>, verifier key <Code text={verifier} />. Compare it
          with the key that the publisher states elsewhere: a copy that was signed with another key would show
          another one here.
        </p>
      </section>
      <section>
        <h2>The same as data</h2>
        <ul class="plain">
          <li>
            <a href="../data/messages.csv">messages.csv</a>, a line for each published message
          </li>
          <li>
            <a href="../data/jsonl/0.jsonl">JSON Lines</a>, a thousand messages a file, with their texts
          </li>
          <li>
            <a href="../manifest-sha256.txt">manifest-sha256.txt</a>: the folder is a BagIt bag (RFC 8493)
          </li>
          <li>
            <a href={`../${places.feed}`}>Atom feed</a>
          </li>
        </ul>
      </section>
      {release === undefined ? undefined : <HowToCheck />}
    </SitePage>
  );
}

function Statement({ statement }: { statement: CompletenessStatement }) {
  const rows: [string, number][] = [
    ['Received', statement.received],
    ['of these copies of a message that was already there', statement.duplicate],
    ['of these could not be read', statement.failed],
    ['Different messages', statement.messages],
    ['Published', statement.published],
    ['of these with something hidden', statement.redacted],
    ...Object.entries(statement.withheld).map(([reason, count]): [string, number] => [
      `Withheld: ${reason}`,
      count,
    ]),
    ['Withdrawn after publication', statement.withdrawn],
    ['Not chosen for publication', statement.unselected],
  ];
  return (
    <section>
      <h2>Completeness</h2>
      <table class="statement">
        <thead>
          <tr>
            <th scope="col">What became of it</th>
            <th scope="col" class="number">
              Count
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, count]) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="number">{formatCount(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function HowToCheck() {
  return (
    <section>
      <h2>Check it without us</h2>
      <pre class="embed">{`sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt
ssh-keygen -Y verify -f keys/allowed_signers -I NAME -n file -s checkpoint.sig < checkpoint
minisign -V -p keys/minisign.pub -x checkpoint.minisig -m checkpoint
impart-check .`}</pre>
      <p class="facts">NAME is the name that the checkpoint begins with.</p>
    </section>
  );
}

function schemaOf(site: SiteFacts, release: CitedRelease | undefined): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'ArchiveComponent',
    name: site.title,
    url: site.url,
    ...(release === undefined ? {} : { datePublished: release.time, version: String(release.number) }),
  };
}
