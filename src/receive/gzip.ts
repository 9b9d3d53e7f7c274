/**
 * gzip (RFC 1952): one member or several in a row, each a header, deflate data, and a checksum.
 *
 *   1f 8b 08 flags mtime(4) xfl os [extra] [name\0] [comment\0] [crc16]  deflate…  crc32(4) length(4)
 *
 * Members are walked here and not by zlib's own gunzip, because that drops up to a buffer of good data
 * before a wrong checksum, and says nothing about bytes after the last member.
 */
import { crc32, createInflateRaw } from 'node:zlib';
import { EngineStream, engineBuffers } from './engine.js';
import type { LayerMeter } from './expansion.js';
import { type ByteStream, StreamFailure } from './stream.js';
import type { Window } from './window.js';

const flag = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;

export class GzipStream implements ByteStream {
  readonly #packed: Window;
  readonly #meter: LayerMeter;
  #member: EngineStream | undefined;
  #members = 0;
  #crc = 0;
  #bytes = 0;

  constructor(packed: Window, meter: LayerMeter) {
    this.#packed = packed;
    this.#meter = meter;
  }

  async read(target: Buffer): Promise<number> {
    for (;;) {
      this.#member ??= await this.#openMember();
      if (this.#member === undefined) return 0;
      const bytes = await this.#member.read(target);
      if (bytes > 0) {
        this.#crc = crc32(target.subarray(0, bytes), this.#crc);
        this.#bytes += bytes;
        return bytes;
      }
      await this.#endMember(this.#member);
    }
  }

  async close(): Promise<void> {
    await this.#member?.close();
  }

  /** undefined where nothing but zero padding follows. */
  async #openMember(): Promise<EngineStream | undefined> {
    if (this.#members > 0 && !(await this.#skipPadding())) return undefined;
    await this.#packed.fill(10);
    const view = this.#packed.view();
    if (view.length < 2 || view.readUInt16BE(0) !== 0x1f8b || (view.length > 2 && view[2] !== 8)) {
      const note = `the bytes from ${this.#packed.offset} on, after gzip member ${this.#members}, are not gzip`;
      throw new StreamFailure('damaged', note, this.#members > 0);
    }
    if (view.length < 10) throw this.#truncated();
    const start = this.#packed.offset;
    await this.#skipHeader(view.readUInt8(3));
    this.#meter.into(this.#packed.offset - start);
    this.#members += 1;
    this.#crc = 0;
    this.#bytes = 0;
    const engine = createInflateRaw(engineBuffers);
    return new EngineStream(engine, this.#packed, this.#meter, 'gzip');
  }

  async #skipHeader(flags: number): Promise<void> {
    this.#packed.skip(10);
    if (flags & flag.extra) {
      if (!(await this.#packed.fill(2))) throw this.#truncated();
      const extraBytes = 2 + this.#packed.view().readUInt16LE(0);
      if (!(await this.#packed.discard(extraBytes))) throw this.#truncated();
    }
    if (flags & flag.name) await this.#skipText();
    if (flags & flag.comment) await this.#skipText();
    if (flags & flag.headerCrc && !(await this.#packed.discard(2))) throw this.#truncated();
  }

  async #skipText(): Promise<void> {
    for (;;) {
      const end = this.#packed.view().indexOf(0);
      if (end >= 0) {
        this.#packed.skip(end + 1);
        return;
      }
      this.#packed.skip(this.#packed.length);
      if (!(await this.#packed.fill(1))) throw this.#truncated();
    }
  }

  /** Tapes and block devices pad with zeros. */
  async #skipPadding(): Promise<boolean> {
    for (;;) {
      if (!(await this.#packed.fill(1))) {
        if (this.#packed.failure !== undefined) throw this.#packed.failure;
        return false;
      }
      const view = this.#packed.view();
      const used = view.findIndex((byte) => byte !== 0);
      this.#packed.skip(used < 0 ? view.length : used);
      if (used >= 0) return true;
    }
  }

  async #endMember(member: EngineStream): Promise<void> {
    member.release();
    await member.close();
    this.#member = undefined;
    if (!(await this.#packed.fill(8))) throw this.#truncated();
    const view = this.#packed.view();
    if (view.readUInt32LE(0) !== this.#crc || view.readUInt32LE(4) !== this.#bytes % 2 ** 32) {
      throw new StreamFailure(
        'damaged',
        `gzip member ${this.#members}, ending at byte ${this.#packed.offset}, does not match its checksum`,
      );
    }
    this.#packed.skip(8);
  }

  #truncated(): StreamFailure {
    const at = this.#packed.offset + this.#packed.length;
    return (
      this.#packed.failure ?? new StreamFailure('truncated', `gzip data stops before its end, at byte ${at}`)
    );
  }
}
