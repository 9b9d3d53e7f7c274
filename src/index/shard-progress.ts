/** How much of each shard something was made from, so that it takes up what was added and nothing twice. */
import type { ShardReader } from './shard-reader.js';

export class ShardProgress {
  /** By shard, the highest number that was taken up. */
  readonly #to = new Map<ShardReader, number>();

  /** Calls `load` for each shard whose columns have numbers beyond: those above `after`, up to `to`. Returns whether there was one. */
  advance(
    shards: readonly ShardReader[],
    load: (shard: ShardReader, after: number, to: number, at: number) => void,
  ): boolean {
    let advanced = false;
    for (const [at, shard] of shards.entries()) {
      const after = this.#to.get(shard) ?? 0;
      if (after >= shard.loadedTo) continue;
      load(shard, after, shard.loadedTo, at);
      this.#to.set(shard, shard.loadedTo);
      advanced = true;
    }
    return advanced;
  }
}
