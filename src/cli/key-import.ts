/** Key files, as given on the command line, into the key store: what `keys import` and `verify --keys` share. */
import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { JSONWebKeySet } from 'jose';
import { OperatorError } from '../errors.js';
import { limits } from '../limits.js';
import { type AuthorKeyFile, addAuthorKeys, readAuthorKeyFile } from '../store/author-keys.js';
import { KeyStore } from '../store/keys.js';
import type { Trove } from '../store/trove.js';
import {
  type FoundRecord,
  type KeyFile,
  type Provenance,
  splitKeyName,
} from '../verify/keys/found-record.js';
import { readKeyFile } from '../verify/keys/read.js';
import { formatCount } from '../web/figures.js';
import { printable } from './output.js';

export interface KeyTerms {
  readonly observer: string;
  readonly provenance: Provenance;
  readonly jwks?: string;
  readonly record?: readonly string[];
}

/** What the importer says where nobody says more. */
export const defaultTerms = { observer: 'the submitter', provenance: 'submitter-supplied' } as const;

/** Returns the number of problems, each of which was told. */
export async function importRecords(
  trove: Trove,
  paths: readonly string[],
  options: KeyTerms,
): Promise<number> {
  const jwks = options.jwks === undefined ? undefined : readKeySet(options.jwks);
  const store = new KeyStore(trove);
  let problems = 0;
  const total = { keys: 0, observations: 0 };
  const add = (file: KeyFile, path: string, method: string): void => {
    const added = store.add(file.records, { ...options, method, now: Date.now() });
    total.keys += added.keys;
    total.observations += added.observations;
    problems += file.problems.length;
    for (const { place, note } of file.problems)
      process.stderr.write(`${printable(path)}: ${printable(place)}: ${printable(note)}\n`);
  };
  let authorKeys = 0;
  const addAuthors = (file: AuthorKeyFile, path: string, method: string): void => {
    if (file.pgp.length + file.certificates.length === 0) {
      problems += 1;
      process.stderr.write(`${printable(path)}: no key or certificate of a kind that is read\n`);
    }
    authorKeys += addAuthorKeys(trove, file, { observer: options.observer, method, now: Date.now() });
  };
  try {
    for (const path of paths) {
      const text = readText(path);
      const authors = readAuthorKeyFile(text);
      if (authors !== undefined) addAuthors(authors, path, methodOf(path, text));
      else add(await readKeyFile(text, jwks), path, methodOf(path, text));
    }
    for (const spec of options.record ?? []) add(readSingle(spec), '--record', 'given on the command line');
  } finally {
    store.close();
  }
  process.stderr.write(
    `${formatCount(total.keys)} new keys, ${formatCount(total.observations)} new observations.\n`,
  );
  if (authorKeys > 0)
    process.stderr.write(`${formatCount(authorKeys)} new keys and certificates of authors.\n`);
  return problems;
}

export const methodOf = (path: string, text: string): string =>
  `file ${basename(path)}, SHA-256 ${hash('sha256', text, 'hex')}`;

function readSingle(spec: string): KeyFile {
  const equals = spec.indexOf('=');
  const names = splitKeyName(spec.slice(0, equals));
  if (names === undefined)
    return {
      records: [],
      problems: [{ place: spec.slice(0, 80), note: 'no name of the form s1._domainkey.example.org' }],
    };
  const record: FoundRecord = {
    ...names,
    txt: spec.slice(equals + 1).trim(),
    source: 'record',
    provenance: undefined,
    observer: undefined,
    firstSeen: undefined,
    lastSeen: undefined,
    evidence: spec,
  };
  return { records: [record], problems: [] };
}

export function readText(path: string): string {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new OperatorError('source-missing', `there is no ${path}`, 'Check the path.');
  if (size > limits.maxKeyFileBytes)
    throw new OperatorError(
      'key-file-too-large',
      `${path} has ${size} bytes`,
      'Split it into smaller files.',
    );
  return readFileSync(path, 'utf8');
}

function readKeySet(path: string): JSONWebKeySet {
  const text = readText(path);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys))
      return value as JSONWebKeySet;
  } catch {
    // Said below.
  }
  throw new OperatorError(
    'key-set-malformed',
    `${path} is no JSON Web Key Set`,
    'Give the file that the archive publishes.',
  );
}
