/**
 * Numbers of placeholders over all releases of a trove: what the desk has, and what is given anew. All addresses of one person
 * have one number, also where somebody said only later that they are one person's.
 */
import type { Numbering } from '../redact/masker.js';
import type { RedactionKind } from '../redact/reasons.js';
import { personGroups } from '../store/desk/people.js';
import { type NumberedThing, numberedThings, saveNumbers } from '../store/desk/placeholders.js';
import type { Desk } from '../store/desk.js';

export interface TroveNumbering {
  readonly number: Numbering;
  /** Writes what was given anew to the desk. A release does it before anything is published. */
  readonly save: () => void;
}

export function troveNumbering(desk: Desk): TroveNumbering {
  const numbers = new Map<string, number>();
  const last = new Map<string, number>();
  const keep = (kind: string, value: string, number: number): void => {
    numbers.set(keyOf(kind, value), number);
    last.set(kind, Math.max(last.get(kind) ?? 0, number));
  };
  for (const { thing, value, number } of desk.read(numberedThings, [])) keep(thing, value, number);
  const groups = groupsOf(desk.read(personGroups, []));
  const fresh: NumberedThing[] = [];
  const give = (kind: RedactionKind, value: string): number => {
    const known = numbers.get(keyOf(kind, value));
    if (known !== undefined) return known;
    const mates = kind === 'address' || kind === 'name' ? (groups.get(value) ?? []) : [];
    const shared = mates.map((mate) => numbers.get(keyOf(kind, mate))).find((number) => number !== undefined);
    const number = shared ?? (last.get(kind) ?? 0) + 1;
    keep(kind, value, number);
    fresh.push({ thing: kind, value, number });
    return number;
  };
  return {
    number: give,
    save() {
      if (fresh.length > 0) desk.write((db, act) => saveNumbers(db, act, fresh.splice(0)));
    },
  };
}

const keyOf = (kind: string, value: string): string => `${kind} ${value}`;

function groupsOf(groups: readonly (readonly string[])[]): Map<string, readonly string[]> {
  const of = new Map<string, readonly string[]>();
  for (const group of groups) for (const address of group) of.set(address, group);
  return of;
}
