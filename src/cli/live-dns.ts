/**
 * Asking live DNS for key records, only when the operator said so. What comes back is an observation: somebody who
 * controls the resolver, or the network, can answer anything.
 */
import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { OperatorError } from '../errors.js';
import { limits } from '../limits.js';
import { KeyStore } from '../store/keys.js';
import { lockTrove, type Trove } from '../store/trove.js';
import { isDomainName } from '../verify/dkim-signature.js';
import { type FoundRecord, keyName } from '../verify/keys/found-record.js';
import { parseTags } from '../verify/tag-list.js';
import { countOf, formatCount } from '../web/figures.js';

export interface AskedName {
  readonly domain: string;
  readonly selector: string;
}

interface DnsAnswer extends AskedName {
  readonly records: readonly FoundRecord[];
  /** Why there is none; '' where there are some. */
  readonly outcome: string;
}

/** Asks for every name and stores what was said, answers or not. Returns whether there were new keys. Never throws for an answer. */
export async function askForKeys(
  trove: Trove,
  servers: readonly string[],
  names: readonly AskedName[],
): Promise<boolean> {
  const resolver = newResolver(servers);
  const observer = `DNS via ${resolver.getServers().join(', ')}`;
  const unlock = lockTrove(trove);
  const store = new KeyStore(trove);
  let found = 0;
  let asked = 0;
  try {
    for await (const { domain, selector, records, outcome } of askAll(resolver, observer, names)) {
      asked += 1;
      const now = Date.now();
      const terms = { observer, provenance: 'attested-observation', method: 'query', now } as const;
      if (records.length > 0) found += store.add(records, terms).keys;
      else store.addUnanswered(domain, selector, observer, outcome, now);
    }
  } finally {
    store.close();
    unlock();
  }
  process.stderr.write(`DNS was asked for ${countOf(asked, 'selector')}: ${formatCount(found)} new keys.\n`);
  return found > 0;
}

/** Throws OperatorError `dns-server-malformed`. */
function newResolver(servers: readonly string[]): Resolver {
  const resolver = new Resolver({ timeout: limits.dnsTimeoutMilliseconds, tries: 2 });
  if (servers.length === 0) return resolver;
  try {
    resolver.setServers(servers.map(checkServer));
  } catch (error) {
    throw new OperatorError(
      'dns-server-malformed',
      `${servers.join(', ')} is no list of DNS servers`,
      'Give an address and a port, such as 192.0.2.53:53 or [2001:db8::53]:53.',
      error,
    );
  }
  return resolver;
}

function checkServer(server: string): string {
  const address = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(server)?.[1] ?? server.replace(/:\d{1,5}$/, '');
  if (isIP(address) === 0 && isIP(server) === 0) throw new Error(`${server} is no address`);
  return server;
}

const atOnce = 16;

async function* askAll(
  resolver: Resolver,
  observer: string,
  names: readonly AskedName[],
): AsyncGenerator<DnsAnswer> {
  for (let at = 0; at < names.length; at += atOnce) {
    const batch = names.slice(at, at + atOnce).map((name) => ask(resolver, observer, name));
    yield* await Promise.all(batch);
  }
}

/** Within `limits.maxDnsMilliseconds`, whatever the server does: it may answer with one alias after the other. */
async function ask(
  resolver: Resolver,
  observer: string,
  { domain, selector }: AskedName,
): Promise<DnsAnswer> {
  const nothing = (outcome: string): DnsAnswer => ({ domain, selector, records: [], outcome });
  const name = keyName(domain, selector);
  // A hostile message names what it likes; such a name is in no zone.
  if (!isDomainName(name)) return nothing('no domain name');
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => late.resolve('late'), limits.maxDnsMilliseconds);
  try {
    const answers = await Promise.race([resolver.resolveTxt(name), late.promise]);
    if (answers === 'late') return nothing('no answer in time');
    const texts = answers.slice(0, limits.maxDnsRecords).map((strings) => strings.join(''));
    const usable = texts.filter((txt) => txt.length <= limits.maxKeyRecordCharacters);
    const keys = usable.filter((txt) => parseTags(txt).tags.has('p'));
    if (keys.length > 0) return { domain, selector, records: keys.map((txt) => recordOf(txt)), outcome: '' };
    return nothing(usable.length < texts.length ? 'too large' : 'no key record');
  } catch (error) {
    return nothing(error instanceof Error && 'code' in error ? String(error.code) : String(error));
  } finally {
    clearTimeout(timer);
  }

  function recordOf(txt: string): FoundRecord {
    const seen = Date.now();
    const evidence = `${name} IN TXT, asked ${new Date(seen).toISOString()}`;
    return {
      domain,
      selector,
      txt,
      source: 'dns',
      provenance: undefined,
      observer,
      firstSeen: seen,
      lastSeen: seen,
      evidence,
    };
  }
}
