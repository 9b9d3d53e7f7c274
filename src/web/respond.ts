/** Pages as responses, and what handlers have in common. */
import type { HtmlEscapedString } from 'hono/utils/html';
import { OperatorError } from '../errors.js';
import type { LiveArchive, OpenArchive } from './live-archive.js';
import type { Frame } from './pages/layout.js';

export interface PageOptions {
  readonly status?: number;
  /** Seconds after which the browser asks again. */
  readonly refresh?: number | undefined;
}

/** Components are plain functions of their values: none waits for anything. */
export function page(
  element: HtmlEscapedString | Promise<HtmlEscapedString>,
  { status = 200, refresh }: PageOptions = {},
): Response {
  const headers = new Headers({ 'Content-Type': 'text/html; charset=utf-8' });
  if (refresh !== undefined) headers.set('Refresh', String(refresh));
  const html = `<!doctype html>${element.toString()}`;
  headers.set('Content-Length', String(Buffer.byteLength(html)));
  return new Response(html, { status, headers });
}

export function frameOf(live: LiveArchive): Frame {
  const open = live.current();
  return {
    trove: live.title,
    progress: open?.progress,
    messages: open === undefined ? 0 : open.archive.index.catalog.messageCount(),
  };
}

/** Throws OperatorError `message-missing` where nothing was received yet. */
export function getOpen(live: LiveArchive): OpenArchive {
  const open = live.current();
  if (open === undefined) {
    throw new OperatorError(
      'message-missing',
      'Nothing was received into this trove yet.',
      'Receive something first: impart receive SOURCE --trove DIR',
    );
  }
  return open;
}

/** The thread that a message is in. Throws OperatorError `thread-missing`. */
export function getThread(open: OpenArchive, number: number): number {
  const thread = open.archive.index.findRow(number)?.thread;
  if (thread === undefined)
    throw new OperatorError(
      'thread-missing',
      `There is no thread ${number} in this trove.`,
      'A thread has the number of its first message.',
    );
  return thread;
}

/** A whole number in an address; undefined where there is none or it is no number. */
export function numberIn(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}
