/** The log of a release: its entries, the tree over them, and the checkpoints of this and earlier releases. */
import { type Checkpoint, parseCheckpoint } from '../proof/checkpoint.js';
import { type LogEntry, parseEntry, type ReleaseEntry } from '../proof/entry.js';
import { leafHash, MerkleTree, sameBytes } from '../proof/merkle.js';
import { isSignedBy, parseNote, type VerifierKey } from '../proof/signed-note.js';
import { entryBundles, hashTiles, parseBundle, tileBytes, tilePath } from '../proof/tiles.js';
import type { ReleaseFolder } from './folder.js';
import { Check, type Finding } from './report.js';

/** More than this no log of ours has: a size that a hostile checkpoint claims must not fill memory. */
const maxEntries = 100_000_000;

export interface CheckedLog {
  readonly entries: readonly LogEntry[];
  readonly tree: MerkleTree;
  /** In order: release 1 first. */
  readonly releases: readonly { readonly entry: ReleaseEntry; readonly size: number }[];
  /** Notes of the checkpoints, by release from 1, where they hold. */
  readonly checkpoints: ReadonlyMap<number, string>;
}

/** A signed checkpoint of this key; a sentence where it is none. */
export function readCheckpoint(note: string | undefined, key: VerifierKey): Checkpoint | string {
  if (note === undefined) return 'is missing';
  const parsed = parseNote(note);
  if (parsed === undefined) return 'is not a signed note';
  if (!isSignedBy(parsed, key)) return 'is not signed by this key';
  const checkpoint = parseCheckpoint(parsed.text);
  if (checkpoint === undefined) return 'is not a checkpoint';
  if (checkpoint.origin !== key.name) return `is of another log, ${checkpoint.origin}`;
  return checkpoint;
}

/** `log` is undefined where the checkpoint or the entries cannot be read: nothing after it can be checked. */
export function checkLog(
  folder: ReleaseFolder,
  key: VerifierKey,
): { readonly log: CheckedLog | undefined; readonly findings: readonly Finding[] } {
  const signed = new Check('checkpoint', 'the checkpoint is signed by this key');
  const checkpoint = readCheckpoint(folder.findText('checkpoint'), key);
  if (typeof checkpoint === 'string') {
    signed.fault(`checkpoint ${checkpoint}`);
    return { log: undefined, findings: [signed.finding()] };
  }
  const { size } = checkpoint;
  const tree = new Check('tree', `${size} entries come to the root hash of the checkpoint`);
  const entries = readEntries(folder, size, tree);
  const signedFinding = signed.finding();
  if (entries === undefined) return { log: undefined, findings: [signedFinding, tree.finding()] };
  const merkle = new MerkleTree();
  for (const bytes of entries) merkle.append(leafHash(bytes));
  tree.expect(sameBytes(merkle.root(), checkpoint.root), 'the entries have another root hash');
  for (const tile of hashTiles(size)) {
    const path = tilePath(tile);
    tree.expect(folder.find(path)?.equals(tileBytes(merkle, tile)) === true, `${path} has other hashes`);
  }
  const history = new Check('history', '');
  const parsed = readHistory(entries, history);
  const releases = parsed.flatMap((entry, index) =>
    entry.type === 'release' ? [{ entry, size: index + 1 }] : [],
  );
  const checkpoints = readCheckpoints(folder, key, merkle, releases, history);
  history.expect(parsed.at(-1)?.type === 'release', 'the last entry is not a release');
  history.expect(
    checkpoints.get(releases.length) === folder.findText('checkpoint'),
    `checkpoint is not the one of release ${releases.length}`,
  );
  const statement = `${releases.length} releases, each signed, each going on from the one before`;
  return {
    log: { entries: parsed, tree: merkle, releases, checkpoints },
    findings: [signedFinding, tree.finding(), history.finding(statement)],
  };
}

function readEntries(folder: ReleaseFolder, size: number, check: Check): Buffer[] | undefined {
  const entries: Buffer[] = [];
  if (!check.expect(size > 0 && size <= maxEntries, `${size} entries`)) return undefined;
  for (const bundle of entryBundles(size)) {
    const path = tilePath(bundle);
    const found = parseBundle(folder.find(path) ?? Buffer.alloc(0), bundle.width);
    if (found === undefined) {
      check.fault(`${path} is not a bundle of ${bundle.width} entries`);
      return undefined;
    }
    for (const entry of found) entries.push(entry);
  }
  return entries;
}

/** Entries as values; each in its place. */
function readHistory(entries: readonly Buffer[], check: Check): LogEntry[] {
  const parsed: LogEntry[] = [];
  const numbers = new Set<number>();
  let releases = 0;
  for (const [index, bytes] of entries.entries()) {
    const entry = parseEntry(bytes);
    if (entry === undefined) {
      check.fault(`entry ${index} is not one of this format`);
      continue;
    }
    parsed.push(entry);
    if (entry.type === 'release') {
      releases += 1;
      check.expect(
        entry.release === releases,
        `entry ${index} says release ${entry.release}, it is the ${releases}.`,
      );
    } else {
      const isKnown = numbers.has(entry.number);
      check.expect(
        isKnown || (entry.number === index && entry.type !== 'withdrawn'),
        `entry ${index} is about message ${entry.number}, which has no entry ${entry.number}`,
      );
      numbers.add(entry.number);
    }
  }
  return parsed;
}

function readCheckpoints(
  folder: ReleaseFolder,
  key: VerifierKey,
  tree: MerkleTree,
  releases: CheckedLog['releases'],
  check: Check,
): Map<number, string> {
  const found = new Map<number, string>();
  for (const { entry, size } of releases) {
    const path = `checkpoints/${entry.release}`;
    const note = folder.findText(path);
    const checkpoint = readCheckpoint(note, key);
    if (typeof checkpoint === 'string') check.fault(`${path} ${checkpoint}`);
    else if (checkpoint.size !== size || !sameBytes(checkpoint.root, tree.root(size)))
      check.fault(`${path} is not what this log was at ${size} entries`);
    else if (note !== undefined) found.set(entry.release, note);
  }
  return found;
}
