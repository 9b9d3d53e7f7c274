/**
 * Which folders and containers each message is in: where it was found (from the catalog), and the folders that its
 * own header names (from the shards). Ids of folders are those of the catalog, then new ones for names only seen in mail.
 */
import type { DatabaseSync } from 'node:sqlite';
import { GrowingIntegers } from '../thread/growing.js';
import { Lists } from './columns.js';
import { parseIds } from './shard.js';

export interface FolderLists {
  readonly folders: Lists;
  readonly containers: Lists;
  /** By id; ids have gaps. */
  readonly folderNames: readonly string[];
}

/** `capacity`: numbers at and above it are not searchable yet, since the catalog runs ahead of the index. */
export function loadFolderLists(
  catalog: DatabaseSync,
  shards: readonly DatabaseSync[],
  capacity: number,
): FolderLists {
  const folders = new GrowingIntegers();
  const names = new FolderNames(catalog);
  const containers = loadOccurrences(catalog, capacity, names, folders);
  for (const shard of shards) loadHeaderFolders(shard, capacity, names, folders);
  return {
    folders: Lists.from(folders, capacity, names.list.length),
    containers,
    folderNames: names.list,
  };
}

class FolderNames {
  readonly list: string[] = [];
  readonly #ids = new Map<string, number>();

  constructor(catalog: DatabaseSync) {
    for (const row of catalog.prepare('SELECT id, name FROM folder').iterate()) {
      this.list[Number(row.id)] = String(row.name);
      this.#ids.set(String(row.name), Number(row.id));
    }
  }

  id(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.list.length;
    this.list.push(name);
    this.#ids.set(name, id);
    return id;
  }
}

/** Fills `folders`, returns the containers. */
function loadOccurrences(
  catalog: DatabaseSync,
  capacity: number,
  names: FolderNames,
  folders: GrowingIntegers,
): Lists {
  const containers = new GrowingIntegers();
  let highestContainer = 0;
  const known = names.list.length;
  const rows = catalog.prepare('SELECT message, folder, container FROM occurrence WHERE message IS NOT NULL');
  rows.setReturnArrays(true);
  for (const row of rows.iterate() as unknown as Iterable<(number | null)[]>) {
    const message = row[0] ?? 0;
    if (message >= capacity) continue;
    if (row[1] !== null && row[1] !== undefined && row[1] < known) {
      folders.push(message);
      folders.push(row[1]);
    }
    containers.push(message);
    containers.push(row[2] ?? 0);
    highestContainer = Math.max(highestContainer, row[2] ?? 0);
  }
  return Lists.from(containers, capacity, highestContainer + 1);
}

function loadHeaderFolders(
  shard: DatabaseSync,
  capacity: number,
  names: FolderNames,
  folders: GrowingIntegers,
): void {
  const ids: number[] = [];
  for (const row of shard.prepare('SELECT id, name FROM folder').iterate())
    ids[Number(row.id)] = names.id(String(row.name));
  const rows = shard.prepare('SELECT number, folders FROM doc WHERE folders IS NOT NULL AND number < ?');
  for (const row of rows.iterate(capacity)) {
    for (const id of parseIds(row.folders as Uint8Array)) {
      const folder = ids[id];
      // Committed since the names were read: counted the next time.
      if (folder === undefined) continue;
      folders.push(Number(row.number));
      folders.push(folder);
    }
  }
}
