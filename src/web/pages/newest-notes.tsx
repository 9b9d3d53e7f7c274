/** Notes in a list, each with the message that it is on. */
import type { NoteLine } from '../desk-notes.js';
import { urls } from '../urls.js';
import { visibleText } from '../visible-text.js';
import { Name, Subject, When } from './text.js';

/** Characters of a note in a list. */
const maxExcerpt = 400;

export function NewestNotes({ notes }: { notes: readonly NoteLine[] }) {
  return (
    <ol class="note-list">
      {notes.map((note) => (
        <li data-item>
          <p class="note-text">{visibleText(excerpt(note.text))}</p>
          {note.exact === undefined ? undefined : (
            <blockquote>
              <bdi>{visibleText(excerpt(note.exact))}</bdi>
            </blockquote>
          )}
          <p class="facts">
            <span>
              <Name text={note.madeBy} /> <When time={note.madeAt} />
            </span>
            <NoteTarget note={note} />
          </p>
        </li>
      ))}
    </ol>
  );
}

function NoteTarget({ note }: { note: NoteLine }) {
  if (note.on === undefined) return <span class="absent">on a message that is not in this trove</span>;
  return (
    <span>
      {'on '}
      <a href={`${urls.message(note.on.number)}#note-${note.id}`}>
        <Subject text={note.on.subject} />
      </a>
      {note.on.from === '' ? undefined : (
        <>
          {' by '}
          <Name text={note.on.from} />
        </>
      )}
    </span>
  );
}

const excerpt = (text: string): string =>
  text.length <= maxExcerpt ? text : `${text.slice(0, maxExcerpt).toWellFormed()} …`;
