/** How to cite a message so that anyone can find it and hold the citation to what was signed; and how to show it elsewhere. */
import { Code } from '../../web/pages/text.js';
import { visibleName } from '../../web/visible-text.js';
import type { PublishedRecord } from '../published.js';
import type { SiteFacts } from './frame.js';

export interface CitedRelease {
  readonly number: number;
  readonly time: string;
  /** Root hash of its checkpoint, base64. */
  readonly root: string;
}

export interface CitationProps {
  readonly site: SiteFacts;
  readonly record: PublishedRecord;
  /** In which what stands here was published. */
  readonly release: CitedRelease | undefined;
}

export function Citation({ site, record, release }: CitationProps) {
  if (release === undefined) return undefined;
  const url = `${site.url}m/${record.number}/`;
  const title = visibleName(record.subject) || `Message ${record.number}`;
  return (
    <section class="cite" aria-labelledby="cite">
      <h2 id="cite">Cite</h2>
      <p id="citation">
        “{title}”, message {record.number}. <cite>{visibleName(site.title)}</cite>, release {release.number},{' '}
        {release.time.slice(0, 10)}. <Code text={url} />. Checkpoint <Code text={release.root} />.
      </p>
      <details>
        <summary>Show it on another page</summary>
        <pre class="embed">{embedSnippet(url, title, site.title, release.number)}</pre>
      </details>
    </section>
  );
}

/** Markup that quotes and links; it loads nothing from here. */
function embedSnippet(url: string, title: string, collection: string, release: number): string {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  return `<blockquote cite="${escaped(url)}">\n  <p><a href="${escaped(url)}">${escaped(title)}</a></p>\n  <footer>${escaped(visibleName(collection))}, release ${release}</footer>\n</blockquote>`;
}
