/** `/m/NUMBER/html`, and the document inside its frame. */
import type { Hono } from 'hono';
import { OperatorError } from '../../errors.js';
import type { LiveArchive } from '../live-archive.js';
import { messageHtml } from '../message-html.js';
import { HtmlViewPage } from '../pages/html-view.js';
import { frameOf, getOpen, page } from '../respond.js';
import { mailHtmlPolicy } from '../security.js';
import { routes } from '../urls.js';

export function registerHtml(app: Hono, live: LiveArchive): void {
  app.get(routes.html, async (context) => {
    const { archive } = getOpen(live);
    const archived = await archive.read(archive.resolve(context.req.param('id')));
    const safe = messageHtml(archived.message);
    if (safe === undefined) throw noHtml(archived.number);
    return page(
      <HtmlViewPage frame={frameOf(live)} archived={archived} safe={safe} q={context.req.query('q')} />,
    );
  });
  app.get(routes.htmlBody, async (context) => {
    const { archive } = getOpen(live);
    const archived = await archive.read(archive.resolve(context.req.param('id')));
    const safe = messageHtml(archived.message);
    if (safe === undefined) throw noHtml(archived.number);
    return new Response(frameDocument(safe.html), {
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': mailHtmlPolicy,
      },
    });
  });
}

const noHtml = (number: number): OperatorError =>
  new OperatorError('part-missing', `Message ${number} has no HTML body.`, 'Its text is on its own page.');

/** Mail is laid out for white paper; dark pages keep it on white. */
const frameStyle =
  'html{background:#fff;color:#000;color-scheme:light}body{margin:1rem;font:16px/1.45 sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}';

/** `body` is safeHtml's work, the one text that is not escaped here. `policy`: where no header can carry it. */
export function frameDocument(body: string, policy?: string): string {
  const stated =
    policy === undefined ? '' : `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return `<!doctype html><html lang="und"><head><meta charset="utf-8">${stated}<meta name="referrer" content="no-referrer"><title>Message</title><style>${frameStyle}</style></head><body>${body}</body></html>`;
}
