/**
 * The encodings that may stand in bytes or text, undone: readings of the same content with one layer less.
 *
 *   &#116;rench57%40postbox   → references: trench57%40postbox   → percent: trench57@postbox
 *   1f 8b 08 …                → gzip: what it holds
 *
 * Every reading takes time in proportion to what it reads, and is only made where there is something to undo.
 */
import { gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { limits } from '../limits.js';
import { base64Readings, textEncodings } from './leak-encodings.js';

export interface View {
  readonly via: readonly string[];
  readonly depth: number;
  readonly content: Buffer | string;
}

export interface InnerViews {
  readonly views: readonly View[];
  /** What could not be undone to its end. */
  readonly incomplete: string | undefined;
}

/** `reach`: characters around an encoding that may belong to a secret; `budget`: bytes that may still be unpacked. */
export function innerViews(view: View, text: string, reach: number, budget: number): InnerViews {
  if (view.depth >= limits.maxLeakDepth) return { views: [], incomplete: undefined };
  const views: View[] = [];
  const depth = view.depth + 1;
  const add = (name: string, content: Buffer | string): void => {
    if (content.length > 0) views.push({ content, via: [...view.via, name], depth });
  };
  for (const { name, undo } of textEncodings) add(name, undo(text, reach));
  for (const bytes of base64Readings(text)) add('base64', bytes);
  if (typeof view.content === 'string') return { views, incomplete: undefined };
  const { streams, incomplete } = unpack(view.content, budget);
  for (const { name, bytes } of streams) add(name, bytes);
  return { views, incomplete };
}

interface Unpacked {
  readonly streams: readonly { readonly name: string; readonly bytes: Buffer }[];
  readonly incomplete: string | undefined;
}

/** What compressed streams in the bytes hold, wherever they stand: members of a zip, streams of a PDF, chunks of a PNG. */
function unpack(bytes: Buffer, budget: number): Unpacked {
  const streams: { name: string; bytes: Buffer }[] = [];
  let left = budget;
  let tried = 0;
  for (const { name, at, inflate } of streamStarts(bytes)) {
    // Two bytes say that a stream begins there, and a hostile file says so everywhere.
    if (++tried > limits.maxLeakStreams) return { streams, incomplete: name };
    const outcome = tryInflate(inflate, bytes.subarray(at), left);
    if (outcome === 'too large') return { streams, incomplete: name };
    if (outcome === undefined || outcome.length === 0) continue;
    left -= outcome.length;
    streams.push({ name, bytes: outcome });
  }
  return { streams, incomplete: undefined };
}

type Inflate = (bytes: Buffer, options: { maxOutputLength: number; finishFlush?: number }) => Buffer;

function* streamStarts(bytes: Buffer): Generator<{ name: string; at: number; inflate: Inflate }> {
  yield* startsOf(bytes, Buffer.of(0x1f, 0x8b, 0x08), 'gzip', gunzipSync);
  yield* startsOf(bytes, Buffer.of(0x28, 0xb5, 0x2f, 0xfd), 'zstd', (data, { maxOutputLength }) =>
    zstdDecompressSync(data, { maxOutputLength }),
  );
  const local = Buffer.from('PK\u0003\u0004', 'latin1');
  for (let at = bytes.indexOf(local); at >= 0; at = bytes.indexOf(local, at + 4)) {
    if (at + 30 > bytes.length || bytes.readUInt16LE(at + 8) !== 8) continue;
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    if (start < bytes.length) yield { name: 'zip', at: start, inflate: inflateRawSync };
  }
  for (const level of [0x01, 0x5e, 0x9c, 0xda])
    yield* startsOf(bytes, Buffer.of(0x78, level), 'deflate', inflateSync);
}

function* startsOf(
  bytes: Buffer,
  magic: Buffer,
  name: string,
  inflate: Inflate,
): Generator<{ name: string; at: number; inflate: Inflate }> {
  for (let at = bytes.indexOf(magic); at >= 0; at = bytes.indexOf(magic, at + 1)) yield { name, at, inflate };
}

const syncFlush = 2;

/** undefined where no such stream begins there. A stream that is cut is read as far as it goes. */
function tryInflate(inflate: Inflate, bytes: Buffer, left: number): Buffer | 'too large' | undefined {
  try {
    return inflate(bytes, { maxOutputLength: Math.max(1, Math.floor(left)), finishFlush: syncFlush });
  } catch (error) {
    if (
      error instanceof RangeError ||
      (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
    )
      return 'too large';
    return undefined;
  }
}
