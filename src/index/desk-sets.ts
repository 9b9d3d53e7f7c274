/** Which messages of this trove a condition on the desk selects: the desk names them by SHA-256, the index by number. */
import type { StatementSync } from 'node:sqlite';
import type { CatalogReader } from '../store/catalog-reader.js';
import { messagesRead } from '../store/desk/marks.js';
import { standingNotes } from '../store/desk/notes.js';
import { messagesTagged } from '../store/desk/tags.js';
import { Desk } from '../store/desk.js';
import type { Trove } from '../store/trove.js';
import type { DeskCondition, Phrase, Query } from './query/query.js';
import { queryTokens } from './query/tokens.js';

export class DeskSets {
  readonly #desk: Desk;
  readonly #numberOf: StatementSync;

  constructor(trove: Trove, catalog: CatalogReader) {
    // Never written through: the clock is not asked.
    this.#desk = new Desk(trove, { now: () => 0 });
    this.#numberOf = catalog.db.prepare('SELECT number FROM message WHERE sha256 = ?');
  }

  close(): void {
    this.#desk.close();
  }

  /** What a kept answer to the query depends on besides the index; '' for nothing. Bounded recursion as in evaluation. */
  versionFor(query: Query): string {
    return isAboutDesk(query) ? `desk ${this.#desk.version} ` : '';
  }

  /** Numbers in no order, some perhaps more than once. What the trove does not have is left out. */
  *numbers(condition: DeskCondition): Generator<number> {
    // Read whole first: other queries may use the same connection before the caller is done.
    const hashes = this.#desk.read((db) => {
      if (condition.kind === 'tag') return Array.from(messagesTagged(db, condition.name, condition.prefix));
      if (condition.kind === 'read') return Array.from(messagesRead(db));
      const { match } = condition;
      return Array.from(standingNotes(db)).flatMap((note) =>
        match === undefined || holds(note.text, match) ? [note.message] : [],
      );
    }, []);
    for (const sha256 of hashes) {
      const row = this.#numberOf.get(sha256);
      if (row !== undefined) yield Number(row.number);
    }
  }
}

function isAboutDesk(query: Query): boolean {
  if (query.kind === 'and' || query.kind === 'or') return query.items.some(isAboutDesk);
  if (query.kind === 'not') return isAboutDesk(query.item);
  return query.kind === 'tag' || query.kind === 'note' || query.kind === 'read';
}

/** The words in a row, as the index would find them. */
function holds(text: string, { tokens, prefix }: Phrase): boolean {
  const there = queryTokens(text);
  const last = tokens.length - 1;
  return there.some((_, start) =>
    tokens.every((token, at) => {
      const found = there[start + at];
      return found !== undefined && (prefix && at === last ? found.startsWith(token) : found === token);
    }),
  );
}
