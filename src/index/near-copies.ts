/**
 * Messages that say the same, as readers meet them: of those that a search finds one is shown, the others are counted
 * beside it. Stored with the threads (`near_copy` in threads.db), held in typed arrays, so that a result of any size is
 * collapsed by looking numbers up.
 */
import type { DatabaseSync } from 'node:sqlite';
import { type NearCopy, type NearCopyKind, nearCopyKinds } from '../thread/near-copies.js';
import type { Bitset } from './bitset.js';

export const nearCopyTable =
  'CREATE TABLE near_copy (number INTEGER PRIMARY KEY, lead INTEGER NOT NULL, kind INTEGER NOT NULL) STRICT';

export function storeNearCopies(db: DatabaseSync, copies: Iterable<NearCopy>): void {
  const insert = db.prepare('INSERT INTO near_copy VALUES (?, ?, ?)');
  for (const { number, lead, kind } of copies) insert.run(number, lead, nearCopyKinds.indexOf(kind));
}

export interface GroupMember {
  readonly number: number;
  /** undefined for the one that leads. */
  readonly kind: NearCopyKind | undefined;
}

/** How many messages stand behind one that is shown, by what they are to the one that leads their group. */
export interface CopyCounts {
  readonly copy: number;
  readonly ending: number;
  readonly forward: number;
}

export class NearCopyGroups {
  /** By message: 1 + the index of its group, 0 where it has none. */
  readonly #group: Uint32Array;
  /** By message: 0 for one that leads or has no group, else 1 + the place of its kind. */
  readonly #kind: Uint8Array;
  /** Members of group g: `#members[#starts[g] … #starts[g + 1]]`, those that add nothing first, then by number. */
  readonly #members: Uint32Array;
  readonly #starts: Uint32Array;

  /** `db` is undefined before the trove was first linked: then nothing is known for a copy. */
  constructor(db: DatabaseSync | undefined) {
    const row = db
      ?.prepare(
        'SELECT json_group_array(number) n, json_group_array(lead) l, json_group_array(kind) k FROM near_copy',
      )
      .get();
    const numbers = JSON.parse(String(row?.n ?? '[]')) as number[];
    const leads = JSON.parse(String(row?.l ?? '[]')) as number[];
    const kinds = JSON.parse(String(row?.k ?? '[]')) as number[];
    let highest = 0;
    for (const number of numbers) highest = Math.max(highest, number);
    for (const lead of leads) highest = Math.max(highest, lead);
    this.#group = new Uint32Array(highest + 1);
    this.#kind = new Uint8Array(highest + 1);
    let groups = 0;
    for (const [i, number] of numbers.entries()) {
      const lead = leads[i] ?? 0;
      if (this.#group[lead] === 0) this.#group[lead] = ++groups;
      this.#group[number] = this.#group[lead] ?? 0;
      this.#kind[number] = 1 + (kinds[i] ?? 0);
    }
    this.#starts = new Uint32Array(groups + 1);
    this.#members = this.#sorted(groups);
  }

  /** Members of each group together: one pass over all numbers for each kind, in the order in which they lead. */
  #sorted(groups: number): Uint32Array {
    const starts = this.#starts;
    for (const group of this.#group) if (group > 0) starts[group] = (starts[group] ?? 0) + 1;
    for (let group = 1; group <= groups; group++)
      starts[group] = (starts[group] ?? 0) + (starts[group - 1] ?? 0);
    const members = new Uint32Array(starts[groups] ?? 0);
    const next = starts.slice();
    for (let kind = 0; kind <= nearCopyKinds.length; kind++) {
      for (let number = 0; number < this.#group.length; number++) {
        const group = this.#group[number] ?? 0;
        if (group === 0 || this.#kind[number] !== kind) continue;
        const at = next[group - 1] ?? 0;
        members[at] = number;
        next[group - 1] = at + 1;
      }
    }
    return members;
  }

  /** Of each group the first of its members that is in the set, and all that have no group. */
  collapse(set: Bitset): Bitset {
    const shown = set.clone();
    for (let group = 0; group + 1 < this.#starts.length; group++) {
      const end = this.#starts[group + 1] ?? 0;
      let isShown = false;
      for (let at = this.#starts[group] ?? 0; at < end; at++) {
        const number = this.#members[at] ?? 0;
        if (!set.has(number)) continue;
        if (isShown) shown.remove(number);
        isShown = true;
      }
    }
    return shown;
  }

  /** The others of its group that are in the set; undefined where there are none. */
  behind(number: number, set: Bitset): CopyCounts | undefined {
    const counts = { copy: 0, ending: 0, forward: 0 };
    let isAny = false;
    for (const member of this.members(number)) {
      if (member.number === number || !set.has(member.number)) continue;
      // The one that leads is to the others what they are to it.
      counts[member.kind ?? this.kindOf(number) ?? 'copy'] += 1;
      isAny = true;
    }
    return isAny ? counts : undefined;
  }

  /** Equal for messages that say the same; 0 where no other does. */
  groupOf(number: number): number {
    return this.#group[number] ?? 0;
  }

  /** What it is to the one that leads its group; undefined for that one, and where it has none. */
  kindOf(number: number): NearCopyKind | undefined {
    return nearCopyKinds[(this.#kind[number] ?? 0) - 1];
  }

  /** Its group, itself included, the one that leads first; empty where it has none. */
  members(number: number): GroupMember[] {
    const group = this.groupOf(number);
    if (group === 0) return [];
    const members = this.#members.subarray(this.#starts[group - 1], this.#starts[group]);
    return Array.from(members, (member) => ({ number: member, kind: this.kindOf(member) }));
  }
}
