/** A stretch of a text, in UTF-16 units: `start` is its first, `end` the one after its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const textOf = (text: string, { start, end }: Span): string => text.slice(start, end);
export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;
