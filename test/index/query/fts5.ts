/** Real FTS5 tables in memory: the oracle that these tests hold our tokens and MATCH expressions against. */
import { DatabaseSync } from 'node:sqlite';
import { columns, ftsTokenizer } from '../../../src/index/query/tokens.js';

/** The tokens that FTS5 makes of each text, in order. */
export function fts5Tokens(texts: readonly string[]): string[][] {
  const database = new DatabaseSync(':memory:');
  database.exec(`CREATE VIRTUAL TABLE probe USING fts5(text, content = '', tokenize = "${ftsTokenizer}");
                 CREATE VIRTUAL TABLE terms USING fts5vocab(probe, 'instance');
                 BEGIN`);
  const insert = database.prepare('INSERT INTO probe (rowid, text) VALUES (?, ?)');
  for (const [row, text] of texts.entries()) insert.run(row, text);
  database.exec('COMMIT');
  const tokens: string[][] = texts.map(() => []);
  const instances = database.prepare('SELECT term, doc, offset FROM terms');
  for (const { term, doc, offset } of instances.iterate()) {
    const there = tokens[Number(doc)];
    if (there !== undefined) there[Number(offset)] = String(term);
  }
  database.close();
  return tokens;
}

/** The full-text table as the index has it. */
export function openFullText(): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(
    `CREATE VIRTUAL TABLE text USING fts5(${columns.join(', ')}, content = '', tokenize = "${ftsTokenizer}")`,
  );
  return database;
}
