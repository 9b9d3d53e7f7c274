/**
 * Collects segments while the lines of a text are read: neighbours of one kind and depth become one, their text is
 * one slice as long as the lines lie together, and a signature is only believed once its end is seen.
 */

export interface Segment {
  readonly kind: 'own' | 'quoted' | 'attribution' | 'signature';
  /** 0 for the author's level, 1 for what is quoted there, 2 for what that quotes, … */
  readonly depth: number;
  /** With line ends, without the quote marks of `depth`. */
  readonly text: string;
}

/** A signature with more lines than this is text that happens to stand below a line of dashes. */
const maxSignatureLines: readonly number[] = [0, 8, 30];
const maxSignatureCharacters: readonly number[] = [0, 900, 4_000];

export class SegmentList {
  private readonly text: string;
  private readonly done: Segment[] = [];
  private kind: Segment['kind'] = 'own';
  private depth = 0;
  /** Lines before `from` that do not lie next to it. */
  private before = '';
  private from = 0;
  private to = 0;
  private strength = 0;
  private signatureLines = 0;

  constructor(text: string) {
    this.text = text;
  }

  get continuesQuotation(): boolean {
    return this.kind === 'quoted' && (this.to > this.from || this.before !== '');
  }

  /** A line, or several, of this kind. */
  add(kind: Segment['kind'], depth: number, from: number, to: number): void {
    if (kind !== this.kind || depth !== this.depth) this.begin(kind, depth);
    this.extend(from, to);
  }

  /** A line at the author's level: part of the signature where one has begun. */
  addOwn(from: number, to: number): void {
    if (this.kind === 'signature') {
      this.signatureLines++;
      this.extend(from, to);
    } else this.add('own', 0, from, to);
  }

  /** Adds to the current segment whatever it is. */
  extend(from: number, to: number): void {
    if (from !== this.to) {
      this.before += this.text.slice(this.from, this.to);
      this.from = from;
    }
    this.to = to;
  }

  /** A line that may start a signature; 2 is the standard's `-- `, 1 a custom. */
  startSignature(strength: number, from: number, to: number): void {
    if (this.kind === 'signature' && this.strength >= strength && this.isShort()) {
      this.addOwn(from, to);
      return;
    }
    // The earlier line of dashes was none: a later, better one follows.
    if (this.kind === 'signature') this.kind = 'own';
    this.begin('signature', 0);
    this.strength = strength;
    this.signatureLines = 0;
    this.extend(from, to);
  }

  finish(): Segment[] {
    this.begin('own', 0);
    return this.done;
  }

  private begin(kind: Segment['kind'], depth: number): void {
    const text = this.before + this.text.slice(this.from, this.to);
    if (this.kind === 'signature' && !this.isShort()) this.kind = 'own';
    const last = this.done[this.done.length - 1];
    if (text === '') {
      // Nothing yet.
    } else if (last !== undefined && last.kind === this.kind && last.depth === this.depth) {
      this.done[this.done.length - 1] = { kind: this.kind, depth: this.depth, text: last.text + text };
    } else this.done.push({ kind: this.kind, depth: this.depth, text });
    this.kind = kind;
    this.depth = depth;
    this.before = '';
    this.from = this.to;
  }

  private isShort(): boolean {
    const lines = maxSignatureLines[this.strength] ?? 0;
    const characters = maxSignatureCharacters[this.strength] ?? 0;
    return this.signatureLines <= lines && this.before.length + this.to - this.from <= characters;
  }
}
