/**
 * A browser in which whatever hostile markup might achieve is seen: scripts that run, requests that are made, windows
 * that open, and violations that the policy of a page had to stop.
 *
 * Requests are counted twice: as Chromium reports them, and at a socket that is the proxy for every address but
 * `origin`'s, this machine's included.
 */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { BrowserContext } from 'playwright-core';
import { launchBrowser } from '../browser.js';

export interface Seen {
  /** What ran, by which function or dialog it showed itself. */
  readonly ran: string[];
  /** Addresses asked for that are neither a page's own nor inside it (data:, about:). */
  readonly requests: string[];
  /** First lines that reached the proxy. */
  readonly connections: string[];
  /** Everything on the console: violations of a policy are there. */
  readonly console: string[];
  readonly windows: string[];
}

export interface Watch {
  readonly context: BrowserContext;
  /** What was seen since the last call. */
  take(): Seen;
  close(): Promise<void>;
}

/**
 * A browser of its own each time: the packaged Chromium does not outlive a context. `expected` are the paths that
 * pages at `origin` may ask for. undefined where there is no browser.
 */
export async function watch(origin: string, expected: RegExp): Promise<Watch | undefined> {
  const browser = await launchBrowser();
  if (browser === undefined) return undefined;
  let seen: Seen = nothing();
  const proxy = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      seen.connections.push(data.toString('latin1').split('\r\n')[0] ?? '');
      socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const context = await browser.newContext({
    proxy: { server: `http://127.0.0.1:${port}`, bypass: new URL(origin).host },
  });
  await context.exposeBinding('reportRan', (_source, what: string) => seen.ran.push(what));
  await context.addInitScript(hookScripts);
  context.on('request', (request) => {
    const url = request.url();
    const path = url.startsWith(origin) ? url.slice(origin.length) : undefined;
    if (path === undefined ? !/^(?:data|about|blob):/.test(url) : !expected.test(path))
      seen.requests.push(url);
  });
  context.on('dialog', (dialog) => {
    seen.ran.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('console', (message) => seen.console.push(message.text()));
  context.on('page', (page) => {
    void page.opener().then((opener) => {
      if (opener !== null) seen.windows.push(page.url());
    });
  });
  return {
    context,
    take() {
      const taken = seen;
      seen = nothing();
      return taken;
    },
    async close() {
      await browser.close();
      proxy.close();
    },
  };
}

export const nothing = (): Seen => ({ ran: [], requests: [], connections: [], console: [], windows: [] });

/** Runs in every document before its own scripts, where scripts run at all. */
function hookScripts(): void {
  const report = (what: string): void => {
    (globalThis as unknown as { reportRan(what: string): void }).reportRan(what);
  };
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
    Object.assign(globalThis, { [name]: (...given: unknown[]) => report(`${name} ${given.join()}`) });
  for (const name of ['write', 'writeln'])
    Object.assign(document, { [name]: (...given: unknown[]) => report(`document.${name} ${given.join()}`) });
}

export interface PageContent {
  readonly heading: string;
  readonly text: string;
  /** Elements and attributes that no page of ours has where it shows mail, as the browser's own parser sees them. */
  readonly foreign: string[];
}

/** Runs in the page. */
export function seenOnPage(): PageContent {
  const foreign: string[] = [];
  const root = document.querySelector('main') ?? document.body;
  const unsafe =
    /^(script|link|meta|base|frame|object|embed|applet|svg|math|video|audio|template|textarea|marquee)$/;
  for (const element of root.querySelectorAll('*')) {
    const name = element.localName;
    // Our own form for a note: mail cannot know its token.
    if (name === 'textarea' && element.closest('form')?.querySelector('input[name=token]') != null) continue;
    if (unsafe.test(name) || (name === 'iframe' && element.getAttribute('sandbox') === null))
      foreign.push(name);
    for (const { name: attribute, value } of element.attributes) {
      if (attribute.startsWith('on') || attribute === 'formaction') foreign.push(`${name} ${attribute}`);
      if (
        /^(href|src|action)$/.test(attribute) &&
        !/^(https?:|mailto:|data:image\/(png|jpe?g|gif|webp);|\/|#)/.test(value)
      )
        foreign.push(`${name} ${attribute}=${value}`);
    }
  }
  // biome-ignore-start lint/performance/useDomNodeTextContent: what is asked is what a reader sees.
  return {
    heading: document.querySelector('h1')?.innerText ?? '',
    text: root.innerText,
    foreign,
  };
  // biome-ignore-end lint/performance/useDomNodeTextContent: as above.
}
