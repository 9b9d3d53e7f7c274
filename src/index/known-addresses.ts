/** The addresses of a trove as the rules of `people/` want to see them. */
import type { DirectoryEntry } from '../people/directory-name.js';
import type { KnownAddress } from '../people/suggest.js';
import type { Persons } from './persons.js';

export function knownAddresses({ correspondence, pairSent, pairReceived }: Persons): KnownAddress[] {
  const names: { name: string; messages: number }[][] = correspondence.addresses.names.map(() => []);
  const messages = new Uint32Array(names.length);
  for (const [pair, name] of correspondence.names.entries()) {
    const address = correspondence.addressOf[pair] ?? 0;
    const count = (pairSent[pair] ?? 0) + (pairReceived[pair] ?? 0);
    messages[address] = (messages[address] ?? 0) + count;
    names[address]?.push({ name, messages: count });
  }
  const directory: DirectoryEntry[][] = names.map(() => []);
  for (const entry of correspondence.directory) directory[entry.address]?.push(entry);
  return correspondence.addresses.names.map((address, id) => ({
    address,
    messages: messages[id] ?? 0,
    names: names[id] ?? [],
    directory: directory[id] ?? [],
  }));
}
