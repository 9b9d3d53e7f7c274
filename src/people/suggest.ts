/**
 * Which addresses may be one person's: suggestions, each with its reason, for a person to accept or refuse. Nothing is
 * merged by a rule.
 *
 *   same address       anna+list@x.example and anna@x.example: a sub-address (RFC 5233)
 *   directory entry    X-From names both by one Exchange distinguished name, or names one of them by the other's local part
 *   directory name     X-From gives both one rare personal name
 *   display name       From, To or Cc give both one rare personal name
 *
 * A name is rare when no more than `maxSharers` addresses bear it. Addresses that bear many names (lists, shared
 * mailboxes) take no part.
 */
import type { DirectoryEntry } from './directory-name.js';
import { initialsAgree, type PersonalName, parsePersonalName } from './personal-name.js';

export const rules = ['same-address', 'directory-entry', 'directory-name', 'display-name'] as const;
export type Rule = (typeof rules)[number];

/** What the trove shows of one address. */
export interface KnownAddress {
  /** Addr-spec in lower case. */
  readonly address: string;
  /** Messages that bear it. */
  readonly messages: number;
  readonly names: readonly { readonly name: string; readonly messages: number }[];
  readonly directory: readonly DirectoryEntry[];
}

export interface Suggestion {
  /** The address with more messages, and the other. */
  readonly address: string;
  readonly other: string;
  readonly rule: Rule;
  /** A sentence for people. */
  readonly reason: string;
}

/** Addresses that may share a name: beyond it the name is common, or not a person's. */
export const maxSharers = 3;
/** Sub-addresses of one mailbox beyond which they are made by a program. */
const maxSubAddresses = 8;
/** Personal names that one address may bear: beyond it several people write or are written to there. */
const maxPersons = 2;
/** A name that so small a share of an address's named messages give it may be a slip in someone's address book. */
const minNameShare = 0.1;

interface Bearer {
  readonly known: KnownAddress;
  readonly name: PersonalName;
  readonly shown: string;
}

/** A pair is suggested once, by the strongest rule. Pairs whose joining would change most come first. */
export function suggestMerges(addresses: readonly KnownAddress[]): Suggestion[] {
  const found = new Map<string, Suggestion>();
  const offer = (a: KnownAddress, b: KnownAddress, rule: Rule, reason: string): void => {
    const [main, other] = isBusier(b, a) ? [b, a] : [a, b];
    const key = `${main.address}\n${other.address}`;
    if (main !== other && !found.has(key))
      found.set(key, { address: main.address, other: other.address, rule, reason });
  };
  const usual = addresses.filter(({ address }) => isAddrSpec(address));
  offerSameAddresses(usual, offer);
  offerDirectoryEntries(usual, offer);
  offerNames(directoryBearers(usual), 'directory-name', 'The directory (X-From) calls both', offer);
  offerNames(displayBearers(usual), 'display-name', 'Messages call both', offer);
  const messages = new Map(usual.map((known) => [known.address, known.messages]));
  const weight = ({ other }: Suggestion): number => messages.get(other) ?? 0;
  return [...found.values()].sort((a, b) => weight(b) - weight(a) || (a.address < b.address ? -1 : 1));
}

type Offer = (a: KnownAddress, b: KnownAddress, rule: Rule, reason: string) => void;

const isBusier = (a: KnownAddress, b: KnownAddress): boolean =>
  a.messages > b.messages || (a.messages === b.messages && a.address < b.address);

const isAddrSpec = (address: string): boolean => /^[^@\s/]+@[^@\s/]+$/u.test(address);

