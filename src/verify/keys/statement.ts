/**
 * Signed key statements of the public DKIM archive: compact JWS (RFC 7515) under a key of the archive's published set
 * (JWKS, RFC 7517).
 *
 *   {"v":1,"iss":"archive…","iat":1789000000,"record":{"domain":"example.com","selector":"mail2026",
 *    "value":"v=DKIM1; …","source":"live_dns","first_seen_at":"2026-06-01T00:00:00Z","last_seen_at":"…"}}
 */
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { limits } from '../../limits.js';
import { isDomainName, readDomain } from '../dkim-signature.js';
import { readTime } from './answers.js';
import type { FoundRecord, KeyFile, KeyFileProblem, Provenance } from './found-record.js';

/** What each source of the archive is worth. A recovered key signed two messages; nobody saw the domain publish it. */
const sources: ReadonlyMap<string, Provenance> = new Map([
  ['live_dns', 'attested-observation'],
  ['gcd_recovered', 'recovered'],
]);

/** One statement a line. `jwks` is the archive's key set; statements under other keys are refused. */
export async function readStatements(text: string, jwks: JSONWebKeySet): Promise<KeyFile> {
  const records: FoundRecord[] = [];
  const problems: KeyFileProblem[] = [];
  const lines = text.split('\n').map((line) => line.trim());
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    if (records.length >= limits.maxImportedKeys) {
      problems.push({ place: `line ${index + 1}`, note: `more than ${limits.maxImportedKeys} statements` });
      break;
    }
    const found = await readStatement(line, jwks);
    if (typeof found === 'string') problems.push({ place: `line ${index + 1}`, note: found });
    else records.push(found);
  }
  return { records, problems };
}

/** The statement's record, or why it is refused. */
export async function readStatement(jws: string, jwks: JSONWebKeySet): Promise<FoundRecord | string> {
  if (jws.length > limits.maxKeyRecordCharacters * 2) return 'too long for a statement';
  let payload: Uint8Array;
  try {
    // The algorithms are named here: a statement must not choose "none", or HMAC under a public key.
    ({ payload } = await compactVerify(jws, createLocalJWKSet(jwks), { algorithms: ['EdDSA', 'ES256'] }));
  } catch (error) {
    return `its signature does not verify (${error instanceof Error ? error.message : String(error)})`;
  }
  try {
    return readPayload(JSON.parse(Buffer.from(payload).toString('utf8')), jws);
  } catch {
    return 'its payload is no JSON';
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function readPayload(value: unknown, jws: string): FoundRecord | string {
  if (!isObject(value) || value.v !== 1) return 'its version is not 1';
  const { iss, iat, record } = value;
  if (typeof iss !== 'string' || iss === '' || !Number.isSafeInteger(iat)) return 'iss or iat is missing';
  if (!isObject(record)) return 'it has no record';
  const { domain, selector, value: txt, source, first_seen_at, last_seen_at } = record;
  const provenance = sources.get(String(source));
  if (provenance === undefined)
    return `its source ${JSON.stringify(String(source).slice(0, 40))} is not known`;
  if (typeof domain !== 'string' || typeof selector !== 'string' || typeof txt !== 'string')
    return 'domain, selector or value is missing';
  const names = { domain: readDomain(domain), selector: readDomain(selector) };
  if (!isDomainName(names.domain) || !isDomainName(names.selector)) return 'domain or selector is no name';
  if (txt.length > limits.maxKeyRecordCharacters) return 'its record is too long';
  const firstSeen = readTime(first_seen_at);
  const lastSeen = readTime(last_seen_at);
  if (typeof firstSeen !== 'number' || typeof lastSeen !== 'number')
    return 'its times are not ISO 8601 in UTC';
  return {
    ...names,
    txt,
    source: 'statement',
    provenance,
    observer: iss,
    firstSeen,
    lastSeen,
    evidence: jws,
  };
}
