/** Key files of any kind, told by content: JSON, signed statements, or zone data. */
import type { JSONWebKeySet } from 'jose';
import { readAnswers } from './answers.js';
import type { KeyFile } from './found-record.js';
import { readStatements } from './statement.js';
import { readZone } from './zone.js';

/** Reads the text of a key file. Never throws: what cannot be read is among the problems. */
export async function readKeyFile(text: string, jwks: JSONWebKeySet | undefined): Promise<KeyFile> {
  const start = text.slice(0, 1_000).trimStart();
  if (start.startsWith('{') || start.startsWith('[')) {
    try {
      return readAnswers(JSON.parse(text));
    } catch (error) {
      return refused(`no JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (!/^[\w-]{10,}\.[\w-]{10,}\.[\w-]*$/m.test(start.split('\n', 1)[0] ?? '')) return readZone(text);
  if (jwks === undefined) return refused('signed statements need the key set of the archive (--jwks FILE)');
  return await readStatements(text, jwks);
}

const refused = (note: string): KeyFile => ({ records: [], problems: [{ place: 'the file', note }] });
