/** What can be done with a whole result, or a whole thread: tag it, mark it, save the search, take it along. */
import { exportFormats } from '../../export/formats.js';
import { countOf, formatCount } from '../figures.js';
import { urls } from '../urls.js';
import { Token } from './form.js';

export interface ResultDeskProps {
  readonly q: string;
  readonly sort: string;
  readonly count: number;
}

export function ResultDesk({ q, sort, count }: ResultDeskProps) {
  const back = urls.search({ q });
  const all = count === 1 ? 'this message' : `all ${formatCount(count)}`;
  return (
    <details class="result-desk">
      <summary>{`Tag, mark, save or export ${count === 1 ? 'it' : `these ${countOf(count, 'message')}`}`}</summary>
      <div class="desk-forms">
        <form class="desk-line" method="post" action={urls.deskTags()}>
          <Token back={back} />
          <input type="hidden" name="q" value={q} />
          <label for="result-tag">{`Tag ${all}`}</label>
          <input id="result-tag" data-key="l" name="name" required maxlength={100} placeholder="A tag" />
          <button type="submit">Add tag</button>
          <button type="submit" name="remove" value="1" class="quiet">
            Take it off
          </button>
        </form>
        <form class="desk-line" method="post" action={urls.deskMarks()}>
          <Token back={back} />
          <input type="hidden" name="q" value={q} />
          <span>{`Mark ${all}`}</span>
          <button type="submit" name="as" value="read">
            As read
          </button>
          <button type="submit" name="as" value="unread" class="quiet">
            As unread
          </button>
        </form>
        <form class="desk-line" method="post" action={urls.deskSearches()}>
          <Token back={back} />
          <input type="hidden" name="q" value={q} />
          <input type="hidden" name="sort" value={sort} />
          <label for="search-name">Save this search as</label>
          <input id="search-name" name="name" maxlength={100} placeholder="A name" />
          <button type="submit">Save</button>
        </form>
        <p class="desk-line">
          <span>{`Export ${all}`}</span>
          {exportFormats.map((format) => (
            <a href={urls.export(q, format.name)} title={format.holds} download>
              {format.label}
            </a>
          ))}
        </p>
      </div>
    </details>
  );
}

/** On the page of a thread. */
export function ThreadDesk({ thread, count }: { thread: number; count: number }) {
  return (
    <form class="desk-line" method="post" action={urls.deskMarks()}>
      <Token back={urls.thread(thread)} />
      <input type="hidden" name="thread" value={thread} />
      <button type="submit" name="as" value="read">
        {`Mark ${count === 1 ? 'it' : `all ${formatCount(count)}`} as read`}
      </button>
      <button type="submit" name="as" value="unread" class="quiet">
        As unread
      </button>
    </form>
  );
}
