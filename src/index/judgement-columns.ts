/**
 * What conditions and facets need of judgements, by message number: label, findings as bits, signatures as small
 * numbers. Loaded for the first that asks, anew when a pass has written.
 */
import type { DatabaseSync } from 'node:sqlite';
import { GrowingIntegers } from '../thread/growing.js';
import { findingCodes, findingLevels } from '../verify/finding.js';
import { type Label, labels } from '../verify/label.js';
import { Dictionary, Lists } from './columns.js';
import type { JudgementCondition } from './query/query.js';

/** Bit of each level, then of each code: at most 32 together. */
const bits: ReadonlyMap<string, number> = new Map(
  [...findingLevels, ...findingCodes].map((name, at) => [name, 2 ** at]),
);

export class JudgementColumns {
  /** 1 + the place of the label in `labels`; 0 where there is none. */
  readonly labels: Uint8Array;
  readonly #findings: Uint32Array;
  readonly #signatures: Lists;
  /** `domain selector`, and ` verified` where a DKIM signature verifies. */
  readonly #signed = new Dictionary();

  constructor(db: DatabaseSync | undefined, capacity: number) {
    this.labels = loadLabels(db, capacity);
    this.#findings = loadFindings(db, capacity);
    this.#signatures = this.#loadSignatures(db, capacity);
  }

  #loadSignatures(db: DatabaseSync | undefined, capacity: number): Lists {
    const pairs = new GrowingIntegers();
    const rows = db?.prepare('SELECT number, kind, domain, selector, result FROM signature WHERE number < ?');
    for (const row of rows?.iterate(capacity) ?? []) {
      const holds = row.kind === 'dkim' && row.result === 'verified';
      pairs.push(Number(row.number));
      pairs.push(this.#signed.id(`${row.domain} ${row.selector}${holds ? ' verified' : ''}`));
    }
    return Lists.from(pairs);
  }

  /** Whether a message fulfils the condition. */
  test(condition: JudgementCondition): (number: number) => boolean {
    switch (condition.kind) {
      case 'label': {
        const place = condition.label === undefined ? undefined : labels.indexOf(condition.label) + 1;
        return (number) => (place === undefined ? this.labels[number] !== 0 : this.labels[number] === place);
      }
      case 'finding': {
        const mask = condition.which === undefined ? 0xffffffff : (bits.get(condition.which) ?? 0);
        return (number) => ((this.#findings[number] ?? 0) & mask) !== 0;
      }
      default: {
        const wanted = this.#signaturesLike(condition);
        return (number) => this.#signatures.some(number, (id) => wanted.has(id));
      }
    }
  }

  #signaturesLike(condition: Extract<JudgementCondition, { kind: 'signed-by' | 'selector' }>): Set<number> {
    const { domain: wanted } = condition;
    const found = new Set<number>();
    for (const [id, name] of this.#signed.names.entries()) {
      const [domain = '', selector = '', holds] = name.split(' ');
      if (condition.kind === 'selector') {
        if (selector === condition.selector && (wanted === undefined || domain === wanted)) found.add(id);
      } else if (
        holds !== undefined &&
        (wanted === undefined || domain === wanted || domain.endsWith(`.${wanted}`))
      )
        found.add(id);
    }
    return found;
  }
}

function loadLabels(db: DatabaseSync | undefined, capacity: number): Uint8Array {
  const column = new Uint8Array(capacity);
  const row = db
    ?.prepare(
      'SELECT json_group_array(number) AS n, json_group_array(label) AS l FROM judgement WHERE label IS NOT NULL AND number < ?',
    )
    .get(capacity);
  const numbers = JSON.parse(String(row?.n ?? '[]')) as number[];
  const values = JSON.parse(String(row?.l ?? '[]')) as Label[];
  for (const [at, number] of numbers.entries())
    column[number] = labels.indexOf(values[at] ?? 'inconclusive') + 1;
  return column;
}

function loadFindings(db: DatabaseSync | undefined, capacity: number): Uint32Array {
  const column = new Uint32Array(capacity);
  const rows = db?.prepare('SELECT number, code, level FROM finding WHERE number < ?');
  for (const { number, code, level } of rows?.iterate(capacity) ?? []) {
    const bit = (bits.get(String(code)) ?? 0) | (bits.get(String(level)) ?? 0);
    column[Number(number)] = (column[Number(number)] ?? 0) | bit;
  }
  return column;
}
