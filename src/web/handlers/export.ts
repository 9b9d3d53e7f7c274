/** `/export?q=…&format=…`: a result as a file, streamed while it is read. */
import type { Hono } from 'hono';
import { OperatorError } from '../../errors.js';
import { findFormat } from '../../export/formats.js';
import { exportResult } from '../../export/result.js';
import { parseQuery } from '../../index/query/parse.js';
import { contentDisposition, safeFileName } from '../download.js';
import type { LiveArchive } from '../live-archive.js';
import { getOpen } from '../respond.js';
import { bytesPolicy } from '../security.js';
import { routes } from '../urls.js';

export function registerExport(app: Hono, live: LiveArchive): void {
  app.get(routes.export, (context) => {
    const { q = '', format: wanted = '' } = context.req.query();
    const format = findFormat(wanted);
    if (format === undefined)
      throw new OperatorError(
        'format-unknown',
        'There is no such form of an export.',
        'Forms are csv, jsonl, mbox and eml-zip.',
      );
    const parsed = parseQuery(q);
    if (!parsed.ok) throw new OperatorError('query-malformed', parsed.error.message, parsed.error.hint);
    const { archive } = getOpen(live);
    const name = safeFileName(`${live.title}${q.trim() === '' ? '' : ` ${q.trim().slice(0, 60)}`}`, 'impart');
    return streamed(
      exportResult(archive, live.desk, parsed.query, format.name),
      `${name}.${format.ending}`,
      format.mediaType,
    );
  });
}

/** A download of unknown length. Reading stops when the browser goes away. */
export function streamed(bytes: AsyncGenerator<Uint8Array>, name: string, mediaType: string): Response {
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await bytes.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
        // Reading mail is synchronous: other pages get their turn between two pieces.
        await new Promise((resolve) => setImmediate(resolve));
      },
      async cancel() {
        await bytes.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      'Content-Type': mediaType,
      'Content-Disposition': contentDisposition(name),
      'Content-Security-Policy': bytesPolicy,
    },
  });
}
