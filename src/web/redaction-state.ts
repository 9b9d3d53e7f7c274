/** What pages about redaction stand on: candidates as they are now, and a redactor with all that is decided now, kept until either changes. */
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { Redactor } from '../redact/redact-message.js';
import { Candidates, candidatesPath } from '../review/candidate-store.js';
import { decisionsOf } from '../review/decided.js';
import { troveNumbering } from '../review/numbering.js';
import type { Trove } from '../store/trove.js';
import type { LiveArchive } from './live-archive.js';

export class RedactionState {
  readonly #live: LiveArchive;
  #candidates: Candidates | undefined;
  #file = '';
  #redactor: Redactor | undefined;
  #redactorKey = '';

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

  /** For previews: its commitments are under a key of this process, and its numbers are not kept. */
  redactor(trove: Trove): Redactor {
    const candidates = this.candidates(trove);
    const { desk } = this.#live;
    const key = `${this.#file} ${desk.version}`;
    if (this.#redactor !== undefined && key === this.#redactorKey) return this.#redactor;
    this.#redactor = new Redactor(decisionsOf(desk, candidates), {
      numbering: troveNumbering(desk).number,
      key: randomBytes(32),
      findPages: () => undefined,
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
