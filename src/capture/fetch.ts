/**
 * Fetches one address, because someone asked for it: http and https, to public addresses only, bounded in size, time
 * and redirects. The address is judged where the name is resolved, for each connection: a name that a first look-up
 * finds public and a second one private (DNS rebinding) is refused as a redirect to a private address is.
 */
import { lookup } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { OperatorError } from '../errors.js';
import { limits } from '../limits.js';

export interface Fetched {
  readonly bytes: Buffer;
  /** Where it was found, behind all redirects. */
  readonly url: string;
  readonly contentType: string;
}

export interface FetchOptions {
  /** Whether an IP address may be connected to; public ones where undefined. */
  readonly mayReach?: (address: string) => boolean;
  readonly maxBytes?: number;
  readonly maxMilliseconds?: number;
}

/** Throws OperatorError `address-refused`, `fetch-failed`. */
export async function fetchPage(address: string, options: FetchOptions = {}): Promise<Fetched> {
  const {
    mayReach = isPublic,
    maxBytes = limits.maxCaptureBytes,
    maxMilliseconds = limits.maxFetchMilliseconds,
  } = options;
  const signal = AbortSignal.timeout(maxMilliseconds);
  let url = parsed(address);
  for (let redirects = 0; redirects <= limits.maxRedirects; redirects += 1) {
    const answer = await ask(url, mayReach, signal);
    const next = answer.headers.location;
    if (
      answer.statusCode !== undefined &&
      answer.statusCode >= 300 &&
      answer.statusCode < 400 &&
      next !== undefined
    ) {
      answer.destroy();
      url = parsed(URL.canParse(next, url) ? new URL(next, url).href : next);
      continue;
    }
    if (answer.statusCode !== 200) {
      answer.destroy();
      throw failed(url, `the server answered ${answer.statusCode ?? 'nothing'}`);
    }
    return {
      bytes: await readBody(answer, url, maxBytes),
      url: url.href,
      contentType: answer.headers['content-type'] ?? '',
    };
  }
  throw failed(url, `more than ${limits.maxRedirects} redirects`);
}

function parsed(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw refused(address, 'only http and https addresses are fetched');
  if (url.username !== '' || url.password !== '')
    throw refused(url.origin, 'an address with a password in it is not fetched');
  return url;
}

function ask(
  url: URL,
  mayReach: (address: string) => boolean,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // No look-up is made for an address: it is judged here.
  if (isIP(host) !== 0 && !mayReach(host)) throw refused(url.href, `${host} is no public address`);
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const sent = send(
      url,
      {
        agent: false,
        signal,
        lookup: lookupPublic(mayReach),
        headers: {
          'User-Agent': 'impart',
          Accept: 'text/html,application/pdf,text/plain',
          'Accept-Encoding': 'identity',
        },
      },
      resolve,
    );
    sent.on('error', (error: Error) => {
      reject(error instanceof OperatorError ? error : failed(url, whyFailed(error), error));
    });
    sent.end();
  });
}

function lookupPublic(mayReach: (address: string) => boolean): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        done(error, '');
        return;
      }
      const first = addresses[0];
      const bad = addresses.find(({ address }) => !mayReach(address));
      if (bad !== undefined || first === undefined)
        done(refused(host, `it resolves to ${bad?.address ?? 'nothing'}, which is no public address`), '');
      else if (options.all === true) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

async function readBody(answer: IncomingMessage, url: URL, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw failed(url, `the page is larger than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof OperatorError ? error : failed(url, whyFailed(error), error);
  }
  return Buffer.concat(chunks);
}

const whyFailed = (error: unknown): string =>
  error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')
    ? 'it took too long'
    : String(error instanceof Error ? error.message : error);

const inner = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inner.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  inner.addSubnet(network, prefix, 'ipv6');

/** IANA's registries of special-purpose addresses: everything in them is inside of something. IPv4 in IPv6 counts as IPv4. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  return !inner.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

const refused = (address: string, why: string): OperatorError =>
  new OperatorError(
    'address-refused',
    `${address} was not fetched: ${why}`,
    'Save the page in a browser, and capture the file.',
  );
const failed = (url: URL, why: string, cause?: unknown): OperatorError =>
  new OperatorError(
    'fetch-failed',
    `${url.href} could not be fetched: ${why}`,
    'Save the page in a browser, and capture the file.',
    cause,
  );
