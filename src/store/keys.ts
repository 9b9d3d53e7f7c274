/**
 * The key store, `keys.db`: what domains published for signing mail, who saw it and when, and which keys are burned.
 * Durable, as catalog and desk are: what was seen in DNS years ago cannot be seen again.
 */
import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { CandidateKey, KeySighting } from '../verify/candidate.js';
import { readKeyRecord } from '../verify/key-record.js';
import { type FoundRecord, type Provenance, provenances } from '../verify/keys/found-record.js';
import { migrate } from './migrate.js';
import { openForReading } from './open-database.js';
import type { Trove } from './trove.js';

export const keysPath = (trove: Trove): string => join(trove.dir, 'keys.db');

/** What the importer says of records that do not speak for themselves. */
export interface ImportTerms {
  readonly observer: string;
  readonly provenance: Provenance;
  /** How the records came here, e.g. the file's name and SHA-256. */
  readonly method: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface StoredKey {
  readonly domain: string;
  readonly selector: string;
  readonly txt: string;
  readonly spkiSha256: string | undefined;
  readonly burned: boolean;
  readonly sighting: KeySighting;
}

export class KeyStore {
  readonly #db: DatabaseSync;

  constructor(trove: Trove) {
    this.#db = new DatabaseSync(keysPath(trove));
    this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000');
    migrate(this.#db, 'keys');
  }

  close(): void {
    this.#db.close();
  }

  /** Adds records with an observation each. Returns how many keys and how many observations are new. */
  add(records: readonly FoundRecord[], terms: ImportTerms): { keys: number; observations: number } {
    const insertKey = this.#db.prepare(
      'INSERT INTO key (domain, selector, txt, spki_sha256) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    const findKey = this.#db.prepare('SELECT id FROM key WHERE domain = ? AND selector = ? AND txt = ?');
    const insertObservation = this.#db.prepare(`INSERT INTO observation
      (key, source, provenance, observer, method, first_seen, last_seen, recorded_at, evidence)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
    let keys = 0;
    let observations = 0;
    this.#db.exec('BEGIN');
    try {
      for (const found of records) {
        const txt = storable(found.txt);
        const record = readKeyRecord(txt);
        const spki = 'unusable' in record ? null : record.spkiSha256;
        keys += Number(insertKey.run(found.domain, found.selector, txt, spki).changes);
        const key = Number(findKey.get(found.domain, found.selector, txt)?.id);
        const { changes } = insertObservation.run(
          key,
          found.source,
          found.provenance ?? terms.provenance,
          storable(found.observer ?? terms.observer),
          storable(terms.method),
          found.firstSeen ?? null,
          found.lastSeen ?? null,
          terms.now,
          storable(found.evidence),
        );
        observations += Number(changes);
      }
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
    return { keys, observations };
  }

  /** Registers keys whose private half is known, by SHA-256 of the SubjectPublicKeyInfo in hex. */
  addBurned(fingerprints: readonly string[], reason: string, method: string, now: number): number {
    const insert = this.#db.prepare('INSERT INTO burned VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
    this.#db.exec('BEGIN');
    let added = 0;
    for (const fingerprint of fingerprints)
      added += Number(insert.run(fingerprint, reason, method, now).changes);
    this.#db.exec('COMMIT');
    return added;
  }

  /** Remembers that live DNS had no key, or did not answer. */
  addUnanswered(domain: string, selector: string, observer: string, outcome: string, now: number): void {
    this.#db
      .prepare(
        'INSERT INTO unanswered (domain, selector, asked_at, observer, outcome) VALUES (?, ?, ?, ?, ?)',
      )
      .run(domain, selector, now, observer, outcome);
  }
}

const storable = (text: string): string => text.replaceAll('\0', '\u2400');

const keyColumns = `SELECT key.*, burned.spki_sha256 IS NOT NULL AS is_burned FROM key
  LEFT JOIN burned ON burned.spki_sha256 = key.spki_sha256`;

export interface ConsultedKeys {
  readonly keys: readonly CandidateKey[];
  /** Changes whenever what is known of the selector changes, so that what was judged under it is judged again; '' without a key. */
  readonly state: string;
}

const stateOf = (keys: readonly StoredKey[]): string =>
  keys.length === 0
    ? ''
    : hash(
        'sha256',
        JSON.stringify(keys.map(({ txt, burned, sighting }) => [txt, burned, sighting])),
        'hex',
      ).slice(0, 16);

/** The key store as readers see it. A trove without one has no keys. */
export class KeyReader {
  readonly #db: DatabaseSync | undefined;
  readonly #found = new Map<string, ConsultedKeys>();

  constructor(trove: Trove) {
    this.#db = existsSync(keysPath(trove)) ? openForReading(keysPath(trove)) : undefined;
  }

  close(): void {
    this.#db?.close();
  }

  /** All keys of a selector as `judgeMessage` wants them, with the state of what is known of it; read once. */
  consult(domain: string, selector: string): ConsultedKeys {
    const name = `${selector} ${domain}`;
    let found = this.#found.get(name);
    if (found === undefined) {
      const stored = this.keys(domain, selector);
      const keys = stored.map(({ txt, burned, sighting }) => ({
        record: readKeyRecord(txt),
        burned,
        sighting,
      }));
      found = { keys, state: stateOf(stored) };
      // A hostile trove names a selector of its own in every message.
      if (this.#found.size >= maxRemembered) this.#found.clear();
      this.#found.set(name, found);
    }
    return found;
  }

  /** Keys of one selector, or all; in order of domain, selector and arrival. */
  keys(domain?: string, selector?: string): StoredKey[] {
    if (this.#db === undefined) return [];
    const rows =
      domain === undefined || selector === undefined
        ? this.#db.prepare(`${keyColumns} ORDER BY domain, selector, id`).all()
        : this.#db
            .prepare(`${keyColumns} WHERE domain = ? AND selector = ? ORDER BY id`)
            .all(domain, selector);
    return rows.map((row) => ({
      domain: String(row.domain),
      selector: String(row.selector),
      txt: String(row.txt),
      spkiSha256: row.spki_sha256 === null ? undefined : String(row.spki_sha256),
      burned: row.is_burned === 1,
      sighting: this.#sighting(Number(row.id)),
    }));
  }

  #sighting(key: number): KeySighting {
    const rows = this.#db?.prepare('SELECT * FROM observation WHERE key = ? ORDER BY id').all(key) ?? [];
    const times = (column: string): number[] =>
      rows.flatMap((row) => (row[column] === null ? [] : [Number(row[column])]));
    const first = times('first_seen');
    const last = times('last_seen');
    return {
      provenance: combined(
        rows.map((row) => ({ provenance: row.provenance as Provenance, observer: String(row.observer) })),
      ),
      observers: [...new Set(rows.map((row) => String(row.observer)))],
      firstSeen: first.length === 0 ? undefined : Math.min(...first),
      lastSeen: last.length === 0 ? undefined : Math.max(...last),
    };
  }

  /** Whether DNS was asked for this selector in vain. */
  wasUnanswered(domain: string, selector: string): boolean {
    return (
      this.#db
        ?.prepare('SELECT 1 FROM unanswered WHERE domain = ? AND selector = ?')
        .get(domain, selector) !== undefined
    );
  }
}

const maxRemembered = 20_000;

/** The best of several; two archives that agree are worth more than one. */
function combined(
  observations: readonly { readonly provenance: Provenance; readonly observer: string }[],
): Provenance {
  const archives = new Set(
    observations.filter(({ provenance }) => provenance === 'single-archive').map(({ observer }) => observer),
  );
  const words = observations.map(({ provenance }) => provenance);
  if (archives.size > 1) words.push('several-archives');
  return provenances.find((word) => words.includes(word)) ?? 'submitter-supplied';
}
