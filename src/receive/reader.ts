/**
 * What the readers of containers have in common: what they yield to the walk, and what they know of it.
 */
import type { limits } from '../limits.js';
import type { ExpansionBudget } from './expansion.js';
import type { Keeper } from './keep.js';
import type { Expectation } from './sniff.js';
import type { Container, FailureCode, MboxVariant, Place, SourceEvent } from './source.js';
import type { StreamFailure } from './stream.js';
import type { Window } from './window.js';

/** The limits by name, so that a test can walk with small ones. */
export type Limits = { readonly [Name in keyof typeof limits]: number };

/** One walk: what all its readers share. */
export interface Walk {
  readonly keeper: Keeper;
  readonly tmpDir: string;
  readonly limits: Limits;
  readonly budget: ExpansionBudget;
  /** Index for the next container. */
  nextIndex(): number;
  /** Called with the bytes of the source read so far. */
  onProgress(bytesRead: number): void;
}

/** A file inside a container that is not simply a message: the walk finds out what it is and reads it. */
export interface Entry {
  readonly type: 'entry';
  readonly path: string;
  readonly window: Window;
  readonly expectation: Expectation;
  /** Where the first byte of `window` lies in the original; undefined inside compression. */
  readonly direct: number | undefined;
  /** Bytes, where they are known beforehand. */
  readonly size: number | undefined;
  /** The container that it lies in, where that is not the one whose reader yields it (a Maildir in a folder). */
  readonly within?: Container;
}

export interface ContainerEnd {
  readonly variant: MboxVariant | undefined;
  readonly bytes: number;
}

/** Yields batches of events, and entries to be walked before it goes on. */
export type Reader = AsyncGenerator<SourceEvent[] | Entry, ContainerEnd, void>;

/** A container together with what a reader of it needs. */
export interface Opened {
  readonly container: Container;
  readonly window: Window;
  readonly direct: number | undefined;
  readonly size: number | undefined;
}

export function wholeFile(path: string, length: number, direct?: number): Place {
  return { path, offset: 0, length, direct: direct === undefined ? undefined : { offset: direct, length } };
}

export function failed(container: number, place: Place, code: FailureCode, note: string): SourceEvent {
  return { type: 'failed', container, place, code, note };
}

export function failedStream(container: number, place: Place, failure: StreamFailure): SourceEvent {
  return failed(container, place, failure.code, failure.message);
}
