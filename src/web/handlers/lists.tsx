/** `/desk/lists`: a pasted or uploaded list, and how many messages each of its lines finds, as page and as CSV. */
import type { Hono } from 'hono';
import { OperatorError } from '../../errors.js';
import { byteOrderMark, csvLine } from '../../export/csv.js';
import { limits } from '../../limits.js';
import { decodeText } from '../../message/charset.js';
import { addList, findList, type List } from '../../store/desk/lists.js';
import { safeFileName } from '../download.js';
import { type Form, readForm, seeOther } from '../forms.js';
import { type ListLine, listLines } from '../list-lines.js';
import type { LiveArchive, OpenArchive } from '../live-archive.js';
import { type CountedLine, ListPage } from '../pages/list.js';
import { frameOf, getOpen, numberIn, page } from '../respond.js';
import { routes, urls } from '../urls.js';
import { streamed } from './export.js';

/** Each line is a query: a page of them must not keep other readers waiting for long. */
const linesPerPage = 100;

export function registerLists(app: Hono, live: LiveArchive): void {
  app.post(routes.deskLists, async (context) => {
    const form = await readForm(context);
    const content = await contentOf(form);
    const id = live.desk.write((db, act) =>
      addList(db, act, {
        name: form.text('name').trim() || 'A list',
        content,
        reading: form.text('reading') === 'queries' ? 'queries' : 'words',
        hasHeading: form.has('heading'),
      }),
    );
    return seeOther(urls.deskList(id));
  });
  app.get(routes.deskList, async (context) => {
    const list = getList(live, context.req.param('id'));
    const open = getOpen(live);
    const all = listLines(list);
    const from = numberIn(context.req.query('from')) ?? 0;
    const shown: CountedLine[] = [];
    for (const line of all.lines.slice(from, from + linesPerPage)) shown.push(await counted(open, line));
    return page(
      <ListPage
        frame={frameOf(live)}
        list={list}
        heading={all.heading}
        shown={shown}
        from={from}
        total={all.lines.length}
        bad={all.lines.filter((line) => !line.asked.ok)}
        leftOut={all.leftOut}
        next={from + linesPerPage < all.lines.length ? from + linesPerPage : undefined}
      />,
    );
  });
  app.get(routes.deskListCounts, (context) => {
    const list = getList(live, context.req.param('id'));
    return streamed(
      csvOf(getOpen(live), list),
      `${safeFileName(list.name, 'list')}.csv`,
      'text/csv; charset=utf-8',
    );
  });
}

async function contentOf(form: Form): Promise<string> {
  const file = await form.file('file');
  if (file === undefined) return form.text('content', limits.maxListCharacters + 1);
  return decodeUpload(file.bytes);
}

/** Spreadsheets write UTF-8, UTF-16 with a mark, or the code page of the system. */
function decodeUpload(bytes: Buffer): string {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isWide) return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
  return decodeText(bytes, 'utf-8').text;
}

function getList(live: LiveArchive, id: string): List {
  const list = live.desk.read((db) => findList(db, id), undefined);
  if (list !== undefined) return list;
  throw new OperatorError('desk-missing', 'There is no such list.', 'The desk names the lists that stand.');
}

async function counted(open: OpenArchive, line: ListLine): Promise<CountedLine> {
  // Other pages get their turn between two lines.
  await new Promise((resolve) => setImmediate(resolve));
  const count = line.asked.ok ? open.archive.index.evaluate(line.asked.query).count : undefined;
  return { ...line, count };
}

async function* csvOf(open: OpenArchive, list: List): AsyncGenerator<Uint8Array> {
  const { heading, lines } = listLines(list);
  const width = Math.max(0, ...lines.map((line) => line.rest.length));
  const names = Array.from({ length: width }, (_, at) => heading[at + 1] ?? `column ${at + 2}`);
  yield Buffer.from(
    byteOrderMark +
      csvLine(['line', heading[0] ?? 'term', ...names, 'messages', 'query', 'address', 'problem']),
  );
  for (const line of lines) {
    const { count } = await counted(open, line);
    const rest = Array.from({ length: width }, (_, at) => line.rest[at]);
    const outcome = line.asked.ok
      ? [count, line.asked.q, urls.search({ q: line.asked.q }), undefined]
      : [undefined, undefined, undefined, line.asked.message];
    yield Buffer.from(csvLine([line.line, line.term, ...rest, ...outcome]));
  }
}
