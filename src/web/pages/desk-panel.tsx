/** What people made of one message, beside its text: tags, reading mark, notes. Each change is a form of its own. */
import type { ArchivedMessage } from '../../read/archive.js';
import type { MessageDesk, PlacedNote } from '../message-desk.js';
import { conditionOn, queryText } from '../query-links.js';
import { urls } from '../urls.js';
import { visibleName, visibleText } from '../visible-text.js';
import { Token, UndoForm } from './form.js';
import { Name, When } from './text.js';

interface PanelProps {
  readonly archived: ArchivedMessage;
  readonly desk: MessageDesk;
  /** The address of the page that it stands on. */
  readonly back: string;
}

export function DeskPanel({ archived, desk, back }: PanelProps) {
  return (
    <section class="desk-panel" aria-labelledby="desk-panel">
      <h2 id="desk-panel">Desk</h2>
      <ReadMark archived={archived} desk={desk} back={back} />
      <Tags archived={archived} desk={desk} back={back} />
      <Notes archived={archived} desk={desk} back={back} />
    </section>
  );
}

function ReadMark({ archived, desk, back }: PanelProps) {
  const { mark } = desk;
  return (
    <form class="desk-line" method="post" action={urls.deskMarks()}>
      <Token back={back} />
      <input type="hidden" name="message" value={archived.sha256} />
      {mark === undefined ? (
        <button type="submit" name="as" value="read" data-key="m">
          Mark as read
        </button>
      ) : (
        <>
          <span class="facts">
            Read by <Name text={mark.madeBy} />, <When time={mark.madeAt} />
          </span>
          <button type="submit" name="as" value="unread" class="quiet" data-key="m">
            Mark as unread
          </button>
        </>
      )}
    </form>
  );
}

function Tags({ archived, desk, back }: PanelProps) {
  return (
    <>
      {desk.tags.length === 0 ? undefined : (
        <ul class="tags" aria-label="Tags">
          {desk.tags.map((tag) => (
            <li>
              <TagLink name={tag.name} title={`Tagged by ${visibleName(tag.madeBy)}`} />
              <form method="post" action={urls.deskTags()}>
                <Token back={back} />
                <input type="hidden" name="message" value={archived.sha256} />
                <input type="hidden" name="name" value={tag.name} />
                <button
                  type="submit"
                  name="remove"
                  value="1"
                  class="quiet"
                  aria-label={`Take off the tag ${visibleName(tag.name)}`}
                >
                  ×
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form class="desk-line" method="post" action={urls.deskTags()}>
        <Token back={back} />
        <input type="hidden" name="message" value={archived.sha256} />
        <label class="unseen" for="tag">
          Tag
        </label>
        <input
          id="tag"
          data-key="l"
          name="name"
          list="known-tags"
          required
          maxlength={100}
          placeholder="A tag"
        />
        <datalist id="known-tags">
          {desk.known.map((tag) => (
            <option value={tag.name} />
          ))}
        </datalist>
        <button type="submit">Add tag</button>
      </form>
    </>
  );
}

export function TagLink({ name, title }: { name: string; title?: string }) {
  return (
    <a class="tag" href={urls.search({ q: queryText(conditionOn('tag', name)) })} title={title}>
      <Name text={name} />
    </a>
  );
}

function Notes({ archived, desk, back }: PanelProps) {
  return (
    <>
      {desk.notes.map((note) => (
        <NoteItem note={note} back={back} />
      ))}
      <details class="write-note" data-key="n">
        <summary>Write a note</summary>
        <form class="desk-form" method="post" action={urls.deskNotes()}>
          <Token back={back} />
          <input type="hidden" name="message" value={archived.sha256} />
          <input type="hidden" name="near" value="" />
          <label for="note-text">Note</label>
          <textarea id="note-text" name="text" rows={5} required />
          <label for="note-passage">
            Passage it is about <span class="hint">(copied from the text; empty for the whole message)</span>
          </label>
          <textarea id="note-passage" name="passage" rows={2} />
          <p class="hint">
            Signed <Name text={desk.reader} />. <a href={`${urls.desk()}#reader`}>Not you?</a>
          </p>
          <button type="submit">Save the note</button>
        </form>
      </details>
    </>
  );
}

function NoteItem({ note, back }: { note: PlacedNote; back: string }) {
  return (
    <article class="note-item" id={`note-${note.id}`}>
      <NotePassage note={note} />
      <p class="note-text">{visibleText(note.text)}</p>
      <p class="facts">
        <Name text={note.madeBy} /> <When time={note.madeAt} />
      </p>
      <details>
        <summary>Change</summary>
        <form class="desk-form" method="post" action={urls.deskNotes()}>
          <Token back={back} />
          <input type="hidden" name="note" value={note.id} />
          <label for={`edit-${note.id}`}>Note</label>
          <textarea id={`edit-${note.id}`} name="text" rows={5} required>
            {note.text}
          </textarea>
          <button type="submit">Write it anew</button>
        </form>
        <UndoForm back={back} fields={{ what: 'note', id: note.id }}>
          <button type="submit" class="quiet">
            Take the note back
          </button>
        </UndoForm>
      </details>
    </article>
  );
}

function NotePassage({ note }: { note: PlacedNote }) {
  if (note.exact === undefined) return undefined;
  return (
    <blockquote>
      <bdi>{visibleText(note.exact)}</bdi>
      {note.place === 'lost' ? (
        <span class="hint"> This passage does not stand in the text as it is read now.</span>
      ) : undefined}
    </blockquote>
  );
}
