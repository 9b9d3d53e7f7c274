/**
 * Strings of BIFF records ([MS-XLS] 2.5.293 and after): one byte a character or two from version 8 on, in the code
 * page of the file before.
 *
 *   version 8: length(2) flags(1) characters      flag 1: two bytes each, 4: phonetic data follow, 8: formats follow
 */
import iconv from 'iconv-lite';

const twoBytes = 1;
const phonetic = 4;
const formatted = 8;

export class BiffStrings {
  #version = 8;
  #charset = 'windows-1252';

  setVersion(version: number): void {
    this.#version = version;
  }

  setCodePage(codePage: number): void {
    const name = codePage === 0x8000 || codePage === 10_000 ? 'macintosh' : `cp${codePage}`;
    if (iconv.encodingExists(name)) this.#charset = name;
  }

  /** Its length in one byte. */
  short(data: Buffer): string {
    if (data.length < 2) return '';
    const length = data.readUInt8(0);
    return this.#version >= 8 ? wide(data, 1, length) : this.#narrow(data.subarray(1, 1 + length));
  }

  /** Its length in two bytes. */
  long(data: Buffer): string {
    if (data.length < 3) return '';
    const length = data.readUInt16LE(0);
    return this.#version >= 8 ? wide(data, 2, length) : this.#narrow(data.subarray(2, 2 + length));
  }

  formatCode(data: Buffer): string {
    return this.#version >= 8 ? this.long(data.subarray(2)) : this.short(data.subarray(2));
  }

  margin(data: Buffer): string {
    return this.#version >= 8 ? this.long(data) : this.short(data);
  }

  /** Text of a box: in the CONTINUE records after it, each with flags of its own. */
  continuedText(records: readonly Buffer[], length: number): string {
    let text = '';
    for (const data of records) {
      if (text.length >= length || data.length < 2) break;
      text +=
        this.#version >= 8 ? wide(data, 0, length - text.length) : this.#narrow(data.subarray(0, length));
    }
    return text;
  }

  /** The table of shared strings: strings go on in the next record, where the width of characters may change. */
  sharedStrings(records: readonly Buffer[]): string[] {
    const reader = new Segments(records);
    const strings: string[] = [];
    reader.skip(4);
    const count = reader.uint32();
    for (let n = 0; n < count && !reader.ended; n++) strings.push(readShared(reader));
    return strings;
  }

  #narrow(bytes: Buffer): string {
    return iconv.decode(bytes, this.#charset);
  }
}

function wide(data: Buffer, at: number, length: number): string {
  const flags = data[at] ?? 0;
  let start = at + 1;
  if ((flags & formatted) !== 0) start += 2;
  if ((flags & phonetic) !== 0) start += 4;
  return (flags & twoBytes) !== 0
    ? data.toString('utf16le', start, Math.min(data.length, start + 2 * length))
    : data.toString('latin1', start, start + length);
}

function readShared(reader: Segments): string {
  const length = reader.uint16();
  const flags = reader.uint8();
  const runs = (flags & formatted) !== 0 ? reader.uint16() : 0;
  const extra = (flags & phonetic) !== 0 ? reader.uint32() : 0;
  const text = reader.characters(length, (flags & twoBytes) !== 0);
  reader.skip(4 * runs + extra);
  return text;
}

/** Records that go on in one another. Reads zeros past the end. */
class Segments {
  readonly #records: readonly Buffer[];
  #record = 0;
  #at = 0;

  constructor(records: readonly Buffer[]) {
    this.#records = records;
    this.#settle();
  }

  get ended(): boolean {
    return this.#record >= this.#records.length;
  }

  get #data(): Buffer {
    return this.#records[this.#record] ?? Buffer.alloc(0);
  }

  #settle(): void {
    while (!this.ended && this.#at >= this.#data.length) {
      this.#at -= this.#data.length;
      this.#record += 1;
    }
  }

  skip(bytes: number): void {
    this.#at += bytes;
    this.#settle();
  }

  uint8(): number {
    const value = this.#data[this.#at] ?? 0;
    this.skip(1);
    return value;
  }

  uint16(): number {
    return this.uint8() + this.uint8() * 0x100;
  }

  uint32(): number {
    return this.uint16() + this.uint16() * 0x10000;
  }

  characters(length: number, isWide: boolean): string {
    let text = '';
    let width = isWide ? 2 : 1;
    while (text.length < length && !this.ended) {
      const record = this.#record;
      const there = Math.min(length - text.length, Math.floor((this.#data.length - this.#at) / width));
      const end = this.#at + there * width;
      text += this.#data.toString(width === 2 ? 'utf16le' : 'latin1', this.#at, end);
      this.skip(Math.max(1, there * width));
      // The rest stands in the next record, after a byte that says how wide it is.
      if (text.length < length && !this.ended) {
        if (this.#record === record) break;
        width = (this.uint8() & twoBytes) !== 0 ? 2 : 1;
      }
    }
    return text;
  }
}
