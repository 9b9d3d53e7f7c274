/** What people do to messages and at the desk: each form of the pages, answered with a redirect. */
import type { Context, Hono } from 'hono';
import { OperatorError } from '../../errors.js';
import { parseQuery } from '../../index/query/parse.js';
import type { Query } from '../../index/query/query.js';
import { limits } from '../../limits.js';
import { anchorFor, passageText } from '../../read/passage.js';
import { undoAct } from '../../store/desk/kinds.js';
import { undoList } from '../../store/desk/lists.js';
import { markRead, markUnread } from '../../store/desk/marks.js';
import { type Anchor, addNote, rewriteNote, undoNote } from '../../store/desk/notes.js';
import type { Act } from '../../store/desk/row.js';
import { saveSearch, undoSearch } from '../../store/desk/searches.js';
import { setReaderName } from '../../store/desk/settings.js';
import { addTag, removeTag } from '../../store/desk/tags.js';
import { putBack } from '../../store/desk/taken.js';
import { type Form, readForm, seeOther } from '../forms.js';
import type { LiveArchive } from '../live-archive.js';
import { queryText } from '../query-links.js';
import { getOpen, numberIn } from '../respond.js';
import { routes, urls } from '../urls.js';

type Answer = (live: LiveArchive, form: Form) => string | Promise<string>;

/** Each answers with the address that the browser goes to next. */
const answers: readonly (readonly [path: string, answer: Answer])[] = [
  [routes.deskTags, tag],
  [routes.deskMarks, mark],
  [routes.deskNotes, note],
  [routes.deskSearches, save],
  [routes.deskReader, rename],
  [routes.deskUndo, undo],
];

export function registerDeskForms(app: Hono, live: LiveArchive): void {
  for (const [path, answer] of answers)
    app.post(path, async (context: Context) => seeOther(await answer(live, await readForm(context))));
}

function tag(live: LiveArchive, form: Form): string {
  const { messages, isOne } = targetOf(live, form);
  const name = form.text('name');
  const isRemoval = form.has('remove');
  const act = live.desk.write((db, now) => {
    if (isRemoval) removeTag(db, now, messages, name);
    else addTag(db, now, messages, name);
    return now;
  });
  return isOne ? form.back(urls.desk()) : actAddress(act, isRemoval, form);
}

function mark(live: LiveArchive, form: Form): string {
  const { messages, isOne } = targetOf(live, form);
  const isRemoval = form.text('as') === 'unread';
  const act = live.desk.write((db, now) => {
    if (isRemoval) markUnread(db, now, messages);
    else markRead(db, now, messages);
    return now;
  });
  return isOne ? form.back(urls.desk()) : actAddress(act, isRemoval, form);
}

/** The page that says what was done to many messages, and takes it back. */
function actAddress({ id, at, by }: Act, isRemoval: boolean, form: Form): string {
  const back = form.back(urls.desk());
  return isRemoval ? urls.deskTaken(at, by, back) : urls.deskAct(id, back);
}

/** The messages that a form is about, by SHA-256: one, a thread, or all that a query finds. */
function targetOf(live: LiveArchive, form: Form): { messages: Iterable<string>; isOne: boolean } {
  if (form.has('message')) return { messages: [messageIn(live, form)], isOne: true };
  const thread = numberIn(form.text('thread'));
  const query: Query = thread === undefined ? queryIn(form) : { kind: 'thread', number: thread };
  const { index } = getOpen(live).archive;
  const set = index.evaluate(query);
  if (set.count > limits.maxActMessages)
    throw new OperatorError(
      'act-too-large',
      `One press of a button changes at most ${limits.maxActMessages} messages; this search finds ${set.count}.`,
      'Narrow the search, by year for example, and do it for each part.',
    );
  return { messages: hashesOf(set.toArray(), (number) => index.catalog.findMessage(number)), isOne: false };
}

function* hashesOf(
  numbers: readonly number[],
  find: (number: number) => { readonly sha256: string } | undefined,
): Generator<string> {
  for (const number of numbers) {
    const row = find(number);
    if (row !== undefined) yield row.sha256;
  }
}

/** SHA-256 of a message that is in this trove. */
function messageIn(live: LiveArchive, form: Form): string {
  return getOpen(live).archive.resolve(form.text('message')).sha256;
}

/** A query that selects all is asked for as `*`: an empty field is more likely a form that lost it. */
function queryIn(form: Form): Query {
  const parsed = parseQuery(form.text('q', limits.maxQueryCharacters));
  if (parsed.ok) return parsed.query;
  throw new OperatorError('query-malformed', parsed.error.message, parsed.error.hint);
}

async function note(live: LiveArchive, form: Form): Promise<string> {
  const text = form.text('text', limits.maxNoteCharacters + 1);
  if (form.has('note')) {
    const id = live.desk.write((db, act) => rewriteNote(db, act, form.text('note'), text));
    if (id === undefined) throw gone('note');
    return `${form.back(urls.desk())}#note-${id}`;
  }
  const sha256 = messageIn(live, form);
  const anchor = await anchorIn(live, form, sha256);
  const id = live.desk.write((db, act) => addNote(db, act, sha256, text, anchor));
  return `${form.back(urls.messageByHash(sha256))}#note-${id}`;
}

async function anchorIn(live: LiveArchive, form: Form, sha256: string): Promise<Anchor | undefined> {
  const selected = form.text('passage', limits.maxQuoteCharacters);
  if (selected.trim() === '') return undefined;
  const { archive } = getOpen(live);
  const { text } = await archive.read(archive.resolve(sha256));
  const anchor = anchorFor(passageText(text), selected, numberIn(form.text('near')));
  if (anchor !== undefined) return anchor;
  throw new OperatorError(
    'passage-missing',
    'The passage is not in the text of the message in these words, so the note was not written.',
    'Go back, and copy the passage out of the text again, or leave its field empty for a note on the whole message.',
  );
}

function save(live: LiveArchive, form: Form): string {
  const query = queryText(queryIn(form));
  const sort = form.text('sort') === 'relevance' ? 'relevance' : 'date';
  const name = form.text('name').trim() || query || 'All mail';
  live.desk.write((db, act) => saveSearch(db, act, name.slice(0, limits.maxDeskNameCharacters), query, sort));
  return `${urls.desk()}#searches`;
}

function rename(live: LiveArchive, form: Form): string {
  live.desk.write((db, act) => setReaderName(db, act, form.text('name')));
  return form.back(urls.desk());
}

function undo(live: LiveArchive, form: Form): string {
  const id = form.text('id');
  const what = form.text('what');
  const wasThere = live.desk.write((db, act) => {
    if (what === 'note') return undoNote(db, act, id);
    if (what === 'search') return undoSearch(db, act, id);
    if (what === 'list') return undoList(db, act, id);
    if (what === 'taken') return putBack(db, act, numberIn(form.text('at')) ?? 0, form.text('by')) > 0;
    return undoAct(db, act, id) > 0;
  });
  if (!wasThere) throw gone(what === 'note' || what === 'search' || what === 'list' ? what : 'change');
  return form.back(urls.desk());
}

const gone = (what: string): OperatorError =>
  new OperatorError(
    'desk-missing',
    `This ${what} does not stand any more: someone took it back.`,
    'The desk shows what stands.',
  );
