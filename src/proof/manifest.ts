/**
 * Lists of files with their SHA-256, as `sha256sum -c` and BagIt (RFC 8493, 2.1.3) read them.
 *
 *     9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  data/messages/12.json
 *
 * Ours are in the order of their bytes, and the names in them need no escaping: `isPlainPath`.
 */
export interface ManifestLine {
  /** Hex. */
  readonly sha256: string;
  /** From the root of the release, with slashes. */
  readonly path: string;
}

const line = /^([0-9a-f]{64}) {2}([0-9A-Za-z._/-]+)$/;

/** Letters, digits, dot, dash, underscore; no part that is empty or begins with a dot, so that nothing leads out of the folder. */
export function isPlainPath(path: string): boolean {
  return path.split('/').every((part) => /^[0-9A-Za-z_-][0-9A-Za-z._-]*$/.test(part));
}

export function formatManifest(lines: Iterable<ManifestLine>): string {
  const sorted = Array.from(lines).sort((a, b) => (a.path < b.path ? -1 : 1));
  return sorted.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('');
}

/** Undefined for any spelling that `formatManifest` does not write. */
export function parseManifest(text: string): Map<string, string> | undefined {
  const files = new Map<string, string>();
  let before = '';
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const [, sha256 = '', path = ''] = line.exec(text.slice(at, end < 0 ? undefined : end)) ?? [];
    if (end < 0 || !isPlainPath(path) || path <= before) return undefined;
    files.set(path, sha256);
    before = path;
    at = end + 1;
  }
  return files;
}

/** Which manifest lists a file: BagIt's payload lies in data/, all else is tags. */
export const isPayload = (path: string): boolean => path.startsWith('data/');

/** bagit.txt, whose content RFC 8493, 2.1.1 fixes. */
export const bagDeclaration = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';
