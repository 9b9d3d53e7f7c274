/**
 * The web application: addresses to pages. Pure but for the archive it is given; `app.request()` tests it without a
 * network. No cookies, no logs of what was asked, no state between requests.
 */
import { type Context, Hono } from 'hono';
import { OperatorError } from '../errors.js';
import { compressPages } from './compression.js';
import { registerAccounts } from './handlers/accounts.js';
import { registerAttachments } from './handlers/attachments.js';
import { registerBytes } from './handlers/bytes.js';
import { registerClaims } from './handlers/claims.js';
import { registerClaimForms } from './handlers/claims-forms.js';
import { registerCopies } from './handlers/copies.js';
import { registerDesk } from './handlers/desk.js';
import { registerDeskForms } from './handlers/desk-forms.js';
import { registerExport } from './handlers/export.js';
import { registerFront } from './handlers/front.js';
import { registerHtml } from './handlers/html.js';
import { registerLists } from './handlers/lists.js';
import { registerMessage } from './handlers/message.js';
import { registerPeople } from './handlers/people.js';
import { registerPictures } from './handlers/pictures.js';
import { registerRedact } from './handlers/redact.js';
import { registerRedactAttachments } from './handlers/redact-attachments.js';
import { registerRedactForms } from './handlers/redact-forms.js';
import { registerSearch } from './handlers/search.js';
import { registerThread } from './handlers/thread.js';
import { registerThreadTree } from './handlers/thread-tree.js';
import { registerVerification } from './handlers/verification.js';
import type { LiveArchive } from './live-archive.js';
import { HelpPage } from './pages/help.js';
import { KeysPage } from './pages/keys.js';
import { type Problem, ProblemPage } from './pages/problem.js';
import { RedactionState } from './redaction-state.js';
import { frameOf, page } from './respond.js';
import { script, scriptHash } from './script.js';
import { protect } from './security.js';
import { icon, stylesheet, stylesheetHash } from './stylesheet.js';
import { routes } from './urls.js';

export interface AppOptions {
  readonly live: LiveArchive;
  /** Where the server listens; only requests to that port of this machine are answered. */
  readonly port: () => number;
}

export function createApp({ live, port }: AppOptions): Hono {
  const app = new Hono();
  app.use(protect(port));
  app.use(compressPages);
  registerFront(app, live);
  registerSearch(app, live);
  registerMessage(app, live);
  registerCopies(app, live);
  registerHtml(app, live);
  registerBytes(app, live);
  registerAttachments(app, live);
  registerThread(app, live);
  registerAccounts(app, live);
  registerThreadTree(app, live);
  registerVerification(app, live);
  registerPictures(app, live);
  registerPeople(app, live);
  registerDesk(app, live);
  registerDeskForms(app, live);
  registerLists(app, live);
  registerExport(app, live);
  registerClaims(app, live);
  registerClaimForms(app, live);
  const redaction = new RedactionState(live);
  registerRedact(app, live, redaction);
  registerRedactForms(app, live, redaction);
  registerRedactAttachments(app, live, redaction);
  app.get(routes.help, () => page(<HelpPage frame={frameOf(live)} />));
  app.get(routes.keys, () => page(<KeysPage frame={frameOf(live)} />));
  app.get(routes.stylesheet, (context) => sendFixed(context, stylesheet, stylesheetHash, 'text/css'));
  app.get(routes.script, (context) => sendFixed(context, script, scriptHash, 'text/javascript'));
  app.get(
    routes.icon,
    () =>
      new Response(icon, { headers: { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'max-age=86400' } }),
  );
  app.notFound((context) => problem(live, 404, notFoundText(context)));
  app.onError((error) => answerError(live, error));
  return app;
}

/** The stylesheet and the script. An old page may ask for an old hash: it gets what is present, but must not keep it for good. */
function sendFixed(context: Context, text: string, hash: string, mediaType: string): Response {
  const etag = `"${hash}"`;
  const isPresent = context.req.path.includes(`/${hash}/`);
  const headers = {
    'Content-Type': `${mediaType}; charset=utf-8`,
    'Cache-Control': isPresent ? 'max-age=31536000, immutable' : 'no-cache',
    ETag: etag,
  };
  if (context.req.header('If-None-Match') === etag) return new Response(undefined, { status: 304, headers });
  return new Response(text, { headers });
}

