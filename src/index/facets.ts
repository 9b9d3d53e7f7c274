/** Counts beside a list of hits: when, from whom, to whom, where, with what attached. */
import type { Bitset } from './bitset.js';
import { type FacetColumns, type Lists, none } from './columns.js';

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
}

/** Facet values listed per facet. */
const facetLength = 12;

export function countFacets(
  set: Bitset,
  columns: FacetColumns,
  folders: Lists,
  folderNames: readonly string[],
): Facets {
  const { month, sender, recipients, types, addresses, displayNames, mediaTypes } = columns;
  const months = new Uint32Array(200 * 12);
  const from = new Uint32Array(addresses.names.length);
  const to = new Uint32Array(addresses.names.length);
  const inFolder = new Uint32Array(folderNames.length);
  const ofType = new Uint32Array(mediaTypes.names.length);
  let undated = 0;
  set.forEach((number) => {
    const m = month[number] ?? none;
    if (m === none) undated += 1;
    else months[m] = (months[m] ?? 0) + 1;
    const s = sender[number] ?? none;
    if (s !== none) from[s] = (from[s] ?? 0) + 1;
    recipients.tally(number, to);
    folders.tally(number, inFolder);
    types.tally(number, ofType);
  });
  const label = (id: number): string => displayNames[id] ?? '';
  return {
    months: monthFacets(months, undated),
    from: top(from, addresses.names, label),
    to: top(to, addresses.names, label),
    folder: top(inFolder, folderNames),
    type: top(ofType, mediaTypes.names),
  };
}

function monthFacets(counts: Uint32Array, undated: number): Facet[] {
  const facets: Facet[] = [];
  for (const [month, count] of counts.entries()) {
    if (count === 0) continue;
    const value = `${1970 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    facets.push({ value, label: value, count });
  }
  if (undated > 0) facets.push({ value: '', label: 'undated', count: undated });
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
