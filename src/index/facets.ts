/** Counts beside a list of hits: when, from whom, to whom, where, with what attached. */

import { type Label, labelNames, labels } from '../verify/label.js';
import type { Bitset } from './bitset.js';
import type { Lists } from './columns.js';
import { type FacetColumns, noMonth } from './facet-columns.js';

export interface Facet {
  readonly value: string;
  /** For mailboxes, a display name. */
  readonly label: string;
  readonly count: number;
}

export interface Facets {
  /** `2016-03`, ascending, every month with hits; undated hits as `value: ''`, last. */
  readonly months: readonly Facet[];
  readonly from: readonly Facet[];
  readonly to: readonly Facet[];
  readonly folder: readonly Facet[];
  readonly type: readonly Facet[];
  /** In the order of the vocabulary; none before the trove was verified. */
  readonly label: readonly Facet[];
}

/** Facet values listed per facet. */
const facetLength = 12;

/** Counts over the messages of one index state. */
export class FacetCounter {
  readonly #columns: FacetColumns;
  readonly #folders: Lists;
  readonly #folderNames: readonly string[];
  readonly #labels: Uint8Array;
  readonly #known: Bitset;
  readonly #all: Tally;

  /** `labelOf` has for each message 1 + the place of its label, 0 without one; `known` are all messages. */
  constructor(
    columns: FacetColumns,
    folders: Lists,
    folderNames: readonly string[],
    labelOf: Uint8Array,
    known: Bitset,
  ) {
    this.#columns = columns;
    this.#folders = folders;
    this.#folderNames = folderNames;
    this.#labels = labelOf;
    this.#known = known;
    this.#all = this.#tally(known);
  }

  count(set: Bitset): Facets {
    // What is missing from nearly everything is counted sooner than nearly everything.
    const isMost = set.count > this.#known.count / 2;
    const counts = isMost
      ? difference(this.#all, this.#tally(this.#known.clone().andNot(set)))
      : this.#tally(set);
    const { addresses, mediaTypes } = this.#columns;
    const label = (id: number): string => this.#columns.displayName(id);
    return {
      months: monthFacets(counts.months),
      from: top(counts.from, addresses, label),
      to: top(counts.to, addresses, label),
      folder: top(counts.folder, this.#folderNames),
      type: top(counts.type, mediaTypes.names),
      label: labels.flatMap((value, at) => labelFacet(value, counts.label[at + 1] ?? 0)),
    };
  }

  #tally(set: Bitset): Tally {
    const { month, sender, recipients, types, addresses, mediaTypes } = this.#columns;
    const months = new Uint32Array(undated + 1);
    const from = new Uint32Array(addresses.length);
    const to = new Uint32Array(addresses.length);
    const folder = new Uint32Array(this.#folderNames.length);
    const type = new Uint32Array(mediaTypes.names.length);
    const label = new Uint32Array(labels.length + 1);
    set.forEach((number) => {
      const m = Math.min(month[number] ?? noMonth, undated);
      months[m] = (months[m] ?? 0) + 1;
      const s = sender[number] ?? 0;
      if (s !== 0) from[s - 1] = (from[s - 1] ?? 0) + 1;
      recipients.tally(number, to);
      this.#folders.tally(number, folder);
      types.tally(number, type);
      const l = this.#labels[number] ?? 0;
      label[l] = (label[l] ?? 0) + 1;
    });
    return { months, from, to, folder, type, label };
  }
}

/** How many messages have each value: by its number in its column or list. */
interface Tally {
  /** Months since January 1970, then the undated. */
  readonly months: Uint32Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly folder: Uint32Array;
  readonly type: Uint32Array;
  readonly label: Uint32Array;
}

const undated = 200 * 12;

function difference(all: Tally, missing: Tally): Tally {
  const less = (from: Uint32Array, by: Uint32Array): Uint32Array =>
    from.map((count, id) => count - (by[id] ?? 0));
  return {
    months: less(all.months, missing.months),
    from: less(all.from, missing.from),
    to: less(all.to, missing.to),
    folder: less(all.folder, missing.folder),
    type: less(all.type, missing.type),
    label: less(all.label, missing.label),
  };
}

const labelFacet = (value: Label, count: number): Facet[] =>
  count === 0 ? [] : [{ value, label: labelNames[value], count }];

function monthFacets(counts: Uint32Array): Facet[] {
  const facets: Facet[] = [];
  for (let month = 0; month < undated; month++) {
    const count = counts[month] ?? 0;
    if (count === 0) continue;
    const value = `${1970 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    facets.push({ value, label: value, count });
  }
  const without = counts[undated] ?? 0;
  if (without > 0) facets.push({ value: '', label: 'undated', count: without });
  return facets;
}

/** The most frequent, of equal ones the first known. */
function top(
  counts: Uint32Array,
  names: readonly string[],
  label: (id: number) => string = () => '',
): Facet[] {
  const best: number[] = [];
  let least = 0;
  for (let id = 0; id < counts.length; id++) {
    const count = counts[id] ?? 0;
    if (count <= least) continue;
    let at = best.length;
    while (at > 0 && (counts[best[at - 1] ?? 0] ?? 0) < count) at--;
    best.splice(at, 0, id);
    if (best.length > facetLength) best.pop();
    if (best.length === facetLength) least = counts[best[facetLength - 1] ?? 0] ?? 0;
  }
  return best.map((id) => ({ value: names[id] ?? '', label: label(id), count: counts[id] ?? 0 }));
}
