/** `/m/NUMBER/copies`: the messages that say the same as one. */
import type { Hono } from 'hono';
import { parseQuery } from '../../index/query/parse.js';
import { compareCopies } from '../../read/near-copies.js';
import type { LiveArchive } from '../live-archive.js';
import { CopiesPage } from '../pages/copies.js';
import { frameOf, getOpen, numberIn, page } from '../respond.js';
import { routes } from '../urls.js';

/** Each is read and compared. */
const copiesPerPage = 40;

export function registerCopies(app: Hono, live: LiveArchive): void {
  app.get(routes.copies, async (context) => {
    const { archive } = getOpen(live);
    const { number } = archive.resolve(context.req.param('id'));
    const { q, from: start } = context.req.query();
    const { index } = archive;
    const members = index.nearCopies.members(number);
    const found = q === undefined ? undefined : parseQuery(q);
    const hits = found?.ok === true ? index.evaluate(found.query) : undefined;
    const from = Math.min(numberIn(start) ?? 0, members.length);
    const end = from + copiesPerPage;
    return page(
      <CopiesPage
        frame={frameOf(live)}
        number={number}
        subject={index.findRow(number)?.subject ?? ''}
        size={members.length}
        copies={await compareCopies(archive, members[0]?.number ?? number, members.slice(from, end))}
        q={q}
        hits={hits === undefined ? undefined : members.filter((member) => hits.has(member.number)).length}
        isHit={(member) => hits?.has(member) === true}
        from={from}
        next={end < members.length ? end : undefined}
      />,
    );
  });
}