function grouped<T>(items: Iterable<T>, keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Pairs with the busiest of a group: three addresses need two decisions, not three. */
function offerGroup(group: readonly KnownAddress[], rule: Rule, reason: string, offer: Offer): void {
  const [first] = group;
  if (first === undefined) return;
  const main = group.reduce((a, b) => (isBusier(b, a) ? b : a), first);
  for (const other of group) if (other !== main) offer(main, other, rule, reason);
}

function offerSameAddresses(addresses: readonly KnownAddress[], offer: Offer): void {
  for (const [bare, group] of grouped(addresses, (known) => bareAddress(known.address)))
    if (group.length <= maxSubAddresses)
      offerGroup(group, 'same-address', `Without quotation marks and sub-address both are ${bare}.`, offer);
}

/** `'anna+list@x.example'` → `anna@x.example` */
function bareAddress(address: string): string {
  const bare = address.replace(/^(?:mailto:|["'<\\]+)+|["'>\\]+$/gu, '').replace(/["']+@/u, '@');
  // A mailing list's `list-bounces+anna=x.example@` names its reader, not its writer (VERP).
  return bare.replace(/^([^+@]{2,})\+[^@=]*@/u, '$1@');
}

function offerDirectoryEntries(addresses: readonly KnownAddress[], offer: Offer): void {
  const byAddress = new Map(addresses.map((known) => [known.address, known]));
  const entries = addresses.flatMap((known) =>
    uniqueBy(
      known.directory.filter((entry) => entry.dn !== ''),
      (entry) => entry.dn,
    ).map(({ dn }) => ({ known, dn })),
  );
  for (const [dn, group] of grouped(entries, (entry) => entry.dn)) {
    const known = group.map((entry) => entry.known);
    // An entry for many addresses is a gateway's, not a person's.
    if (known.length > maxSharers) continue;
    offerGroup(known, 'directory-entry', `The directory (X-From) has both as ${dn}.`, offer);
    for (const one of known) {
      const local = byAddress.get(localAddress(dn, one.address));
      if (local !== undefined)
        offer(
          one,
          local,
          'directory-entry',
          `The directory (X-From) has ${one.address} as ${dn}, whose last part is the local part of ${local.address}.`,
        );
    }
  }
}

/** `/o=enron/…/cn=pallen` beside phillip.allen@enron.com → `pallen@enron.com`; '' where the organisation is another. */
function localAddress(dn: string, address: string): string {
  const domain = address.slice(address.indexOf('@') + 1);
  const organisation = /^\/o=([^/]+)/u.exec(dn)?.[1] ?? '';
  const local = dn.slice(dn.lastIndexOf('=') + 1);
  return domain.split('.').includes(organisation) ? `${local}@${domain}` : '';
}

function displayBearers(addresses: readonly KnownAddress[]): Bearer[] {
  return addresses.flatMap((known) => {
    const total = known.names.reduce((sum, { name, messages }) => sum + (name === '' ? 0 : messages), 0);
    const usual = known.names.filter(({ messages }) => messages >= total * minNameShare);
    return bearers(
      known,
      usual.map(({ name }) => name),
    );
  });
}

function directoryBearers(addresses: readonly KnownAddress[]): Bearer[] {
  return addresses.flatMap((known) =>
    bearers(
      known,
      known.directory.map(({ name }) => name),
    ),
  );
}

function bearers(known: KnownAddress, names: readonly string[]): Bearer[] {
  const parsed = names.flatMap((shown) => {
    const name = shown === '' ? undefined : parsePersonalName(shown);
    return name === undefined ? [] : [{ known, name, shown }];
  });
  const persons = uniqueBy(parsed, ({ name }) => name.key);
  return persons.length > maxPersons ? [] : persons;
}

function offerNames(all: readonly Bearer[], rule: Rule, lead: string, offer: Offer): void {
  for (const group of grouped(all, ({ name }) => name.key).values()) {
    if (group.length < 2 || group.length > maxSharers) continue;
    const [first] = group;
    if (first === undefined) continue;
    const main = group.reduce((a, b) => (isBusier(b.known, a.known) ? b : a), first);
    for (const other of group) {
      if (other === main || !initialsAgree(main.name, other.name)) continue;
      const named = main.shown === other.shown ? `“${main.shown}”` : `“${main.shown}” and “${other.shown}”`;
      offer(main.known, other.known, rule, `${lead} ${named}, and ${sharers(group.length)}.`);
    }
  }
}

const sharers = (count: number): string =>
  count === 2 ? 'no other address bears that name' : `only ${count} addresses bear that name`;

function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
