/**
 * Delimiter lines of multiparts (RFC 2046 5.1.1), all nesting levels in one pass over the bytes.
 *
 *   --simple boundary\r\n        a part begins
 *   --simple boundary--\r\n      the last part ends
 *
 * Every line that starts with "--" is looked up in a table of the boundaries in force, so the cost does not grow with
 * the depth. Boundaries may repeat on several levels and be prefixes of one another: the whole line counts, and the
 * innermost level that is still open.
 */
import { limits } from '../limits.js';

export interface Delimiter {
  readonly level: number;
  readonly closes: boolean;
  /** Offset of the "--". */
  readonly start: number;
  /** Offset after the line end. */
  readonly end: number;
}

interface Active {
  /** Levels with this boundary, outermost first. */
  readonly levels: number[];
}

const dash = 45;
/** Blanks after a boundary (RFC 2046 transport padding) that are still looked through. */
const maxPadding = 256;

const noBytes = new Uint16Array(0);

export class DelimiterTable {
  readonly #byBoundary = new Map<string, Active>();
  /** How many boundaries in force begin with each byte: most lines that start with "--" fail here. */
  #firstBytes = noBytes;
  readonly #bytes: Buffer;
  readonly #end: number;
  readonly #newline: number;
  readonly #needle: Buffer;
  #count = 0;
  #longest = 0;

  constructor(bytes: Buffer, end: number, newline: number) {
    this.#bytes = bytes;
    this.#end = end;
    this.#newline = newline;
    this.#needle = newline === 10 ? lineFeedNeedle : carriageReturnNeedle;
  }

  /** Whether an enclosing multipart has the same boundary. */
  has(boundary: string): boolean {
    return this.#byBoundary.has(boundary);
  }

  get active(): boolean {
    return this.#count > 0;
  }

  /** `boundary` as one-byte characters, at most `limits.maxBoundaryBytes`. */
  add(boundary: string, level: number): void {
    const active = this.#byBoundary.get(boundary);
    if (active === undefined) this.#byBoundary.set(boundary, { levels: [level] });
    else active.levels.push(level);
    // Most messages are no multipart and never need the table.
    if (this.#firstBytes === noBytes) this.#firstBytes = new Uint16Array(256);
    this.#longest = Math.max(this.#longest, boundary.length);
    this.#firstBytes[boundary.charCodeAt(0)] = (this.#firstBytes[boundary.charCodeAt(0)] ?? 0) + 1;
    this.#count++;
  }

  /** Takes the innermost level of a boundary out of force. */
  remove(boundary: string, level: number): void {
    const active = this.#byBoundary.get(boundary);
    const at = active?.levels.lastIndexOf(level) ?? -1;
    if (active === undefined || at === -1) return;
    active.levels.splice(at, 1);
    if (active.levels.length === 0) this.#byBoundary.delete(boundary);
    this.#firstBytes[boundary.charCodeAt(0)] = (this.#firstBytes[boundary.charCodeAt(0)] ?? 1) - 1;
    this.#count--;
  }

  /** The next delimiter line at or after `from`, which is the start of a line. */
  next(from: number): Delimiter | undefined {
    if (this.#count === 0) return undefined;
    if (this.#bytes[from] === dash && this.#bytes[from + 1] === dash) {
      const found = this.read(from);
      if (found !== undefined) return found;
    }
    let at = this.#bytes.indexOf(this.#needle, from === 0 ? 0 : from - 1);
    while (at !== -1 && at < this.#end) {
      const found = this.read(at + 1);
      if (found !== undefined) return found;
      at = this.#bytes.indexOf(this.#needle, at + 3);
    }
    return undefined;
  }

  /** Reads the line at `start`, which begins with "--". */
  read(start: number): Delimiter | undefined {
    if ((this.#firstBytes[this.#bytes[start + 2] ?? 0] ?? 0) === 0) return undefined;
    const limit = Math.min(this.#end, start + 2 + this.#longest + 2 + maxPadding);
    let end = start + 2;
    while (end < limit && this.#bytes[end] !== this.#newline) end++;
    const line = this.#bytes.toString('latin1', start + 2, end).trimEnd();
    const exact = end < limit || end === this.#end ? this.#findExact(line) : undefined;
    const found = exact ?? this.#findPrefix(line);
    if (found === undefined) return undefined;
    const lineEnd = end < limit ? end : this.#bytes.indexOf(this.#newline, end);
    const next = lineEnd === -1 ? this.#end : Math.min(this.#end, lineEnd + 1);
    return { ...found, start, end: next };
  }

  #findExact(line: string): Pick<Delimiter, 'level' | 'closes'> | undefined {
    const level = this.#innermost(line);
    if (level !== undefined) return { level, closes: false };
    if (!line.endsWith('--')) return undefined;
    const closed = this.#innermost(line.slice(0, -2)) ?? this.#innermost(line.slice(0, -2).trimEnd());
    return closed === undefined ? undefined : { level: closed, closes: true };
  }

  /**
   * RFC 2046 5.1.1: it is enough that the boundary stands at the beginning of the line. Taken at its word this lets
   * "--ab" delimit a multipart with boundary "a"; so a blank or the closing "--" has to follow.
   */
  #findPrefix(line: string): Pick<Delimiter, 'level' | 'closes'> | undefined {
    let best = '';
    for (const boundary of this.#byBoundary.keys()) {
      if (boundary.length <= best.length || boundary.length >= line.length) continue;
      const after = line.charCodeAt(boundary.length);
      const follows =
        after === 32 || after === 9 || (after === dash && line.charCodeAt(boundary.length + 1) === dash);
      if (follows && line.startsWith(boundary)) best = boundary;
    }
    const level = best === '' ? undefined : this.#innermost(best);
    if (level === undefined) return undefined;
    const tail = line.slice(best.length, best.length + 3);
    // "--b--x" is no close delimiter, and no delimiter of "b" either.
    if (tail.startsWith('--'))
      return tail.length === 2 || tail.endsWith(' ') ? { level, closes: true } : undefined;
    return { level, closes: false };
  }

  #innermost(boundary: string): number | undefined {
    return this.#byBoundary.get(boundary)?.levels.at(-1);
  }
}

const lineFeedNeedle = Buffer.from('\n--', 'latin1');
const carriageReturnNeedle = Buffer.from('\r--', 'latin1');

/** A boundary parameter as the bytes that stand in delimiter lines; '' where it cannot be one. */
export function boundaryBytes(parameter: string): string {
  // RFC 2046 5.1.1: no blank at the end; mailers that write one do not repeat it in the delimiter lines.
  const boundary = Buffer.from(parameter.trimEnd(), 'utf8').toString('latin1');
  return boundary.length > limits.maxBoundaryBytes || /[\r\n]/.test(boundary) ? '' : boundary;
}
