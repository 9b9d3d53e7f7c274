/** The pages that need scripts: search, and checking one message. Each says what to do without. */
import { SearchForm, type SiteFacts, SitePage } from './frame.js';
import { places, rootFrom } from './places.js';

export function SearchPage({ site }: { site: SiteFacts }) {
  const root = rootFrom(places.search);
  return (
    <SitePage site={site} path={places.search} title="Search" scripts={['words', 'search-index', 'search']}>
      <h1>Search</h1>
      <SearchForm root={root} id="words" />
      <noscript>
        <p class="note">
          Searching runs in your browser and needs its scripts. Without them, read{' '}
          <a href={`${root}${places.months}`}>by date</a>, by <a href={`${root}${places.people}`}>person</a>,
          or take <a href={`${root}data/messages.csv`}>messages.csv</a> and search in that.
        </p>
      </noscript>
      <p id="status" class="hint" role="status" />
      <ol id="hits" class="hits" />
      <p class="pager">
        <button id="more" type="button" hidden>
          More hits
        </button>
      </p>
    </SitePage>
  );
}

export function CheckPage({ site }: { site: SiteFacts }) {
  const root = rootFrom(places.check);
  return (
    <SitePage
      site={site}
      path={places.check}
      title="Check a message"
      scripts={['sha256', 'checkpoint-key', 'check']}
      fetches
    >
      <h1>Check a message</h1>
      <p class="lead">
        This page works out, from a message’s record and its place in the log, whether what is shown is what
        was signed.
      </p>
      <noscript>
        <p class="note">
          This needs scripts. <code>impart check RELEASE MESSAGE</code> does the same on your machine, and{' '}
          <a href={`${root}${places.about}`}>other programs</a> check the whole release.
        </p>
      </noscript>
      <form id="by-number" class="search by-number">
        <label for="number">Message number</label>
        <input id="number" name="m" inputmode="numeric" pattern="[0-9]+" required autocomplete="off" />
        <button type="submit">Check</button>
      </form>
      <details id="by-files" class="by-files">
        <summary>Check from files</summary>
        <p>
          Where this page was opened from a disk, browsers do not let it read the files beside it. Choose the
          message’s record (<code>data/messages/NUMBER.json</code>), its proof (
          <code>m/NUMBER/NUMBER.tlog-proof</code>) and, for a message that is published whole, its source (
          <code>data/messages/NUMBER.eml</code>).
        </p>
        <p>
          <label for="files">Record, proof, source</label>{' '}
          <input id="files" type="file" multiple accept=".json,.tlog-proof,.eml" />
        </p>
      </details>
      <section aria-live="polite">
        <h2 id="outcome" hidden>
          Outcome
        </h2>
        <ul id="findings" class="plain findings" />
      </section>
    </SitePage>
  );
}
