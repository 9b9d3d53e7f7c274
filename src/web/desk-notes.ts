/** The newest notes with the messages they are on, for the desk and the first page. */
import { type Note, newestNotes } from '../store/desk/notes.js';
import type { LiveArchive } from './live-archive.js';

export interface NoteLine extends Note {
  /** undefined where this trove does not have the message. */
  readonly on: { readonly number: number; readonly subject: string; readonly from: string } | undefined;
}

/** Newest first, from the `from`-th on. */
export function newestNoteLines(live: LiveArchive, limit: number, from = 0): NoteLine[] {
  const notes = live.desk.read((db) => newestNotes(db, limit, from), []);
  const index = live.current()?.archive.index;
  return notes.map((note) => {
    const number = index?.catalog.findByHash(note.message)[0]?.number;
    const row = number === undefined ? undefined : index?.findRow(number);
    return {
      ...note,
      on:
        number === undefined
          ? undefined
          : { number, subject: row?.subject ?? '', from: row?.fromName || row?.fromAddr || '' },
    };
  });
}
