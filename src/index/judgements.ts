/**
 * What `impart verify` found, as its readers see it: `verify-vN.db` beside the index, which `judging/` writes.
 *
 *   find(17)  → { number: 17, sha256, label: 'domain-signed', sentence, signatures, arc, author, findings, under }
 *
 * A file of its own, with a version of its own, as the text of attachments has: what was verified outlives a reindex.
 */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Trove } from '../store/trove.js';
import type { ArcChain } from '../verify/arc.js';
import type { AuthorSignature } from '../verify/author/author-signature.js';
import type { Finding, FindingCode, FindingLevel } from '../verify/finding.js';
import type { SignatureJudgement } from '../verify/judgement.js';
import { type Label, labelOf, labels } from '../verify/label.js';
import type {
  JudgedUnder,
  KeyState,
  MessageJudgement,
  RuleVersions,
  ToolVersions,
} from '../verify/message-judgement.js';
import { FollowedDatabase } from './followed-database.js';

/** Version of the tables in `judgements.sql` and of what they hold. Changed rules do not raise it: they have versions of their own. */
export const verifyVersion = 1;

export const verifyPath = (trove: Trove): string => join(trove.dir, `verify-v${verifyVersion}.db`);

/** The part of a judgement that comes from signatures, as stored. */
export interface SignatureRecord {
  readonly signatures: readonly SignatureJudgement[];
  readonly arc: ArcChain;
  readonly author: readonly AuthorSignature[];
}

/** DKIM signatures that name one domain (d=), by what became of them. */
export interface DomainCounts {
  readonly domain: string;
  readonly messages: number;
  readonly signatures: number;
  readonly verified: number;
  readonly headersOnly: number;
  readonly failed: number;
  readonly noKey: number;
  /** Malformed or unsupported. */
  readonly unread: number;
  /** The body hash holds, whatever is known of the key. */
  readonly bodyIntact: number;
}

type Row = Readonly<Record<string, unknown>>;

export class Judgements {
  readonly #file: FollowedDatabase;

  constructor(trove: Trove) {
    this.#file = new FollowedDatabase(verifyPath(trove), 'compared');
  }

  /** undefined until something was verified. */
  get db(): DatabaseSync | undefined {
    return this.#file.db;
  }

  close(): void {
    this.#file.close();
  }

  /** Takes up what was committed since the last call. Returns whether something was. */
  refresh(): boolean {
    return this.#file.refresh();
  }

  /** undefined where the message was not judged, or not yet compared with the others. */
  find(number: number): MessageJudgement | undefined {
    const row = this.db
      ?.prepare(
        'SELECT judgement.*, started_at, tools, rules FROM judgement JOIN pass ON pass.id = pass WHERE number = ? AND label IS NOT NULL',
      )
      .get(number);
    return row === undefined || this.db === undefined ? undefined : readJudgement(this.db, row);
  }

  /** Keys under which something verifies: of domains by SHA-256 of the SubjectPublicKeyInfo, of authors by fingerprint. */
  usedKeys(): Set<string> {
    const rows =
      this.db
        ?.prepare(
          `SELECT DISTINCT json_extract(used.value, '$.key') AS key FROM judgement, json_each(record, '$.signatures') AS used
          UNION SELECT json_extract(used.value, '$.key') FROM judgement, json_each(record, '$.author') AS used
          UNION SELECT json_extract(used.value, '$.key') FROM judgement, json_each(record, '$.arc.sets') AS used
          UNION SELECT json_extract(used.value, '$.signature.key') FROM judgement, json_each(record, '$.arc.sets') AS used`,
        )
        .all() ?? [];
    return new Set(rows.flatMap(({ key }) => (key === null ? [] : [String(key)])));
  }

  /** How many messages have each label, in the order of the vocabulary; labels that none has are left out. */
  labelCounts(): { label: Label; count: number }[] {
    const rows =
      this.db
        ?.prepare('SELECT label, count(*) AS n FROM judgement WHERE label IS NOT NULL GROUP BY label')
        .all() ?? [];
    const counts = new Map(rows.map((row) => [String(row.label), Number(row.n)]));
    return labels.flatMap((label) => {
      const count = counts.get(label);
      return count === undefined ? [] : [{ label, count }];
    });
  }

