/** What pages say of persons, counted in the index's columns and kept. */
import { type Correspondent, countCorrespondents } from '../index/count/correspondents.js';
import { countUses, type NameUse } from '../index/count/uses.js';
import { knownAddresses } from '../index/known-addresses.js';
import type { Query } from '../index/query/query.js';
import type { HitRow } from '../index/search.js';
import { type Suggestion, suggestMerges } from '../people/suggest.js';
import { kept } from './kept.js';
import type { OpenArchive } from './live-archive.js';
import { facetsOf, timelineOf } from './picture-facts.js';
import type { ExchangeBar } from './pictures/exchange.js';
import type { PersonOrder } from './urls.js';

const correspondentsShown = 20;
const threadsShown = 12;
const attachmentsShown = 8;
/** Names and addresses on one page: a list's address may bear hundreds. */
const usesShown = 100;

export interface PersonThread {
  readonly thread: number;
  /** Messages of it that this person wrote or got. */
  readonly messages: number;
  readonly row: HitRow | undefined;
}

export interface PersonFacts {
  readonly person: number;
  readonly name: string;
  /** Main address first. */
  readonly addresses: readonly string[];
  readonly sent: number;
  readonly received: number;
  readonly uses: readonly NameUse[];
  readonly useCount: number;
  /** Names in the directory of the mail system (X-From). */
  readonly directory: readonly string[];
  readonly unit: string;
  readonly bars: readonly ExchangeBar[];
  readonly correspondents: readonly Correspondent[];
  readonly threads: readonly PersonThread[];
  readonly threadCount: number;
  readonly withAttachments: { readonly count: number; readonly newest: readonly HitRow[] };
  readonly first: HitRow | undefined;
  readonly last: HitRow | undefined;
}

export const roleQuery = (kind: 'person' | 'writer' | 'addressee', address: string): Query => ({
  kind,
  name: address,
});

/** undefined where no message bears the address. */
export function personFacts(open: OpenArchive, address: string): PersonFacts | undefined {
  const { context } = open.archive.index;
  const person = context.persons.find(address);
  if (person === undefined) return undefined;
  const main = context.persons.address(person);
  return kept(open, roleQuery('person', main), 'person', () => makeFacts(open, person, main));
}

function makeFacts(open: OpenArchive, person: number, main: string): PersonFacts {
  const { index } = open.archive;
  const { persons, columns, correspondence } = index.context;
  const set = index.evaluate(roleQuery('person', main));
  const uses = countUses(set, columns, persons, person);
  const addresses = persons.addressesOf(person).map((id) => correspondence.addresses.names[id] ?? '');
  const threads = threadsOf(open, set.toArray());
  return {
    person,
    name: persons.name(person) || main,
    addresses: [main, ...addresses.filter((one) => one !== main).sort()],
    sent: persons.sent[person] ?? 0,
    received: persons.received[person] ?? 0,
    uses: uses.slice(0, usesShown),
    useCount: uses.length,
    directory: directoryNames(open, person),
    ...exchangeOf(open, main),
    correspondents: countCorrespondents(set, persons, person, correspondentsShown),
    threads: threads.slice(0, threadsShown),
    threadCount: threads.length,
    withAttachments: attachmentsOf(open, main),
    ...endsOf(open, set.toArray()),
  };
}

function directoryNames(open: OpenArchive, person: number): string[] {
  const { persons, correspondence } = open.archive.index.context;
  const names = correspondence.directory
    .filter(({ address }) => persons.of[address] === person)
    .flatMap(({ name, dn }) => [name, dn])
    .filter(Boolean);
  return [...new Set(names)].slice(0, usesShown);
}

/** The bars of all their messages' timeline, in two directions. */
function exchangeOf(open: OpenArchive, main: string): { unit: string; bars: ExchangeBar[] } {
  const wide = timelineOf(open, roleQuery('person', main));
  const { unit, bars } = wide.unit === 'day' ? timelineOf(open, roleQuery('person', main), 'month') : wide;
  const counts = (kind: 'writer' | 'addressee'): Map<string, number> => {
    const byPeriod = new Map<string, number>();
    for (const { value, count } of facetsOf(open, roleQuery(kind, main)).months) {
      const period = unit === 'year' ? value.slice(0, 4) : value;
      byPeriod.set(period, (byPeriod.get(period) ?? 0) + count);
    }
    return byPeriod;
  };
  const sent = counts('writer');
  const received = counts('addressee');
  return {
    unit,
    bars: bars.map(({ period }) => ({
      period,
      sent: sent.get(period) ?? 0,
      received: received.get(period) ?? 0,
    })),
  };
}