function notFoundText(context: Context): Problem {
  const isRead = context.req.method === 'GET' || context.req.method === 'HEAD';
  return {
    title: 'Not found',
    message: isRead ? 'There is no page at this address.' : 'Pages here can be read, not written to.',
    hint: 'Addresses of messages end in their number, as in /m/1, or in the first digits of their SHA-256.',
  };
}

const statusByCode: ReadonlyMap<string, { readonly status: number; readonly title: string }> = new Map([
  ['message-missing', { status: 404, title: 'Not found' }],
  ['thread-missing', { status: 404, title: 'Not found' }],
  ['person-missing', { status: 404, title: 'Nobody of that address' }],
  ['person-malformed', { status: 400, title: 'Not a statement' }],
  ['attachment-missing', { status: 404, title: 'Not found' }],
  ['evidence-missing', { status: 404, title: 'Not found' }],
  ['part-missing', { status: 404, title: 'Not found' }],
  ['cursor-malformed', { status: 400, title: 'This address is not complete' }],
  ['id-ambiguous', { status: 409, title: 'More than one message' }],
  ['original-missing', { status: 503, title: 'The original is missing' }],
  ['original-damaged', { status: 503, title: 'The original is damaged' }],
  ['form-refused', { status: 403, title: 'This form was refused' }],
  ['form-too-large', { status: 413, title: 'Too large' }],
  ['form-malformed', { status: 400, title: 'Not a form' }],
  ['note-malformed', { status: 400, title: 'Not a note' }],
  ['list-malformed', { status: 400, title: 'Not a list' }],
  ['query-malformed', { status: 400, title: 'This query is not clear' }],
  ['passage-missing', { status: 400, title: 'The passage is not there' }],
  ['act-too-large', { status: 400, title: 'Too many at once' }],
  ['format-unknown', { status: 400, title: 'No such form' }],
  ['desk-missing', { status: 404, title: 'Not on the desk' }],
  ['capture-missing', { status: 404, title: 'Not captured' }],
  ['capture-damaged', { status: 503, title: 'The capture is damaged' }],
  ['claim-missing', { status: 404, title: 'Not in the ledger' }],
  ['claim-malformed', { status: 400, title: 'Not written' }],
  ['redaction-malformed', { status: 400, title: 'Not a redaction' }],
  ['clearance-malformed', { status: 400, title: 'Not a box' }],
  ['pages-not-drawn', { status: 422, title: 'Not drawn' }],
  ['publicity-malformed', { status: 400, title: 'Not an address' }],
  ['rule-unknown', { status: 404, title: 'No such rule' }],
  ['name-malformed', { status: 400, title: 'Not a name' }],
]);

function answerError(live: LiveArchive, error: Error): Response | Promise<Response> {
  if (error instanceof OperatorError) {
    const known = statusByCode.get(error.code);
    return problem(live, known?.status ?? 500, {
      title: known?.title ?? 'This does not work now',
      message: error.message,
      hint: error.hint,
    });
  }
  // A bug: its stack, but never the address, which may hold a query.
  process.stderr.write(`impart: ${error.stack ?? String(error)}\n`);
  return problem(live, 500, {
    title: 'A fault of this program',
    message: 'This page could not be made. Nothing in the trove was changed.',
    hint: 'What went wrong is written where the server was started.',
  });
}

/** The frame of the page is left bare where the trove itself cannot be opened. */
function problem(live: LiveArchive, status: number, facts: Problem): Response {
  return page(<ProblemPage frame={bareOr(live)} problem={facts} />, { status });
}

function bareOr(live: LiveArchive): ReturnType<typeof frameOf> {
  try {
    return frameOf(live);
  } catch {
    // The error that is being shown says why.
    return { trove: live.title, progress: undefined, messages: 0 };
  }
}
