/**
 * The tree of a folder in the order of the bytes of its paths, found with an explicit stack.
 *
 *   a            file       'a'
 *   a.b          file       'a.b'        '.' is 2e
 *   a/           folder     'a/'         '/' is 2f: sorts after 'a.b', before 'aa'
 *   a/x          file
 *
 * Names are bytes. Here they are strings of one character per byte (latin1), which sort the same way and cost
 * a quarter of a Buffer each: a folder may hold a million files.
 */
import { lstatSync, opendirSync } from 'node:fs';
import { decodeName } from './entry-name.js';

/** `path` is one character per byte, relative to the root, without a trailing slash. */
export interface TreeItem {
  readonly path: string;
  readonly step: 'enter' | 'leave' | 'file' | 'symlink' | 'special' | 'unlistable';
  /** Of a folder: it has the folders `cur` and `new`, or one of them with delivered messages alone in it. */
  readonly isMaildir: boolean;
  /** Of an unlistable folder: the system's error code. */
  readonly reason: string;
}

interface OpenFolder {
  readonly item: TreeItem;
  readonly names: readonly string[];
  next: number;
}

const kinds: Readonly<Record<string, TreeItem['step']>> = { f: 'file', l: 'symlink', s: 'special' };

/** Walks the tree below `root`: every folder is entered and left, also the root, whose path is ''. */
export function* walkTree(root: string): Generator<TreeItem> {
  const stack: OpenFolder[] = [];
  let entering: string | undefined = '';
  for (;;) {
    if (entering !== undefined) {
      const opened = openFolderAt(root, entering);
      yield opened.item;
      if (opened.item.step === 'enter') stack.push(opened);
      entering = undefined;
    }
    const top = stack.at(-1);
    if (top === undefined) return;
    const name = top.names[top.next++];
    if (name === undefined) {
      stack.pop();
      yield { ...top.item, step: 'leave' };
    } else if (name.endsWith('/')) {
      entering = join(top.item.path, name.slice(0, -1));
    } else {
      const step = kinds[name.slice(-1)] ?? 'special';
      yield { path: join(top.item.path, name.slice(0, -2)), step, isMaildir: false, reason: '' };
    }
  }
}

/** The name that the file system knows the item by. */
export function systemPath(root: string, path: string): Buffer {
  return path === ''
    ? Buffer.from(root)
    : Buffer.concat([Buffer.from(`${root}/`), Buffer.from(path, 'latin1')]);
}

/** A path as people read it: UTF-8 where it is that, else one character per byte. */
export function displayPath(path: string): string {
  return decodeName(Buffer.from(path, 'latin1'));
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function openFolderAt(root: string, path: string): OpenFolder {
  try {
    const names = listFolder(systemPath(root, path));
    return {
      item: { path, step: 'enter', isMaildir: isMaildir(root, path, names), reason: '' },
      names,
      next: 0,
    };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return { item: { path, step: 'unlistable', isMaildir: false, reason }, names: [], next: 0 };
  }
}

/** What programs that deliver and read call a message: `time.unique.host`, then `:2,FLAGS` in `cur` (`:` is not allowed everywhere). */
const delivered = {
  'cur/': /^[^/]+[:;!_]2,[A-Za-z,]*\0f$/,
  'new/': /^\d{9,12}\.[^/.]+\.[^/]+\0f$/,
} as const;

/** Git and zip drop empty folders, so that a Maildir may come without its `new` (and `tmp`) or without its `cur`. */
function isMaildir(root: string, path: string, names: readonly string[]): boolean {
  const present = (['cur/', 'new/'] as const).filter((name) => names.includes(name));
  const [only] = present;
  if (only === undefined || present.length === 2) return present.length === 2;
  try {
    // All of them, not the first few: the order in which a file system lists them says nothing.
    const files = listFolder(systemPath(root, join(path, only.slice(0, -1))));
    return files.length > 0 && files.every((name) => name.startsWith('.') || delivered[only].test(name));
  } catch {
    // It cannot be listed: the walk says so when it comes to it.
    return false;
  }
}

/** Sorted names: `name/` of a folder, else the name, a NUL (which sorts before all) and what kind it is. */
function listFolder(path: Buffer): string[] {
  const names: string[] = [];
  const folder = opendirSync(path as unknown as string, {
    encoding: 'latin1' as BufferEncoding,
    bufferSize: 256,
  });
  try {
    for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
      if (entry.isDirectory()) names.push(`${entry.name}/`);
      else if (entry.isFile()) names.push(`${entry.name}\0f`);
      else names.push(`${entry.name}\0${entry.isSymbolicLink() ? 'l' : 's'}`);
    }
  } finally {
    folder.closeSync();
  }
  return names.sort((one, other) => (one < other ? -1 : 1));
}

/** Bytes of all files below `root`. */
export function treeBytes(root: string): number {
  let bytes = 0;
  for (const item of walkTree(root)) {
    if (item.step !== 'file') continue;
    bytes += lstatSync(systemPath(root, item.path), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}
