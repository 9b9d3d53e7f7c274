/** Names of the trove's people, as the rules look them up: a display name of two words or more → an address. */
import type { SearchIndex } from '../index/search.js';

export function knownPeople(index: SearchIndex): Map<string, string> {
  const known = new Map<string, string>();
  const { persons } = index.context;
  for (const person of persons.all) {
    const name = inOrder(persons.name(person));
    // One word is as good as any other's: "Anna" is nobody.
    if (name.includes(' ') && !known.has(name)) known.set(name, persons.address(person));
  }
  return known;
}

/** `Moss, Anna` is how directories write it; articles write Anna Moss. */
function inOrder(name: string): string {
  const parts = name.toLowerCase().split(', ');
  return parts.length === 2 ? `${parts[1] ?? ''} ${parts[0] ?? ''}` : name.toLowerCase();
}
