/**
 * What keeps other web sites, and the mail itself, away from the archive.
 *
 *   Host: evil.example:8025               421  (DNS rebinding: a name that was made to point at 127.0.0.1)
 *   Sec-Fetch-Site: cross-site, an <img>  403  (a site that measures how long a search takes)
 *   POST with Origin: https://evil        403
 *
 * Every response carries a policy under which nothing is fetched from elsewhere. Only pages of our own may run a script,
 * and only the one that this server serves as a script: bytes of mail are never of a type that a browser runs (nosniff).
 */
import type { MiddlewareHandler } from 'hono';

/** For pages of our own: our stylesheet, script and pictures, nothing inline, no frame around them. */
export const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** For the HTML of a message: pictures that came inside it, its own styles, and nothing else at all. */
export const mailHtmlPolicy =
  "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** For bytes out of a message, should a browser ever show them. */
export const bytesPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";

const always: readonly (readonly [name: string, value: string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=()'],
  ['X-DNS-Prefetch-Control', 'off'],
];

/** `port`: where the server listens, known only once it does. */
export function protect(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const refusal = refuse(context.req.raw, port());
    if (refusal !== undefined) {
      const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Security-Policy': pagePolicy };
      context.res = new Response(`${refusal.reason}\n`, { status: refusal.status, headers });
    } else await next();
    const { headers } = context.res;
    for (const [name, value] of always) headers.set(name, value);
    const isOwnPage = !headers.has('Content-Security-Policy');
    if (isOwnPage) headers.set('Content-Security-Policy', pagePolicy);
    // No other site ever learns an address. Under no-referrer a form of our own would say `Origin: null` (Fetch, 3.2),
    // as one of another site does.
    headers.set('Referrer-Policy', isOwnPage ? 'same-origin' : 'no-referrer');
    // Mail stays off the disk of the browser.
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  };
}

interface Refusal {
  readonly status: number;
  readonly reason: string;
}

function refuse(request: Request, port: number): Refusal | undefined {
  const host = request.headers.get('Host') ?? '';
  if (!isOwnHost(host, port)) {
    return { status: 421, reason: 'This server answers only to 127.0.0.1 and localhost.' };
  }
  const site = request.headers.get('Sec-Fetch-Site');
  const isForeign = site === 'cross-site' || site === 'same-site';
  if (request.method === 'GET' || request.method === 'HEAD') {
    const isVisit =
      request.headers.get('Sec-Fetch-Mode') === 'navigate' &&
      request.headers.get('Sec-Fetch-Dest') === 'document';
    if (isForeign && !isVisit)
      return { status: 403, reason: 'Another web site may link to this page, but not load it.' };
    return undefined;
  }
  const origin = request.headers.get('Origin');
  if (isForeign || origin !== `http://${host}`) {
    return { status: 403, reason: 'This request did not come from a page of this server.' };
  }
  return undefined;
}

/** Browsers leave out port 80. */
function isOwnHost(host: string, port: number): boolean {
  const suffix = `:${port}`;
  const name = host.endsWith(suffix) ? host.slice(0, -suffix.length) : port === 80 ? host : '';
  return name === '127.0.0.1' || name === 'localhost' || name === '[::1]';
}
