/** Where the walk puts every byte that it reads from a source, before anything parses it. */
export interface Keeper {
  /** Appends to the original. Called before the same bytes reach any parser. */
  write(bytes: Uint8Array): Promise<void> | void;
  /** Path of a file that holds, from byte 0, everything written so far; formats that need random access (zip) read it. */
  readonly path: string;
}