  /** Domains that signed the most first. */
  domainCounts(most: number): DomainCounts[] {
    const rows = this.db
      ?.prepare(
        `SELECT domain, count(DISTINCT number) AS messages, count(*) AS signatures, sum(result = 'verified') AS verified,
          sum(result = 'headers-only') AS headers_only, sum(result = 'failed') AS failed, sum(result = 'no-key') AS no_key,
          sum(result IN ('malformed', 'unsupported')) AS unread, sum(body = 'intact') AS intact
        FROM signature WHERE kind = 'dkim' GROUP BY domain ORDER BY messages DESC, domain LIMIT ?`,
      )
      .all(most);
    return (rows ?? []).map((row) => ({
      domain: String(row.domain),
      messages: Number(row.messages),
      signatures: Number(row.signatures),
      verified: Number(row.verified),
      headersOnly: Number(row.headers_only),
      failed: Number(row.failed),
      noKey: Number(row.no_key),
      unread: Number(row.unread),
      bodyIntact: Number(row.intact),
    }));
  }

  /** Messages with a DKIM signature that can be read, and those of them whose body is what a signature says. */
  bodyCounts(): { signed: number; intact: number; domains: number } {
    const row = this.db
      ?.prepare(
        `SELECT count(DISTINCT number) AS signed, count(DISTINCT iif(body = 'intact', number, NULL)) AS intact,
          count(DISTINCT domain) AS domains FROM signature WHERE kind = 'dkim'`,
      )
      .get();
    return {
      signed: Number(row?.signed ?? 0),
      intact: Number(row?.intact ?? 0),
      domains: Number(row?.domains ?? 0),
    };
  }

  /** How many messages have each code and level of finding; the most frequent first. */
  findingCounts(): { code: FindingCode; level: FindingLevel; count: number }[] {
    const rows = this.db
      ?.prepare(
        'SELECT code, level, count(DISTINCT number) AS n FROM finding GROUP BY code, level ORDER BY n DESC, code',
      )
      .all();
    return (rows ?? []).map((row) => ({
      code: row.code as FindingCode,
      level: row.level as FindingLevel,
      count: Number(row.n),
    }));
  }

  /** Every judgement in order of number, one at a time. */
  *all(): Generator<MessageJudgement> {
    if (this.db === undefined) return;
    const rows = this.db.prepare(
      'SELECT judgement.*, started_at, tools, rules FROM judgement JOIN pass ON pass.id = pass WHERE label IS NOT NULL ORDER BY number',
    );
    for (const row of rows.iterate()) yield readJudgement(this.db, row);
  }
}

function readJudgement(db: DatabaseSync, row: Row): MessageJudgement {
  const number = Number(row.number);
  const { signatures, arc, author } = JSON.parse(String(row.record)) as SignatureRecord;
  const findings = storedFindings(db, number);
  return {
    number,
    sha256: Buffer.from(row.sha256 as Uint8Array).toString('hex'),
    label: row.label as Label,
    sentence: labelOf({ signatures, arc, author, findings }).sentence,
    signatures,
    arc,
    author,
    findings,
    under: readUnder(db, number, row),
  };
}

function readUnder(db: DatabaseSync, number: number, row: Row): JudgedUnder {
  const states = db
    .prepare(
      'SELECT domain, selector, state FROM consulted JOIN key_state ON id = key_state WHERE number = ? ORDER BY domain, selector',
    )
    .all(number);
  return {
    at: Number(row.started_at),
    tools: JSON.parse(String(row.tools)) as ToolVersions,
    rules: JSON.parse(String(row.rules)) as RuleVersions,
    keys: states.map(
      ({ domain, selector, state }): KeyState => ({
        domain: String(domain),
        selector: String(selector),
        state: String(state),
      }),
    ),
  };
}

/** Those of the message itself first, then those from others. */
export function storedFindings(db: DatabaseSync, number: number): Finding[] {
  const rows = db
    .prepare("SELECT * FROM finding WHERE number = ? ORDER BY scope = 'message' DESC, scope, ordinal")
    .all(number);
  return rows.map((row) => ({
    code: row.code as FindingCode,
    level: row.level as FindingLevel,
    facts: JSON.parse(String(row.facts)) as string[],
    others: JSON.parse(String(row.others)) as number[],
  }));
}
