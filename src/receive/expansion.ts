/**
 * The budget against archives that unpack to far more than they are ("zip bombs", D. Fifield, WOOT 2019).
 *
 * Each layer may give `maxExpansionRatio` bytes per byte that went in; a small output is always allowed.
 * All layers of a walk together are held against the bytes of the source, because a bomb of nested
 * archives keeps each single layer below any bound that honest mail needs.
 */
import { StreamFailure } from './stream.js';

export interface ExpansionLimits {
  readonly maxExpansionRatio: number;
  readonly minBytesBeforeRatio: number;
}

/** One compression layer: what goes in, what comes out. */
export interface LayerMeter {
  into(bytes: number): void;
  /** Throws `StreamFailure` `expansion-limit`. */
  out(bytes: number): void;
}

export class ExpansionBudget {
  readonly #limits: ExpansionLimits;
  #sourceBytes = 0;
  #expandedBytes = 0;

  constructor(limits: ExpansionLimits) {
    this.#limits = limits;
  }

  /** Bytes of the source that were read, or will be. */
  addSource(bytes: number): void {
    this.#sourceBytes += bytes;
  }

  /** `name` is what a note calls the layer: a compression, `zip entry`. */
  layer(name: string): LayerMeter {
    const { maxExpansionRatio, minBytesBeforeRatio } = this.#limits;
    let packed = 0;
    let unpacked = 0;
    return {
      into: (bytes) => {
        packed += bytes;
      },
      out: (bytes) => {
        unpacked += bytes;
        this.#expandedBytes += bytes;
        if (unpacked > minBytesBeforeRatio && unpacked > packed * maxExpansionRatio) {
          throw new StreamFailure(
            'expansion-limit',
            `${name}: ${unpacked} bytes came out of ${packed}, more than ${maxExpansionRatio} for one; reading stopped there`,
          );
        }
        this.#checkWalk(name);
      },
    };
  }

  #checkWalk(name: string): void {
    const allowed = Math.max(
      this.#limits.minBytesBeforeRatio,
      this.#sourceBytes * this.#limits.maxExpansionRatio,
    );
    if (this.#expandedBytes <= allowed) return;
    throw new StreamFailure(
      'expansion-limit',
      `${name}: all layers of this source together gave more than ${allowed} bytes out of ${this.#sourceBytes}; reading stopped there`,
    );
  }
}
