/** `/containers` and `/progress`. */
import type { Hono } from 'hono';
import { containerPath, containerTree } from '../container-tree.js';
import type { LiveArchive, OpenArchive } from '../live-archive.js';
import { ContainersPage } from '../pages/containers.js';
import { ProgressPage } from '../pages/progress.js';
import { frameOf, numberIn, page } from '../respond.js';
import { routes } from '../urls.js';

const containersPerPage = 500;
const failuresPerPage = 100;
const othersPerPage = 100;
const recentFailures = 10;
/** Seconds between two looks at a receive. */
const refreshWhileReceiving = 2;

export function registerAccounts(app: Hono, live: LiveArchive): void {
  app.get(routes.progress, () => answerProgress(live));
  app.get(routes.containers, (context) => {
    const { from, failures, others } = context.req.query();
    const open = live.current();
    if (open === undefined) return answerProgress(live);
    return answerContainers(live, open, numberIn(from) ?? 0, numberIn(failures) ?? 0, numberIn(others) ?? 0);
  });
}

function answerProgress(live: LiveArchive): Response {
  const open = live.current();
  const isOver = open !== undefined && open.accessions.length > 0 && !open.progress.isReceiving;
  return page(
    <ProgressPage
      frame={frameOf(live)}
      progress={open?.progress}
      accessions={open?.accessions ?? []}
      indexed={open?.archive.index.indexed ?? 0}
      failed={open?.totals.failed ?? 0}
      failures={open?.archive.index.catalog.failures(recentFailures) ?? []}
    />,
    { refresh: isOver ? undefined : refreshWhileReceiving },
  );
}

function answerContainers(
  live: LiveArchive,
  open: OpenArchive,
  from: number,
  failuresAfter: number,
  othersAfter: number,
): Response {
  const { catalog } = open.archive.index;
  const rows = catalog.containers();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const nodes = containerTree(rows);
  const failures = catalog.failures(failuresPerPage + 1, failuresAfter);
  const others = catalog.otherFiles(othersPerPage + 1, othersAfter);
  return page(
    <ContainersPage
      frame={frameOf(live)}
      totals={open.totals}
      accessions={open.accessions}
      nodes={nodes.slice(from, from + containersPerPage)}
      containerCount={rows.length}
      from={from}
      nextFrom={from + containersPerPage < nodes.length ? from + containersPerPage : undefined}
      failures={failures.slice(0, failuresPerPage).map((failure) => ({
        ...failure,
        containerPath: containerPath((id) => byId.get(id), failure.container),
      }))}
      nextFailures={failures.length > failuresPerPage ? failures[failuresPerPage - 1]?.id : undefined}
      others={others.slice(0, othersPerPage)}
      nextOthers={others.length > othersPerPage ? others[othersPerPage - 1]?.id : undefined}
    />,
  );
}
