/** `/claims`: pages of the ledger. What writes is in claims-forms.ts. */
import type { Hono } from 'hono';
import { OperatorError } from '../../errors.js';
import { claimFormats } from '../../export/claims/formats.js';
import { keptBytes } from '../../store/desk/claims/captures.js';
import {
  candidatesOf,
  carriedStatements,
  getProposal,
  getProposition,
  getUtterance,
  isWaiting,
  ledgerOf,
  placeOf,
  queueOf,
  readCaptureOf,
  versionLines,
} from '../claim-facts.js';
import { downloadResponse, safeFileName } from '../download.js';
import { seeOther } from '../forms.js';
import type { LiveArchive } from '../live-archive.js';
import { ClaimsPage } from '../pages/claims.js';
import { CapturePage } from '../pages/claims-capture.js';
import { PropositionPage, PropositionsPage } from '../pages/claims-propositions.js';
import { ReviewPage } from '../pages/claims-review.js';
import { SpeakerPage, UtterancePage } from '../pages/claims-utterance.js';
import { frameOf, page } from '../respond.js';
import { routes, urls } from '../urls.js';

export function registerClaims(app: Hono, live: LiveArchive): void {
  app.get(routes.claims, () => {
    const ledger = ledgerOf(live);
    return page(<ClaimsPage frame={frameOf(live)} ledger={ledger} queue={queueOf(live, ledger)} />);
  });
  app.get(routes.claimsNext, (context) =>
    seeOther(nextWaiting(live, context.req.query('capture'), context.req.query('after'))),
  );
  app.get(routes.claimsCapture, (context) => {
    const ledger = ledgerOf(live);
    const read = readCaptureOf(live, ledger, context.req.param('id'));
    const versions = versionLines(live, read.capture);
    const carried = carriedStatements(read, versions, ledger);
    return page(<CapturePage frame={frameOf(live)} read={read} versions={versions} carried={carried} />);
  });
  app.get(routes.claimsOriginal, (context) => sendOriginal(live, context.req.param('id')));
  app.get(routes.claimsReview, (context) => {
    const ledger = ledgerOf(live);
    const read = readCaptureOf(live, ledger, context.req.param('id'));
    const proposal = getProposal(read, context.req.param('place'));
    return page(
      <ReviewPage
        frame={frameOf(live)}
        read={read}
        proposal={proposal}
        candidates={candidatesOf(live, read, proposal)}
        ledger={ledger}
        waiting={read.proposals.filter(isWaiting).length}
      />,
    );
  });
  app.get(routes.claimsUtterance, (context) => {
    const ledger = ledgerOf(live);
    const utterance = getUtterance(ledger, context.req.param('id'));
    return page(
      <UtterancePage frame={frameOf(live)} ledger={ledger} utterance={utterance} reader={live.desk.reader} />,
    );
  });
  registerLists(app, live);
}

function registerLists(app: Hono, live: LiveArchive): void {
  app.get(routes.claimsSpeaker, (context) => {
    const ledger = ledgerOf(live);
    const agent = ledger.agents.get(context.req.param('id'));
    if (agent === undefined)
      throw new OperatorError(
        'claim-missing',
        'The ledger knows nobody of that id.',
        'Go to /claims: who spoke is listed.',
      );
    return page(<SpeakerPage frame={frameOf(live)} ledger={ledger} agent={agent} />);
  });
  app.get(routes.claimsPropositions, () =>
    page(<PropositionsPage frame={frameOf(live)} ledger={ledgerOf(live)} />),
  );
  app.get(routes.claimsProposition, (context) => {
    const proposition = getProposition(ledgerOf(live), context.req.param('id'));
    return page(
      <PropositionPage frame={frameOf(live)} proposition={proposition} reader={live.desk.reader} />,
    );
  });
  app.get(routes.claimsExport, (context) => {
    const format = claimFormats.find(({ name }) => name === context.req.param('format'));
    if (format === undefined)
      throw new OperatorError(
        'format-unknown',
        'Claims are not exported in this form.',
        `There are: ${claimFormats.map(({ name }) => name).join(', ')}.`,
      );
    const ending = {
      json: 'json',
      csv: 'csv',
      atom: 'xml',
      schema: 'jsonld',
      annotations: 'jsonld',
      prov: 'jsonld',
    }[format.name];
    return downloadResponse(
      Buffer.from(format.write(ledgerOf(live), live.title)),
      `claims-${format.name}.${ending}`,
      format.mediaType,
    );
  });
}

/** The place of the next statement that nobody decided: in this article behind that one, then in the others. */
function nextWaiting(live: LiveArchive, capture: string | undefined, after: string | undefined): string {
  const ledger = ledgerOf(live);
  const from = Number(after?.split('-')[0] ?? -1);
  const here = ledger.captures.filter(({ id }) => id === capture);
  const others = ledger.captures.filter(({ id }) => id !== capture);
  for (const { id } of [...here, ...others]) {
    const waiting = readCaptureOf(live, ledger, id).proposals.filter(isWaiting);
    const next =
      waiting.find((proposal) => id !== capture || Number(placeOf(proposal).split('-')[0]) > from) ??
      (id === capture ? undefined : waiting[0]);
    if (next !== undefined) return urls.claimsReview(id, placeOf(next));
  }
  return capture === undefined || here.length === 0 ? urls.claims() : urls.claimsCapture(capture);
}

/** A page of somebody else's: never shown as one of ours. */
function sendOriginal(live: LiveArchive, id: string): Response {
  const { capture } = readCaptureOf(live, ledgerOf(live), id);
  const bytes = live.desk.read((db) => keptBytes(db, capture.bytes), Buffer.alloc(0));
  const endings: Readonly<Record<string, string>> = { html: 'html', text: 'txt', pdf: 'pdf', warc: 'warc' };
  return downloadResponse(
    bytes,
    `${safeFileName(capture.title, 'article')}.${endings[capture.format] ?? 'bin'}`,
  );
}
