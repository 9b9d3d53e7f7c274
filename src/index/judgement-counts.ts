/** What is counted of all judgements for the page of the trove: keys that are missing, signatures of authors. */
import type { DatabaseSync } from 'node:sqlite';
import type { AuthorSignature } from '../verify/author/author-signature.js';

/** A selector of which no key is at hand, or none that fits. */
export interface MissingKey {
  readonly domain: string;
  readonly selector: string;
  /** Messages that name it. */
  readonly messages: number;
  /** Of these, messages that nothing else shows the origin of: what the key would help most. */
  readonly helped: number;
  /** Of these, messages whose body is the one that was signed: the key may well verify them. */
  readonly intact: number;
  /** Dates of the first and the last message, milliseconds since 1970. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** Keys are known, and none of them made the signatures: there was another one. */
  readonly hasOthers: boolean;
}

export interface MissingKeys {
  readonly keys: readonly MissingKey[];
  /** How many there are, shown or not. */
  readonly count: number;
}

/** The most useful first. */
export function missingKeys(db: DatabaseSync, most: number): MissingKeys {
  const rows = db
    .prepare(
      `SELECT domain, selector, count(DISTINCT number) AS messages, max(result = 'failed') AS others,
        count(DISTINCT iif(label IN ('inconclusive', 'receiver-attested', 'author-signed'), number, NULL)) AS helped,
        count(DISTINCT iif(body = 'intact', number, NULL)) AS intact, min(dated) AS first, max(dated) AS last
      FROM signature JOIN judgement USING (number)
      WHERE kind = 'dkim' AND result IN ('no-key', 'failed') AND domain <> ''
      GROUP BY domain, selector`,
    )
    .all()
    .map(
      (row): MissingKey => ({
        domain: String(row.domain),
        selector: String(row.selector),
        messages: Number(row.messages),
        helped: Number(row.helped),
        intact: Number(row.intact),
        first: row.first === null ? undefined : Number(row.first),
        last: row.last === null ? undefined : Number(row.last),
        hasOthers: row.others === 1,
      }),
    );
  rows.sort((a, b) => worth(b) - worth(a) || b.messages - a.messages || (a.domain < b.domain ? -1 : 1));
  return { keys: rows.slice(0, most), count: rows.length };
}

/** A key verifies only what is intact, and helps most where nothing else speaks. */
const worth = ({ helped, intact }: MissingKey): number => Math.min(helped, intact);

export interface AuthorCount {
  readonly kind: AuthorSignature['kind'];
  readonly result: AuthorSignature['result'];
  readonly count: number;
}

export function authorCounts(db: DatabaseSync): AuthorCount[] {
  const rows = db
    .prepare(
      `SELECT json_extract(one.value, '$.kind') AS kind, json_extract(one.value, '$.result') AS result,
        count(DISTINCT number) AS n
      FROM judgement, json_each(record, '$.author') AS one GROUP BY 1, 2 ORDER BY 1, n DESC`,
    )
    .all();
  return rows.map((row) => ({
    kind: row.kind as AuthorSignature['kind'],
    result: row.result as AuthorSignature['result'],
    count: Number(row.n),
  }));
}

/** OpenPGP keys that signatures name and nobody imported; those of the most messages first. */
export function missingAuthorKeys(db: DatabaseSync, most: number): { issuer: string; messages: number }[] {
  const rows = db
    .prepare(
      `SELECT json_extract(one.value, '$.issuer') AS issuer, count(DISTINCT number) AS n
      FROM judgement, json_each(record, '$.author') AS one
      WHERE json_extract(one.value, '$.result') = 'unchecked' AND issuer <> ''
      GROUP BY 1 ORDER BY n DESC, issuer LIMIT ?`,
    )
    .all(most);
  return rows.map((row) => ({ issuer: String(row.issuer), messages: Number(row.n) }));
}
