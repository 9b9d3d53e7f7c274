/**
 * Reads the sample's containers back, independently of the code that wrote them and of src/receive.
 *
 *   From r.abara@eastmarch-harbour.example Tue Feb 24 15:03:06 2015   → message, unquoted, without separator
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fromBuffer } from 'yauzl';

const fromLine = /^From \S+ [A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;

/** Messages of an mboxrd; a From_ line counts at the start and after an empty line. */
export function readMbox(bytes: Buffer): Buffer[] {
  const messages: string[][] = [];
  const lineEnd = bytes.subarray(0, 200).includes('\r\n') ? '\r\n' : '\n';
  let previous = '';
  for (const line of bytes.toString('latin1').split(lineEnd)) {
    if (previous === '' && fromLine.test(line)) messages.push([]);
    else messages.at(-1)?.push(line.replace(/^>(>*From )/, '$1'));
    previous = line;
  }
  // Each message is followed by one empty line, the last one also by the end of the file.
  return messages.map((lines, index) => {
    const extra = index === messages.length - 1 ? 2 : 1;
    return Buffer.from(lines.slice(0, -extra).join(lineEnd) + lineEnd, 'latin1');
  });
}

/** Relative paths, with `/`, of all files below a folder. */
export function listFiles(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return files.map((name) => relative(folder, join(folder, name)).split(sep).join('/')).sort();
}

async function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const entries = new Map<string, Buffer>();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  fromBuffer(bytes, { lazyEntries: true }, (problem, archive) => {
    if (problem) return reject(problem);
    archive.on('error', reject);
    archive.on('end', () => resolve());
    archive.on('entry', (entry) => {
      archive.openReadStream(entry, (failure, stream) => {
        if (failure) return reject(failure);
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          entries.set(entry.fileName, Buffer.concat(chunks));
          archive.readEntry();
        });
      });
    });
    archive.readEntry();
  });
  await promise;
  return entries;
}

function addAll(into: Map<string, Buffer>, path: string, messages: readonly Buffer[]): void {
  for (const [index, message] of messages.entries()) into.set(`${path}#${index + 1}`, message);
}

/** Every message of the sample, by the paths that expected.json uses. */
export async function readSample(mail: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const path of listFiles(mail)) {
    const bytes = readFileSync(join(mail, path));
    if (path.endsWith('.mbox')) addAll(found, path, readMbox(bytes));
    else if (path.endsWith('.gz')) addAll(found, path, readMbox(gunzipSync(bytes)));
    else if (path.endsWith('.eml') || /\/(?:cur|new)\//.test(path)) found.set(path, bytes);
    else if (path.endsWith('.zip')) {
      for (const [name, content] of await unzip(bytes)) {
        if (name.endsWith('.mbox')) addAll(found, `${path}#${name}`, readMbox(content));
      }
    }
  }
  return found;
}