function threadsOf(open: OpenArchive, numbers: readonly number[]): PersonThread[] {
  const { index } = open.archive;
  const counts = new Map<number, number>();
  for (const number of numbers) {
    const thread = index.threadOf(number);
    counts.set(thread, (counts.get(thread) ?? 0) + 1);
  }
  return Array.from(counts, ([thread, messages]) => ({ thread, messages }))
    .sort((a, b) => b.messages - a.messages || a.thread - b.thread)
    .map((one, at) => ({ ...one, row: at < threadsShown ? index.findRow(one.thread) : undefined }));
}

function attachmentsOf(open: OpenArchive, main: string): PersonFacts['withAttachments'] {
  const { index } = open.archive;
  const query: Query = { kind: 'and', items: [roleQuery('writer', main), { kind: 'has-attachment' }] };
  const { numbers } = index.page(query, 'date', attachmentsShown);
  return {
    count: index.evaluate(query).count,
    newest: numbers.flatMap((number) => index.findRow(number) ?? []),
  };
}

function endsOf(open: OpenArchive, numbers: readonly number[]): Pick<PersonFacts, 'first' | 'last'> {
  const { index } = open.archive;
  const { sentAt } = index.context.columns;
  let first: number | undefined;
  let last: number | undefined;
  for (const number of numbers) {
    const time = sentAt[number] ?? Number.NaN;
    if (Number.isNaN(time)) continue;
    if (first === undefined || time < (sentAt[first] ?? 0)) first = number;
    if (last === undefined || time >= (sentAt[last] ?? 0)) last = number;
  }
  return {
    first: first === undefined ? undefined : index.findRow(first),
    last: last === undefined ? undefined : index.findRow(last),
  };
}

/** Persons whose name or address holds `part`, in order. */
export function listPersons(open: OpenArchive, part: string, order: PersonOrder): readonly number[] {
  const wanted = part.toLowerCase();
  const sorted = kept(open, { kind: 'all' }, `people ${order}`, () => sortPersons(open, order));
  if (wanted === '') return sorted;
  const texts = kept(open, { kind: 'all' }, 'people texts', () => searchedTexts(open));
  return sorted.filter((person) => texts[person]?.includes(wanted));
}

function sortPersons(open: OpenArchive, order: PersonOrder): readonly number[] {
  const { persons } = open.archive.index.context;
  const { sent, received, first, last } = persons;
  const name = (person: number): string => (persons.name(person) || persons.address(person)).toLowerCase();
  if (order === 'name') {
    const collator = new Intl.Collator('en');
    const names = new Map(persons.all.map((person) => [person, name(person)]));
    return [...persons.all].sort((a, b) => collator.compare(names.get(a) ?? '', names.get(b) ?? '') || a - b);
  }
  const keys: Readonly<Record<Exclude<PersonOrder, 'name'>, (person: number) => number>> = {
    messages: (person) => (sent[person] ?? 0) + (received[person] ?? 0),
    sent: (person) => sent[person] ?? 0,
    received: (person) => received[person] ?? 0,
    first: (person) => -(first[person] ?? 0),
    last: (person) => last[person] ?? 0,
  };
  const key = Float64Array.from(persons.of, (_, person) => keys[order](person));
  return [...persons.all].sort((a, b) => (key[a] === key[b] ? a - b : (key[b] ?? 0) - (key[a] ?? 0)));
}

/** By person: all names and addresses in lower case. */
function searchedTexts(open: OpenArchive): readonly string[] {
  const { persons, correspondence } = open.archive.index.context;
  const texts: string[] = [];
  for (const [pair, name] of correspondence.names.entries()) {
    const person = persons.personOfPair(pair);
    const address = correspondence.addresses.names[correspondence.addressOf[pair] ?? 0] ?? '';
    texts[person] = `${texts[person] ?? ''}\n${name.toLowerCase()}\n${address}`;
  }
  return texts;
}

/** What the rules suggest and nobody has decided yet. `decided` names pairs, both ways round. */
export function openSuggestions(open: OpenArchive, decided: ReadonlySet<string>): readonly Suggestion[] {
  const { persons } = open.archive.index.context;
  const all = kept(open, { kind: 'all' }, 'suggestions', () => suggestMerges(knownAddresses(persons)));
  return all.filter(
    ({ address, other }) =>
      persons.find(address) !== persons.find(other) && !decided.has(pairKey(address, other)),
  );
}

export const pairKey = (a: string, b: string): string => (a < b ? `${a}\n${b}` : `${b}\n${a}`);
