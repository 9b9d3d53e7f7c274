/**
 * Keys of authors in `keys.db`: OpenPGP public keys and X.509 certificates that the operator imported. As with the keys
 * of domains nothing is ever replaced: a key that comes again with a revocation is another row beside the old one.
 */
import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type Certificate, readCertificate, readPem, subjectOf } from '../verify/author/certificate.js';
import { type PgpKey, readPgpKeys, splitKeyBlocks } from '../verify/author/pgp-key.js';
import { keysPath } from './keys.js';
import { migrate } from './migrate.js';
import { openForReading } from './open-database.js';
import type { Trove } from './trove.js';

export interface AuthorKeyFile {
  readonly pgp: readonly PgpKey[];
  readonly certificates: readonly Certificate[];
}

/** Keys and certificates in armour; undefined for a file that has neither. */
export function readAuthorKeyFile(text: string): AuthorKeyFile | undefined {
  if (!/^-----BEGIN (?:PGP PUBLIC KEY BLOCK|CERTIFICATE)-----/m.test(text)) return undefined;
  const pgp = splitKeyBlocks(text).flatMap((block) => readPgpKeys(Buffer.from(block, 'latin1')));
  return { pgp, certificates: readPem(text) };
}

/** Who gave the keys, and how. */
export interface AuthorKeyTerms {
  readonly observer: string;
  readonly method: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Adds keys; returns how many are new. The caller holds the trove's lock. */
export function addAuthorKeys(
  trove: Trove,
  { pgp, certificates }: AuthorKeyFile,
  terms: AuthorKeyTerms,
): number {
  const db = new DatabaseSync(keysPath(trove));
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000');
    migrate(db, 'keys');
    const insert = db.prepare(
      'INSERT INTO author_key (kind, fingerprint, bytes, observer, method, recorded_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    const name = db.prepare('INSERT INTO author_key_name VALUES (?, ?)');
    let added = 0;
    db.exec('BEGIN');
    for (const { parts, bytes } of pgp) {
      const { changes, lastInsertRowid } = insert.run(
        'openpgp',
        parts[0]?.fingerprint ?? '',
        bytes,
        terms.observer,
        terms.method,
        terms.now,
      );
      if (Number(changes) === 0) continue;
      added += 1;
      const names = parts.flatMap(({ fingerprint }) => [fingerprint, fingerprint.slice(-16)]);
      for (const one of new Set(names)) name.run(one, lastInsertRowid);
    }
    for (const { sha256, der } of certificates)
      added += Number(insert.run('x509', sha256, der, terms.observer, terms.method, terms.now).changes);
    db.exec('COMMIT');
    return added;
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK');
    db.close();
  }
}

export interface StoredAuthorKey {
  readonly kind: 'openpgp' | 'x509';
  readonly fingerprint: string;
  /** Fingerprints under which a judgement may name it: subkeys have their own. */
  readonly names: readonly string[];
  /** Whose it is, as it says itself. */
  readonly holder: string;
  readonly bytes: Buffer;
  readonly observer: string;
}

/** Readers see what was there when they opened it, as those of domain keys do. */
export class AuthorKeyReader {
  readonly #db: DatabaseSync | undefined;
  readonly #found = new Map<string, { keys: readonly PgpKey[]; state: string }>();
  #certificates: { all: readonly Certificate[]; state: string } | undefined;

  constructor(trove: Trove) {
    if (!existsSync(keysPath(trove))) return;
    const db = openForReading(keysPath(trove));
    // A store that nobody wrote to since authors have keys.
    if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'author_key_name'").get() === undefined)
      db.close();
    else this.#db = db;
  }

  close(): void {
    this.#db?.close();
  }

  /** Keys by fingerprint or key id, with the state of what is known under it: '' where nothing is. */
  consultPgp(issuer: string): { keys: readonly PgpKey[]; state: string } {
    let found = this.#found.get(issuer);
    if (found === undefined) {
      const rows =
        this.#db
          ?.prepare(
            'SELECT bytes FROM author_key JOIN author_key_name ON id = author_key WHERE name = ? ORDER BY id',
          )
          .all(issuer) ?? [];
      const stored = rows.map((row) => Buffer.from(row.bytes as Uint8Array));
      found = { keys: stored.flatMap(readPgpKeys), state: stateOf(stored) };
      if (this.#found.size >= maxRemembered) this.#found.clear();
      this.#found.set(issuer, found);
    }
    return found;
  }

  /** All certificates: any of them may be the root of a chain. */
  consultCertificates(): { all: readonly Certificate[]; state: string } {
    if (this.#certificates === undefined) {
      const stored = this.all()
        .filter(({ kind }) => kind === 'x509')
        .map(({ bytes }) => bytes);
      const all = stored.map(readCertificate).filter((certificate) => certificate !== undefined);
      this.#certificates = { all, state: stateOf(stored) };
    }
    return this.#certificates;
  }

  all(): StoredAuthorKey[] {
    const rows = this.#db?.prepare('SELECT * FROM author_key ORDER BY id').all() ?? [];
    return rows.map((row) => {
      const bytes = Buffer.from(row.bytes as Uint8Array);
      const fingerprint = String(row.fingerprint);
      const told = row.kind === 'openpgp' ? tellPgp(bytes) : tellCertificate(bytes);
      return {
        kind: row.kind as 'openpgp' | 'x509',
        fingerprint,
        bytes,
        observer: String(row.observer),
        ...told,
      };
    });
  }
}

function tellPgp(bytes: Buffer): { names: string[]; holder: string } {
  const keys = readPgpKeys(bytes);
  return {
    names: keys.flatMap(({ parts }) => parts.map(({ fingerprint }) => fingerprint)),
    holder: keys.flatMap(({ userIds }) => userIds).join(', '),
  };
}

function tellCertificate(bytes: Buffer): { names: string[]; holder: string } {
  const certificate = readCertificate(bytes);
  return certificate === undefined
    ? { names: [], holder: '' }
    : { names: [certificate.sha256], holder: subjectOf(certificate) };
}

const maxRemembered = 10_000;

const stateOf = (stored: readonly Buffer[]): string =>
  stored.length === 0 ? '' : hash('sha256', Buffer.concat(stored), 'hex').slice(0, 16);
