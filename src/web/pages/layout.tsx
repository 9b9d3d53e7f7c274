/** What every page has: the trove's name, a search field, the way to the accounts, one main part. */
import type { Child } from 'hono/jsx';
import { formatCount } from '../figures.js';
import type { ReceiveProgress } from '../live-archive.js';
import { scriptHash } from '../script.js';
import { stylesheetHash } from '../stylesheet.js';
import { urls } from '../urls.js';
import { Name } from './text.js';

/** What the frame of a page needs to know of the trove. */
export interface Frame {
  readonly trove: string;
  readonly progress: ReceiveProgress | undefined;
  /** Messages received so far. */
  readonly messages: number;
}

export interface LayoutProps {
  readonly frame: Frame;
  /** Text of the title element; the trove's name follows. */
  readonly title: string;
  /** Fills the search field in the head of the page; undefined leaves the field out. */
  readonly q?: string | undefined;
  readonly sort?: string | undefined;
  /** Wide pages hold tables. */
  readonly wide?: boolean;
  readonly children?: Child;
}

export function Layout({ frame, title, q, sort, wide, children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} – ${frame.trove}`}</title>
        <link rel="stylesheet" href={urls.stylesheet(stylesheetHash)} />
        <script src={urls.script(scriptHash)} defer />
        <link rel="icon" href={urls.icon()} type="image/svg+xml" />
      </head>
      <body class={wide === true ? 'wide' : undefined}>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <Masthead frame={frame} q={q} sort={sort} />
        <main id="main" tabindex={-1}>
          {children}
        </main>
        <footer class="colophon">
          <p>
            Impart, on this machine only. Nothing on these pages is fetched from elsewhere.{' '}
            <a href={urls.keys()} data-go="?">
              Keys
            </a>
          </p>
        </footer>
      </body>
    </html>
  );
}

function Masthead({ frame, q, sort }: { frame: Frame; q: string | undefined; sort: string | undefined }) {
  return (
    <header class="masthead">
      <p class="trove">
        <a href={urls.home()} data-go="h">
          {q === undefined ? 'Impart' : <Name text={frame.trove} />}
        </a>
      </p>
      {q === undefined ? undefined : <SearchForm q={q} sort={sort} id="q" />}
      <nav aria-label="Site">
        <ul>
          <li>
            <a href={urls.search({ q: '' })} data-go="s">
              All mail
            </a>
          </li>
          <li>
            <a href={urls.people()}>People</a>
          </li>
          <li>
            <a href={urls.attachments()}>Attachments</a>
          </li>
          <li>
            <a href={urls.verification()}>Verification</a>
          </li>
          <li>
            <a href={urls.claims()} data-go="c">
              Claims
            </a>
          </li>
          <li>
            <a href={urls.desk()} data-go="d">
              Desk
            </a>
          </li>
          <li>
            <a href={urls.redact()} data-go="e">
              Redaction
            </a>
          </li>
          <li>
            <a href={urls.containers()} data-go="a">
              Accounts
            </a>
          </li>
          <li>
            <a href={urls.help()}>Help</a>
          </li>
          {frame.progress?.isReceiving === true ? (
            <li>
              <a class="receiving" href={urls.progress()}>
                Receiving: {formatCount(frame.messages)}
              </a>
            </li>
          ) : undefined}
        </ul>
      </nav>
    </header>
  );
}

export function SearchForm({ q, sort, id }: { q: string; sort?: string | undefined; id: string }) {
  return (
    <search>
      <form class="search" action={urls.search({ q: '' })} method="get">
        <label class="unseen" for={id}>
          Search the mail
        </label>
        <input
          id={id}
          name="q"
          type="search"
          value={q}
          placeholder="Words, names, from:… date:…"
          autocomplete="off"
          spellcheck={false}
          enterkeyhint="search"
        />
        {sort === 'relevance' ? <input type="hidden" name="sort" value="relevance" /> : undefined}
        <button type="submit">Search</button>
      </form>
    </search>
  );
}
