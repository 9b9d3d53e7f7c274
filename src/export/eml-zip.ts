/**
 * Messages as a zip of .eml files, byte for byte, with a manifest that `sha256sum -c` reads:
 *
 *   messages/0000017-9f86d081884c.eml
 *   manifest-sha256.txt      9f86d081884c…  messages/0000017-9f86d081884c.eml     (the format of RFC 8493, 2.1.3)
 *   not-exported.txt         only where there are such: number, SHA-256 and why
 *
 * Names hold nothing but digits and letters of our own: nothing of the mail can reach a file system. zip64 where there
 * are more than 65,535 files or 4 GiB. One message at a time is in memory, and some bytes for each name.
 */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

export interface EmlFile {
  readonly number: number;
  readonly sha256: string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly sentAt: number | undefined;
  readonly raw: Buffer;
}

export interface NotExported {
  readonly number: number;
  readonly sha256: string;
  readonly reason: string;
}

const nameOf = ({ number, sha256 }: { readonly number: number; readonly sha256: string }): string =>
  `messages/${String(number).padStart(7, '0')}-${sha256.slice(0, 12)}.eml`;

/** What the times of a zip can say; beyond, its first day. */
const firstZipTime = Date.UTC(1980, 0, 2);
const lastZipTime = Date.UTC(2107, 11, 30);

/** `missing` fills while the files are read, and is complete once they are. */
export async function* emlZip(
  files: AsyncIterable<EmlFile>,
  missing: readonly NotExported[],
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const adding = addAll(zip, files, missing);
  // What goes wrong there ends the stream here.
  const output = zip.outputStream as Readable;
  adding.catch((error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    yield* output as AsyncIterable<Uint8Array>;
    await adding;
  } finally {
    output.destroy();
  }
}

async function addAll(
  zip: ZipFile,
  files: AsyncIterable<EmlFile>,
  missing: readonly NotExported[],
): Promise<void> {
  const manifest: string[] = [];
  for await (const file of files) {
    manifest.push(`${file.sha256}  ${nameOf(file)}\n`);
    await add(zip, nameOf(file), [file.raw], file.sentAt);
  }
  await add(zip, 'manifest-sha256.txt', manifest, undefined);
  const lines = missing.map(({ number, sha256, reason }) => `${number}\t${sha256}\t${reason}\n`);
  if (lines.length > 0) await add(zip, 'not-exported.txt', lines, undefined);
  zip.end();
}

/** Waits until the file is read: so many bytes, and no more, are ever in memory. */
async function add(
  zip: ZipFile,
  name: string,
  parts: readonly (Buffer | string)[],
  time: number | undefined,
): Promise<void> {
  const stream = Readable.from(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)),
    { objectMode: false },
  );
  const isKnown = time !== undefined && time >= firstZipTime && time <= lastZipTime;
  const mtime = new Date(isKnown ? time : firstZipTime);
  zip.addReadStream(stream, name, { mtime, mode: 0o100644, compress: true });
  await once(stream, 'end');
}
