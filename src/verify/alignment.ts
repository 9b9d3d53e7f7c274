/**
 * Whether a signing domain speaks for the mailbox in From: relaxed alignment as DMARC has it (RFC 7489 3.1.1), by
 * the organisational domain of the public suffix list.
 *
 *   From: anna@news.example.org, d=example.org     → aligned
 *   From: anna@example.org, d=mailer.example.com   → not: somebody else's server signed
 */
import { getDomain } from 'tldts';
import { parseMailboxes } from '../message/address.js';
import { readDomain } from './dkim-signature.js';

/** `from` is the unfolded body of a From field. With several mailboxes every one must be aligned. */
export function isAligned(from: string, signingDomain: string): boolean {
  const domains = domainsIn(from);
  return domains.length > 0 && domains.every((domain) => isSameOrganisation(domain, signingDomain));
}

const knownFields = new Map<string, readonly string[]>();
const maxKnownFields = 1_000;

/** People write many messages. */
function domainsIn(from: string): readonly string[] {
  let domains = knownFields.get(from);
  if (domains === undefined) {
    domains = parseMailboxes(from).mailboxes.map(({ addrSpec }) => domainOf(addrSpec));
    if (from.length > 200) return domains;
    if (knownFields.size >= maxKnownFields) knownFields.clear();
    knownFields.set(from, domains);
  }
  return domains;
}

export const domainOf = (addrSpec: string): string =>
  readDomain(addrSpec.slice(addrSpec.lastIndexOf('@') + 1));

function isSameOrganisation(a: string, b: string): boolean {
  if (a === b) return a !== '';
  const organisation = organisationOf(a);
  return organisation !== '' && organisation === organisationOf(b);
}

const known = new Map<string, string>();
const maxKnown = 10_000;

/** '' for a name that belongs to no organisation, such as a public suffix. */
export function organisationOf(domain: string): string {
  let organisation = known.get(domain);
  if (organisation === undefined) {
    organisation = getDomain(domain, { allowPrivateDomains: true }) ?? '';
    if (known.size >= maxKnown) known.clear();
    known.set(domain, organisation);
  }
  return organisation;
}
