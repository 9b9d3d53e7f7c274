/**
 * Asking live DNS for key records, only when the operator said so. What comes back is an observation: somebody who
 * controls the resolver, or the network, can answer anything.
 */
import { Resolver } from 'node:dns/promises';
import { limits } from '../limits.js';
import { type FoundRecord, keyName } from '../verify/keys/found-record.js';

export interface AskedName {
  readonly domain: string;
  readonly selector: string;
}

export interface DnsAnswer extends AskedName {
  readonly records: readonly FoundRecord[];
  /** Why there is none; '' where there are some. */
  readonly outcome: string;
}

const timeout = 4_000;
const atOnce = 16;
/** Records under one name that are looked at: a lying server may send hundreds. */
const maxRecords = 20;

/** Who answers, for the record. */
export const resolverName = (resolver: Resolver): string => `DNS via ${resolver.getServers().join(', ')}`;

export const newResolver = (servers: readonly string[]): Resolver => {
  const resolver = new Resolver({ timeout, tries: 2, maxTimeout: timeout });
  if (servers.length > 0) resolver.setServers([...servers]);
  return resolver;
};

/** Asks for every name, at most 16 at once, each within about ten seconds. Never throws for an answer. */
export async function* askDns(
  resolver: Resolver,
  names: readonly AskedName[],
  now: () => number,
): AsyncGenerator<DnsAnswer> {
  for (let at = 0; at < names.length; at += atOnce) {
    const batch = names.slice(at, at + atOnce).map((name) => ask(resolver, name, now));
    yield* await Promise.all(batch);
  }
}

async function ask(
  resolver: Resolver,
  { domain, selector }: AskedName,
  now: () => number,
): Promise<DnsAnswer> {
  const name = keyName(domain, selector);
  try {
    const answers = await resolver.resolveTxt(name);
    const seen = now();
    const texts = answers.slice(0, maxRecords).map((strings) => strings.join(''));
    const records = texts
      .filter((txt) => txt.length <= limits.maxKeyRecordCharacters && /p\s{0,20}=/.test(txt))
      .map(
        (txt): FoundRecord => ({
          domain,
          selector,
          txt,
          source: 'dns',
          provenance: 'attested-observation',
          observer: resolverName(resolver),
          firstSeen: seen,
          lastSeen: seen,
          evidence: `${name} IN TXT, asked ${new Date(seen).toISOString()}`,
        }),
      );
    return { domain, selector, records, outcome: records.length === 0 ? 'no key record' : '' };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return { domain, selector, records: [], outcome: code };
  }
}
