/** What pages about redaction stand on: candidates as they are now, and a redactor with all that is decided now, kept until either changes. */
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { attachmentBytes } from '../rasterize/cleared.js';
import { rasterize } from '../rasterize/rasterizer.js';
import type { Archive } from '../read/archive.js';
import { judgeFile } from '../redact/active-content.js';
import { Redactor } from '../redact/redact-message.js';
import type { ClearedFile } from '../redact/redacted-message.js';
import { Candidates, candidatesPath } from '../review/candidate-store.js';
import { decisionsOf } from '../review/decided.js';
import { troveNumbering } from '../review/numbering.js';
import type { PageBox } from '../store/desk/clearances.js';
import type { Trove } from '../store/trove.js';
import type { LiveArchive } from './live-archive.js';

/** Files whose drawn pages are kept: an editor goes to and fro between pages of one. */
const keptFiles = 3;

export class RedactionState {
  readonly #live: LiveArchive;
  #candidates: Candidates | undefined;
  #file = '';
  #redactor: Redactor | undefined;
  #redactorKey = '';
  /** Pages drawn last, by SHA-256 of the file; the oldest first. */
  readonly #drawn = new Map<string, { readonly key: string; readonly pages: readonly ClearedFile[] }>();

  constructor(live: LiveArchive) {
    this.#live = live;
  }

  /** undefined until something was scanned. */
  candidates(trove: Trove): Candidates | undefined {
    const file = fileState(candidatesPath(trove));
    if (file === this.#file) return this.#candidates;
    this.#candidates?.close();
    this.#candidates = file === '' ? undefined : Candidates.open(trove);
    this.#file = file;
    return this.#candidates;
  }

  /** Pages of a file with these boxes. Throws OperatorError `attachment-missing`, `pages-not-drawn`. */
  async pages(archive: Archive, sha256: string, boxes: readonly PageBox[]): Promise<readonly ClearedFile[]> {
    const key = JSON.stringify(boxes);
    const known = this.#drawn.get(sha256);
    if (known?.key === key) return known.pages;
    const bytes = await attachmentBytes(archive, sha256);
    const pages = await rasterize(bytes, judgeFile(bytes, '').type.mediaType, boxes);
    this.#drawn.delete(sha256);
    this.#drawn.set(sha256, { key, pages });
    const [oldest] = this.#drawn.keys();
    if (this.#drawn.size > keptFiles && oldest !== undefined) this.#drawn.delete(oldest);
    return pages;
  }

  /** For previews: its commitments are under a key of this process, and its numbers are not kept. */
  redactor(trove: Trove): Redactor {
    const candidates = this.candidates(trove);
    const { desk } = this.#live;
    const key = `${this.#file} ${desk.version}`;
    if (this.#redactor !== undefined && key === this.#redactorKey) return this.#redactor;
    this.#redactor = new Redactor(decisionsOf(desk, candidates), {
      numbering: troveNumbering(desk).number,
      key: randomBytes(32),
      findPages: (sha256) => this.#drawn.get(sha256)?.pages,
      pictureUrl: () => undefined,
    });
    this.#redactorKey = key;
    return this.#redactor;
  }
}

/** Another file, or another state of its write-ahead log. */
function fileState(path: string): string {
  const file = statSync(path, { throwIfNoEntry: false });
  if (file === undefined) return '';
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  return `${file.ino} ${file.size} ${file.mtimeMs} ${log?.size ?? 0} ${log?.mtimeMs ?? 0}`;
}
