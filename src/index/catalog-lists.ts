/** In which folders and containers each message was found, from the catalog's occurrences. */
import type { DatabaseSync } from 'node:sqlite';
import { GrowingIntegers } from '../thread/growing.js';
import { Lists } from './columns.js';

export interface CatalogLists {
  readonly folders: Lists;
  readonly containers: Lists;
  readonly folderNames: readonly string[];
}

/** Of messages whose number is below `capacity`. */
export function loadCatalogLists(db: DatabaseSync, capacity: number): CatalogLists {
  const folderNames: string[] = [];
  for (const row of db.prepare('SELECT id, name FROM folder').iterate())
    folderNames[Number(row.id)] = String(row.name);
  const folders = new GrowingIntegers();
  const containers = new GrowingIntegers();
  let highestContainer = 0;
  const rows = db.prepare('SELECT message, folder, container FROM occurrence WHERE message IS NOT NULL');
  rows.setReturnArrays(true);
  for (const row of rows.iterate() as unknown as Iterable<(number | null)[]>) {
    const message = row[0] ?? 0;
    // The catalog runs ahead of the index: what cannot be found yet is not counted yet.
    if (message >= capacity) continue;
    if (row[1] !== null && row[1] !== undefined && row[1] < folderNames.length) {
      folders.push(message);
      folders.push(row[1]);
    }
    containers.push(message);
    containers.push(row[2] ?? 0);
    highestContainer = Math.max(highestContainer, row[2] ?? 0);
  }
  return {
    folders: Lists.from(folders, capacity, folderNames.length),
    containers: Lists.from(containers, capacity, highestContainer + 1),
    folderNames,
  };
}
