/** A key record as some source tells of it, before it is stored. */
import { isDomainName, readDomain } from '../dkim-signature.js';

/**
 * How much a source is worth, in the words of the notes: what an archive signed or DNS answered us is not what
 * whoever supplied the mail says.
 */
export const provenances = [
  'dnssec',
  'attested-observation',
  'several-archives',
  'single-archive',
  'recovered',
  'submitter-supplied',
] as const;
export type Provenance = (typeof provenances)[number];

export type KeySource = 'zone' | 'answers' | 'observations' | 'statement' | 'record' | 'dns';

export interface FoundRecord {
  readonly domain: string;
  readonly selector: string;
  readonly txt: string;
  readonly source: KeySource;
  /** Set where the source proves it by itself; otherwise the importer says. */
  readonly provenance: Provenance | undefined;
  readonly observer: string | undefined;
  /** Milliseconds since 1970. */
  readonly firstSeen: number | undefined;
  readonly lastSeen: number | undefined;
  readonly evidence: string;
}

/** What of a file could not be read. */
export interface KeyFileProblem {
  readonly place: string;
  readonly note: string;
}

export interface KeyFile {
  readonly records: readonly FoundRecord[];
  readonly problems: readonly KeyFileProblem[];
}

/** `s1._domainkey.example.org` → its two names; undefined for any other name. A last dot is forgiven. */
export function splitKeyName(name: string): { selector: string; domain: string } | undefined {
  const full = readDomain(name.endsWith('.') ? name.slice(0, -1) : name);
  const mark = '._domainkey.';
  const at = full.indexOf(mark);
  if (at <= 0) return undefined;
  const selector = full.slice(0, at);
  const domain = full.slice(at + mark.length);
  return isDomainName(selector) && isDomainName(domain) ? { selector, domain } : undefined;
}

export const keyName = (domain: string, selector: string): string => `${selector}._domainkey.${domain}`;
