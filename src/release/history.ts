/** What the log says of each number, and the releases that it says it in. */
import { parseEntry } from '../proof/entry.js';
import type { MerkleTree } from '../proof/merkle.js';
import type { CitedRelease } from './site/citation.js';
import type { HistoryLine } from './site/message.js';

export class LogHistory {
  /** By release, from 1 at index 0. */
  readonly releases: { readonly cited: CitedRelease; readonly size: number }[] = [];
  readonly #lines = new Map<number, { readonly what: HistoryLine['what']; readonly index: number }[]>();

  /** `entries`: all of the tree's. */
  constructor(entries: Iterable<Buffer>, tree: MerkleTree) {
    let index = 0;
    for (const bytes of entries) {
      const entry = parseEntry(bytes);
      if (entry?.type === 'release') {
        const root = tree.root(index + 1).toString('base64');
        this.releases.push({ cited: { number: entry.release, time: entry.time, root }, size: index + 1 });
      } else if (entry !== undefined) {
        const lines = this.#lines.get(entry.number) ?? [];
        const isFirst = lines.every(({ what }) => what === 'withheld');
        const what = entry.type === 'message' ? (isFirst ? 'published' : 'corrected') : entry.type;
        lines.push({ what, index });
        this.#lines.set(entry.number, lines);
      }
      index += 1;
    }
  }

  /** In order. */
  of(number: number): HistoryLine[] {
    const lines = this.#lines.get(number) ?? [];
    return lines.map(({ what, index }) => ({ what, index, release: this.releaseOf(index).cited }));
  }

  /** The release that an entry came with. */
  releaseOf(index: number): LogHistory['releases'][number] {
    // By halves: a log may have many releases.
    let [low, high] = [0, this.releases.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.releases[middle]?.size ?? 0) > index) high = middle;
      else low = middle + 1;
    }
    const release = this.releases[low];
    if (release === undefined) throw new RangeError(`entry ${index} is in no release`);
    return release;
  }
}
