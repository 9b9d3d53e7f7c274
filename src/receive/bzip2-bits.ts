/**
 * Bits of a byte buffer, most significant first, as bzip2 packs them.
 *
 *   42 5a     0100 0010  0101 1010      read(3) = 2, read(5) = 2, …
 */

/** The bytes end inside what was to be read. */
export class OutOfBits extends Error {}

export class BitReader {
  /** Next bit, counted from the start of the bytes. */
  position: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, position: number) {
    this.#bytes = bytes;
    this.position = position;
  }

  /** Up to 24 bits as a number. Throws `OutOfBits`. */
  read(bits: number): number {
    const value = this.peek(bits);
    this.position += bits;
    this.checkEnd();
    return value;
  }

  /** Throws `OutOfBits` where more was read than there is. */
  checkEnd(): void {
    if (this.position > this.#bytes.length * 8) throw new OutOfBits();
  }

  /** Up to 24 bits without moving on; zeros beyond the end. */
  peek(bits: number): number {
    const at = this.position >>> 3;
    const bytes = this.#bytes;
    const word =
      (((bytes[at] ?? 0) << 24) |
        ((bytes[at + 1] ?? 0) << 16) |
        ((bytes[at + 2] ?? 0) << 8) |
        (bytes[at + 3] ?? 0)) >>>
      0;
    return ((word << (this.position & 7)) >>> 0) >>> (32 - bits);
  }

  /** Whether what was looked at last may have lain beyond the end. */
  get isAtEnd(): boolean {
    return this.position + 24 > this.#bytes.length * 8;
  }

  /** 48 bits in hexadecimal: the marks between blocks are longer than a number of bits can be. */
  readMark(): string {
    return this.read(24).toString(16).padStart(6, '0') + this.read(24).toString(16).padStart(6, '0');
  }

  readUint32(): number {
    const high = this.read(16);
    return high * 0x10000 + this.read(16);
  }

  alignToByte(): void {
    this.position = (this.position + 7) & ~7;
  }
}
