/**
 * Long pages go out compressed (RFC 9110, 8.4.1.3): a thread of two hundred kilobytes is some twenty on the wire of
 * someone who reads through a tunnel. Short ones do not: on this machine itself the wire costs nothing.
 *
 *   Accept-Encoding: gzip, br     Content-Encoding: gzip
 *
 * Nobody but the reader can see how long a response is: the token in its forms is not measured out (BREACH) by another
 * site, whose requests `security.ts` refuses.
 */
import { constants, gzipSync } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';

/** Bytes from which a page is compressed. */
const minBytes = 40 * 1024;

export const compressPages: MiddlewareHandler = async (context, next) => {
  await next();
  const { res: response } = context;
  const bytes = Number(response.headers.get('Content-Length') ?? 0);
  const isPage = response.headers.get('Content-Type')?.startsWith('text/html') === true;
  if (!isPage || bytes < minBytes || !acceptsGzip(context.req.header('Accept-Encoding'))) return;
  const packed = gzipSync(await response.text(), { level: constants.Z_BEST_SPEED });
  context.res = new Response(packed, { status: response.status, headers: response.headers });
  // Hono takes the header fields over from the response before: these are set after that.
  context.res.headers.set('Content-Encoding', 'gzip');
  context.res.headers.set('Content-Length', String(packed.length));
  context.res.headers.set('Vary', 'Accept-Encoding');
};

/** `gzip;q=0` refuses it (RFC 9110, 12.5.3). */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  return (acceptEncoding ?? '').split(',').some((coding) => {
    const [name = '', ...parameters] = coding
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    return (
      (name === 'gzip' || name === '*') && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))
    );
  });
}
