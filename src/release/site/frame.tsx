/** What every page of a release has: its title, the ways in, and a policy under which nothing runs or loads but what lies beside it. */

import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { visibleName } from '../../web/visible-text.js';
import { places, rootFrom } from './places.js';

/** The release that pages belong to. */
export interface SiteFacts {
  readonly title: string;
  /** Where it will be served, with a slash at its end. */
  readonly url: string;
  /** Name of the log and of the key that signs it. */
  readonly origin: string;
}

export interface FrameProps {
  readonly site: SiteFacts;
  /** Of this page, from the root. */
  readonly path: string;
  readonly title: string;
  readonly description?: string | undefined;
  /** Names of scripts (places.script). */
  readonly scripts?: readonly string[];
  /** schema.org, written as JSON-LD. */
  readonly schema?: object | undefined;
  readonly wide?: boolean | undefined;
  /** The page asks for files beside it: the page that checks. */
  readonly fetches?: boolean | undefined;
  readonly children?: Child;
}

/** `file:` beside 'self': a page opened from a disk has no origin of its own. */
const policy = (fetches: boolean): string =>
  `default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; frame-src 'self' file:; connect-src ${fetches ? "'self'" : "'none'"}; form-action 'self' file:; base-uri 'none'`;

export function SitePage(props: FrameProps) {
  const { site, path, title, description, scripts = [], schema, wide, fetches, children } = props;
  const root = rootFrom(path);
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy(fetches === true)} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{path === places.home ? site.title : `${title} – ${site.title}`}</title>
        {description === undefined ? undefined : <meta name="description" content={description} />}
        <link rel="stylesheet" href={`${root}${places.stylesheet}`} />
        <link rel="icon" href={`${root}${places.icon}`} type="image/svg+xml" />
        <link rel="canonical" href={`${site.url}${path.replace(/index\.html$/, '')}`} />
        <link rel="alternate" type="application/atom+xml" href={`${root}${places.feed}`} title={site.title} />
        {scripts.map((name) => (
          <script src={`${root}${places.script(name)}`} defer />
        ))}
        {schema === undefined ? undefined : (
          <script type="application/ld+json">{raw(jsonForScript(schema))}</script>
        )}
      </head>
      <body class={wide === true ? 'wide' : undefined}>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <Masthead title={site.title} root={root} path={path} />
        <main id="main" tabindex={-1}>
          {children}
        </main>
        <footer class="colophon">
          <p>
            Published with Impart as <bdi>{visibleName(site.origin)}</bdi>. Anyone can{' '}
            <a href={`${root}${places.check}`}>check</a> what stands here. Nothing on these pages is fetched
            from elsewhere.
          </p>
        </footer>
      </body>
    </html>
  );
}

/** No text of mail can end the element it stands in. */
const jsonForScript = (value: object): string => JSON.stringify(value).replaceAll('<', '\\u003c');

function Masthead({ title, root, path }: { title: string; root: string; path: string }) {
  const ways = [
    ['By date', places.months],
    ['People', places.people],
    ['About', places.about],
    ['Check', places.check],
  ] as const;
  return (
    <header class="masthead">
      <p class="trove">
        <a href={`${root}${places.home}`}>
          <bdi>{visibleName(title)}</bdi>
        </a>
      </p>
      {path === places.search || path === places.home ? undefined : <SearchForm root={root} id="q" />}
      <nav aria-label="Site">
        <ul>
          {ways.map(([name, place]) => (
            <li>
              <a href={`${root}${place}`} aria-current={place === path ? 'page' : undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

/** Leads to the search page, which says what to do where scripts do not run. */
export function SearchForm({ root, id }: { root: string; id: string }) {
  return (
    <search>
      <form class="search" action={`${root}${places.search}`} method="get">
        <label class="unseen" for={id}>
          Search this release
        </label>
        <input
          id={id}
          name="q"
          type="search"
          placeholder="Words, names"
          autocomplete="off"
          spellcheck={false}
        />
        <button type="submit">Search</button>
      </form>
    </search>
  );
}

export const document = (page: { toString(): string }): string => `<!doctype html>${page.toString()}\n`;
