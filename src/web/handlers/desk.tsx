/** `/desk`, and the page of one act. */
import type { Hono } from 'hono';
import { OperatorError } from '../../errors.js';
import { findAct } from '../../store/desk/kinds.js';
import { lists } from '../../store/desk/lists.js';
import { noteCount } from '../../store/desk/notes.js';
import { savedSearches } from '../../store/desk/searches.js';
import { tagCounts } from '../../store/desk/tags.js';
import { takenBy } from '../../store/desk/taken.js';
import { newestNoteLines } from '../desk-notes.js';
import { isOwnAddress } from '../forms.js';
import type { LiveArchive } from '../live-archive.js';
import { ActPage, TakenPage } from '../pages/act.js';
import { DeskPage } from '../pages/desk.js';
import { frameOf, numberIn, page } from '../respond.js';
import { routes, urls } from '../urls.js';

const notesPerPage = 30;

export function registerDesk(app: Hono, live: LiveArchive): void {
  app.get(routes.desk, (context) => {
    const from = numberIn(context.req.query('notes')) ?? 0;
    const { desk } = live;
    return page(
      <DeskPage
        frame={frameOf(live)}
        reader={desk.reader}
        tags={desk.read(tagCounts, [])}
        searches={desk.read(savedSearches, [])}
        lists={desk.read(lists, [])}
        notes={newestNoteLines(live, notesPerPage, from)}
        noteCount={desk.read(noteCount, 0)}
        notesFrom={from}
      />,
    );
  });
  app.get(routes.deskAct, (context) => {
    const id = context.req.param('id');
    const act = live.desk.read((db) => findAct(db, id), undefined);
    const { back } = context.req.query();
    const from = back !== undefined && isOwnAddress(back) ? back : urls.desk();
    // An act that found nothing to do wrote nothing: its page says so.
    if (act === undefined && back === undefined)
      throw new OperatorError('desk-missing', 'Nothing was written under this address.', '');
    return page(<ActPage frame={frameOf(live)} id={id} act={act} back={from} />);
  });
  app.get(routes.deskTaken, (context) => {
    const { at: when, by = '', back } = context.req.query();
    const at = numberIn(when) ?? 0;
    const taken = live.desk.read((db) => takenBy(db, at, by), []);
    const from = back !== undefined && isOwnAddress(back) ? back : urls.desk();
    return page(<TakenPage frame={frameOf(live)} at={at} by={by} taken={taken} back={from} />);
  });
}
