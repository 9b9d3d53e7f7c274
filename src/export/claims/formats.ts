/** The ledger of claims in the forms that others read. */
import type { Ledger } from '../../store/desk/claims/ledger.js';
import { claimsAsAtom } from './atom.js';
import { claimsAsCsv } from './csv.js';
import { claimsAsJson } from './json.js';
import { claimsAsAnnotations, claimsAsProvenance, claimsAsSchema } from './linked-data.js';

export interface ClaimFormat {
  readonly name: 'json' | 'schema' | 'annotations' | 'prov' | 'csv' | 'atom';
  readonly holds: string;
  readonly mediaType: string;
  readonly write: (ledger: Ledger, title: string) => string;
}

/** Those for the public hold what is settled: accepted, and approved by a second person where that is asked for. */
export const claimFormats: readonly ClaimFormat[] = [
  {
    name: 'json',
    holds: 'the whole ledger, what is open too',
    mediaType: 'application/json',
    write: claimsAsJson,
  },
  {
    name: 'csv',
    holds: 'a line for each appearance, what is open too',
    mediaType: 'text/csv; charset=utf-8',
    write: claimsAsCsv,
  },
  {
    name: 'schema',
    holds: 'schema.org Claim and Quotation (JSON-LD), what is settled',
    mediaType: 'application/ld+json',
    write: claimsAsSchema,
  },
  {
    name: 'annotations',
    holds: 'W3C Web Annotations (JSON-LD), what is settled',
    mediaType: 'application/ld+json',
    write: claimsAsAnnotations,
  },
  {
    name: 'prov',
    holds: 'W3C PROV-O (JSON-LD), what is settled',
    mediaType: 'application/ld+json',
    write: claimsAsProvenance,
  },
  {
    name: 'atom',
    holds: 'an Atom feed (RFC 4287), what is settled',
    mediaType: 'application/atom+xml',
    write: claimsAsAtom,
  },
];
