/**
 * Writing what was found: `verify-vN.db`. One writer at a time (`verify.lock`); readers need no lock.
 *
 * A batch of messages is one transaction: a run that is killed goes on with the messages that have no row.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type SignatureRecord, storedFindings, verifyPath } from '../index/judgements.js';
import { openOrMake } from '../store/open-database.js';
import { packageRoot } from '../store/package-root.js';
import type { Trove } from '../store/trove.js';
import { type Label, labelOf } from '../verify/label.js';
import { type KeyState, ruleVersions, type ToolVersions } from '../verify/message-judgement.js';
import type { Examined, Found, Group, Scope } from './job.js';

export class JudgementStore {
  readonly #db: DatabaseSync;
  readonly #states = new Map<string, number>();
  #pass = 0;

  constructor(trove: Trove) {
    removeOtherVersions(trove);
    this.#db = openOrMake(verifyPath(trove), (db) =>
      db.exec(readFileSync(join(packageRoot, 'src', 'index', 'judgements.sql'), 'utf8')),
    );
    // A message that is judged again keeps what was found beside others meanwhile: its row goes before they do.
    this.#db.exec(
      'PRAGMA foreign_keys = OFF; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -16000',
    );
  }

  close(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#db.close();
  }

  /** Begins a pass. Where the rules are no longer those that judged, nothing that they said stands. */
  begin(tools: ToolVersions, now: number): void {
    const rules = JSON.stringify(ruleVersions);
    const other = this.#db.prepare('SELECT 1 FROM pass WHERE rules <> ?').get(rules);
    if (other !== undefined)
      this.#transact(() => {
        for (const table of [
          'finding',
          'signature',
          'consulted',
          'compared',
          'judgement',
          'key_state',
          'pass',
        ])
          this.#db.exec(`DELETE FROM ${table}`);
      });
    const run = this.#db
      .prepare('INSERT INTO pass (started_at, tools, rules) VALUES (?, ?, ?)')
      .run(now, JSON.stringify(tools), rules);
    this.#pass = Number(run.lastInsertRowid);
  }

  /** Ends the pass. One that judged nothing leaves no trace. */
  finish(now: number): void {
    this.#db.prepare('UPDATE pass SET finished_at = ? WHERE id = ?').run(now, this.#pass);
    this.#db.exec('DELETE FROM pass WHERE id NOT IN (SELECT pass FROM judgement)');
  }

  /** Forgets what was judged under keys of which other things are known by now. Returns how many messages that touches. */
  forgetStale(stateOf: (domain: string, selector: string) => string): number {
    let touched = 0;
    this.#transact(() => {
      const stale = this.#db
        .prepare('SELECT * FROM key_state')
        .all()
        .filter((row) => stateOf(String(row.domain), String(row.selector)) !== row.state);
      for (const { id } of stale) {
        const numbers = this.#db.prepare('SELECT number FROM consulted WHERE key_state = ?').all(id ?? 0);
        for (const { number } of numbers) touched += this.#forget(Number(number));
        this.#db.prepare('DELETE FROM key_state WHERE id = ?').run(id ?? 0);
      }
    });
    this.#states.clear();
    return touched;
  }

  #forget(number: number): number {
    this.#db.prepare("DELETE FROM finding WHERE number = ? AND scope = 'message'").run(number);
    this.#db.prepare('DELETE FROM signature WHERE number = ?').run(number);
    this.#db.prepare('DELETE FROM consulted WHERE number = ?').run(number);
    return Number(this.#db.prepare('DELETE FROM judgement WHERE number = ?').run(number).changes);
  }

  isJudged(number: number): boolean {
    return this.#db.prepare('SELECT 1 FROM judgement WHERE number = ?').get(number) !== undefined;
  }

  count(): number {
    return Number(this.#db.prepare('SELECT count(*) AS n FROM judgement').get()?.n);
  }

  save(examined: readonly Examined[], hashOf: (number: number) => string): void {
    const insert = this.#db.prepare('INSERT OR REPLACE INTO judgement VALUES (?, ?, ?, NULL, ?, ?)');
    const sign = this.#db.prepare('INSERT OR REPLACE INTO signature VALUES (?, ?, ?, ?, ?, ?, ?)');
    const consult = this.#db.prepare('INSERT OR IGNORE INTO consulted VALUES (?, ?)');
    this.#transact(() => {
      for (const { number, record, dated, findings, consulted, signatures } of examined) {
        insert.run(number, Buffer.from(hashOf(number), 'hex'), this.#pass, dated ?? null, record);
        for (const [ordinal, { kind, domain, selector, result, body }] of signatures.entries())
          sign.run(number, ordinal, kind, domain, selector, result, body);
        for (const state of consulted) consult.run(this.#stateId(state), number);
        this.#replace(
          'message',
          number,
          findings.map((finding) => ({ number, finding })),
        );
      }
    });
  }

  #stateId({ domain, selector, state }: KeyState): number {
    const name = `${selector} ${domain} ${state}`;
    const known = this.#states.get(name);
    if (known !== undefined) return known;
    this.#db
      .prepare('INSERT OR IGNORE INTO key_state (domain, selector, state) VALUES (?, ?, ?)')
      .run(domain, selector, state);
    const row = this.#db
      .prepare('SELECT id FROM key_state WHERE domain = ? AND selector = ? AND state = ?')
      .get(domain, selector, state);
    const id = Number(row?.id);
    if (this.#states.size >= maxRemembered) this.#states.clear();
    this.#states.set(name, id);
    return id;
  }

  /** Replaces what was found of these messages in this scope. A label that may change waits to be given again. */
  replaceFindings(scope: Scope, numbers: Iterable<number>, found: readonly Found[]): void {
    const of = Map.groupBy(found, ({ number }) => number);
    this.#transact(() => {
      for (const number of numbers) this.#replace(scope, number, of.get(number) ?? []);
    });
  }

  #replace(scope: Scope, number: number, found: readonly Found[]): void {
    const had = this.#db
      .prepare(
        "SELECT max(level = 'conflict') AS conflict, count(*) AS n FROM finding WHERE number = ? AND scope = ?",
      )
      .get(number, scope);
    if (Number(had?.n) === 0 && found.length === 0) return;
    this.#db.prepare('DELETE FROM finding WHERE number = ? AND scope = ?').run(number, scope);
    const insert = this.#db.prepare('INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?)');
    for (const [ordinal, { finding }] of found.entries()) {
      const { code, level, facts, others } = finding;
      insert.run(number, ordinal, scope, code, level, JSON.stringify(facts), JSON.stringify(others));
    }
    if (Number(had?.conflict ?? 0) === 1 || found.some(({ finding }) => finding.level === 'conflict'))
      this.#db.prepare('UPDATE judgement SET label = NULL WHERE number = ?').run(number);
  }

  /** Messages that have findings of a scope. */
  numbersWith(scope: Scope): number[] {
    const rows = this.#db.prepare('SELECT DISTINCT number FROM finding WHERE scope = ?').all(scope);
    return rows.map(({ number }) => Number(number));
  }

  wasCompared(name: string, members: string): boolean {
    return this.#db.prepare('SELECT members FROM compared WHERE grp = ?').get(name)?.members === members;
  }

  /** What was found in a group, and that it was compared, at once. */
  saveGroup({ name, members, scope, shared, facts }: Group, found: readonly Found[]): void {
    this.replaceFindings(
      scope,
      [...shared, ...facts].map(({ number }) => number),
      found,
    );
    this.#db.prepare('INSERT OR REPLACE INTO compared VALUES (?, ?)').run(name, members);
  }

  /** Whether a signature of the message holds for its headers and body, as far as it covers them. */
  isVerified(number: number): boolean {
    const sql = "SELECT 1 FROM signature WHERE number = ? AND kind = 'dkim' AND result = 'verified'";
    return this.#db.prepare(sql).get(number) !== undefined;
  }

  /** Selectors of which no key is at hand, or none that verifies; those of the most messages first. */
  selectorsInNeed(most: number): { domain: string; selector: string; messages: number }[] {
    const rows = this.#db
      .prepare(
        `SELECT domain, selector, count(DISTINCT number) AS n FROM signature WHERE result IN ('no-key', 'failed')
          GROUP BY domain, selector ORDER BY n DESC, domain, selector LIMIT ?`,
      )
      .all(most);
    return rows.map((row) => ({
      domain: String(row.domain),
      selector: String(row.selector),
      messages: Number(row.n),
    }));
  }

  /** Gives every message that waits for one its label, a thousand at a time. */
  label(): void {
    const rows = this.#db.prepare('SELECT number, record FROM judgement WHERE label IS NULL LIMIT 1000');
    const give = this.#db.prepare('UPDATE judgement SET label = ? WHERE number = ?');
    for (;;) {
      const waiting = rows.all();
      if (waiting.length === 0) return;
      this.#transact(() => {
        for (const { number, record } of waiting)
          give.run(this.#labelOf(Number(number), String(record)), Number(number));
      });
    }
  }

  #labelOf(number: number, record: string): Label {
    return labelOf({ ...(JSON.parse(record) as SignatureRecord), findings: storedFindings(this.#db, number) })
      .label;
  }

  #transact(write: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      write();
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}

const maxRemembered = 20_000;

/** What another version of the program wrote is of no use to this one. */
function removeOtherVersions(trove: Trove): void {
  const own = verifyPath(trove);
  for (const file of readdirSync(trove.dir)) {
    const path = join(trove.dir, file);
    if (/^verify-v\d+\.db(?:-wal|-shm|\.new)?$/.test(file) && !path.startsWith(own))
      rmSync(path, { force: true });
  }
}
