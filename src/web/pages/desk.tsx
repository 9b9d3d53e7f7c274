/** The desk: the newest notes, the tags, the saved searches, the lists, and under which name one writes. */
import type { List } from '../../store/desk/lists.js';
import type { SavedSearch } from '../../store/desk/searches.js';
import type { TagCount } from '../../store/desk/tags.js';
import type { NoteLine } from '../desk-notes.js';
import { countOf, formatCount } from '../figures.js';
import { urls } from '../urls.js';
import { TagLink } from './desk-panel.js';
import { Token, UndoForm } from './form.js';
import { type Frame, Layout } from './layout.js';
import { NewestNotes } from './newest-notes.js';
import { Name, When } from './text.js';

export interface DeskProps {
  readonly frame: Frame;
  readonly reader: string;
  readonly tags: readonly TagCount[];
  readonly searches: readonly SavedSearch[];
  readonly lists: readonly List[];
  readonly notes: readonly NoteLine[];
  readonly noteCount: number;
  readonly notesFrom: number;
}

export function DeskPage(props: DeskProps) {
  return (
    <Layout frame={props.frame} title="Desk" q="" wide>
      <h1>Desk</h1>
      <p class="lead">
        What people made of this mail: tags, notes, marks, searches and lists. Everything says who and when;
        what is taken back is kept, and nothing here changes the mail.
      </p>
      <div class="columns">
        <section aria-labelledby="notes">
          <Notes {...props} />
        </section>
        <aside aria-label="Tags, searches, lists">
          <Tags {...props} />
          <Searches {...props} />
          <Lists {...props} />
          <Reader reader={props.reader} />
        </aside>
      </div>
    </Layout>
  );
}

function Notes({ notes, noteCount, notesFrom }: DeskProps) {
  const next = notesFrom + notes.length;
  return (
    <>
      <h2 id="notes">{noteCount === 0 ? 'Notes' : countOf(noteCount, 'note')}</h2>
      {notes.length === 0 ? (
        <p class="absent">
          No notes yet. Open a message and write one, on all of it or on a passage of its text.
        </p>
      ) : (
        <NewestNotes notes={notes} />
      )}
      {next < noteCount ? (
        <nav class="pager" aria-label="Pages of notes">
          <a rel="next" href={urls.desk(next)}>
            Older notes
          </a>
        </nav>
      ) : undefined}
    </>
  );
}

function Tags({ tags }: DeskProps) {
  return (
    <section>
      <h2>Tags</h2>
      {tags.length === 0 ? (
        <p class="absent">
          No tags yet. A message has a field for them, and so has every result of a search.
        </p>
      ) : (
        <ul class="tally">
          {tags.map((tag) => (
            <li>
              <TagLink name={tag.name} />
              <span class="count">{formatCount(tag.messages)}</span>
            </li>
          ))}
        </ul>
      )}
      <p class="hint">
        <a href={urls.search({ q: 'is:unread' })}>Not read yet</a>
      </p>
    </section>
  );
}

function Searches({ searches }: DeskProps) {
  return (
    <section id="searches">
      <h2>Saved searches</h2>
      {searches.length === 0 ? (
        <p class="absent">None yet. Every result of a search can be saved.</p>
      ) : (
        <ul class="desk-items">
          {searches.map((search) => (
            <li>
              <a
                href={urls.search({
                  q: search.query,
                  sort: search.sort === 'relevance' ? 'relevance' : 'date',
                })}
              >
                <Name text={search.name} />
              </a>
              <TakeBack what="search" id={search.id} name={search.name} />
              {search.name === search.query ? undefined : (
                <span class="facts">
                  <Name text={search.query} />
                </span>
              )}
              <By row={search} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function By({ row }: { row: { readonly madeBy: string; readonly madeAt: number } }) {
  return (
    <span class="facts">
      <Name text={row.madeBy} /> <When time={row.madeAt} />
    </span>
  );
}

function TakeBack({ what, id, name }: { what: 'search' | 'list'; id: string; name: string }) {
  return (
    <UndoForm back={urls.desk()} fields={{ what, id }}>
      <button type="submit" class="quiet" aria-label={`Take back: ${name}`} title="Take back">
        ×
      </button>
    </UndoForm>
  );
}

function Lists({ lists }: DeskProps) {
  return (
    <section id="lists">
      <h2>Lists</h2>
      {lists.length === 0 ? undefined : (
        <ul class="desk-items">
          {lists.map((list) => (
            <li>
              <a href={urls.deskList(list.id)}>
                <Name text={list.name} />
              </a>
              <By row={list} />
            </li>
          ))}
        </ul>
      )}
      <details open={lists.length === 0}>
        <summary>Check a list of names or terms</summary>
        <form class="desk-form" method="post" action={urls.deskLists()} enctype="multipart/form-data">
          <Token />
          <label for="list-name">Name</label>
          <input id="list-name" name="name" maxlength={100} placeholder="Board members" />
          <label for="list-content">
            One name or term a line <span class="hint">(of a table, the first column counts)</span>
          </label>
          <textarea id="list-content" name="content" rows={6} spellcheck={false} />
          <label for="list-file">Or a CSV file</label>
          <input id="list-file" name="file" type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" />
          <fieldset>
            <legend>Each line is</legend>
            <label>
              <input type="radio" name="reading" value="words" checked /> words that stand in a row
            </label>
            <label>
              <input type="radio" name="reading" value="queries" /> a query, as in the search field
            </label>
          </fieldset>
          <label>
            <input type="checkbox" name="heading" value="1" /> The first line names the columns
          </label>
          <button type="submit">Count the messages</button>
        </form>
      </details>
    </section>
  );
}

function Reader({ reader }: { reader: string }) {
  return (
    <section id="reader">
      <h2>Who you are</h2>
      <form class="desk-line" method="post" action={urls.deskReader()}>
        <Token back={`${urls.desk()}#reader`} />
        <label for="reader-name">Your name, under what you write</label>
        <input id="reader-name" name="name" value={reader} required maxlength={100} />
        <button type="submit">Set</button>
      </form>
    </section>
  );
}
