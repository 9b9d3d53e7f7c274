import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Command, Option } from 'commander';
import type { JSONWebKeySet } from 'jose';
import { OperatorError } from '../errors.js';
import { limits } from '../limits.js';
import { KeyReader, KeyStore, type StoredKey } from '../store/keys.js';
import { lockTrove, openTrove, type Trove } from '../store/trove.js';
import { readKeyRecord } from '../verify/key-record.js';
import { formatAnswers } from '../verify/keys/answers.js';
import {
  type FoundRecord,
  type KeyFile,
  keyName,
  type Provenance,
  provenances,
  splitKeyName,
} from '../verify/keys/found-record.js';
import { readKeyFile } from '../verify/keys/read.js';
import { formatZone } from '../verify/keys/zone.js';
import { formatCount } from '../web/figures.js';
import { ExitCode } from './exit-code.js';
import { Output, printable } from './output.js';
import { jsonOption, troveOption } from './trove-option.js';

export function keysCommand(): Command {
  return new Command('keys')
    .description('the keys that domains published for signing mail: import, list, export')
    .addCommand(importCommand())
    .addCommand(listCommand())
    .addCommand(exportCommand());
}

interface ImportOptions {
  readonly trove: string;
  readonly observer: string;
  readonly provenance: Provenance;
  readonly jwks?: string;
  readonly record?: readonly string[];
  readonly burned?: string;
}

function importCommand(): Command {
  return new Command('import')
    .description('add key records, each with who saw it; nothing is ever replaced')
    .argument(
      '[file...]',
      'zone data, recorded DNS answers (JSON), observations (JSON), signed statements (JWS)',
    )
    .addOption(troveOption())
    .option('--observer <who>', 'who saw these records published', 'the submitter')
    .addOption(
      new Option('--provenance <word>', 'how much that is worth')
        .choices(provenances)
        .default('submitter-supplied'),
    )
    .option('--jwks <file>', 'key set of the archive that signed the statements')
    .option('--record <name=txt...>', 'a single record, e.g. s1._domainkey.example.org=v=DKIM1;p=…')
    .option(
      '--burned <reason>',
      'the files list keys whose private half is known: one SHA-256 of a SubjectPublicKeyInfo (hex) a line',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ impart keys import keys.json --trove hudson.trove
  $ impart keys import statements.jws --jwks dkim-archive-jwks.json --trove hudson.trove
  $ impart keys import old.zone --observer 'J. Doe, DNS logs' --provenance single-archive --trove hudson.trove`,
    )
    .action(importKeys);
}

async function importKeys(paths: string[], options: ImportOptions): Promise<void> {
  const trove = openTrove(options.trove);
  const unlock = lockTrove(trove);
  try {
    const problems =
      options.burned === undefined
        ? await importRecords(trove, paths, options)
        : importBurned(trove, paths, options.burned);
    process.exitCode = problems === 0 ? ExitCode.ok : ExitCode.findings;
  } finally {
    unlock();
  }
}

/** Returns the number of problems, each of which was told. */
async function importRecords(
  trove: Trove,
  paths: readonly string[],
  options: ImportOptions,
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
  try {
    for (const path of paths) {
      const text = readText(path);
      add(await readKeyFile(text, jwks), path, methodOf(path, text));
    }
    for (const spec of options.record ?? []) add(readSingle(spec), '--record', 'given on the command line');
  } finally {
    store.close();
  }
  process.stderr.write(
    `${formatCount(total.keys)} new keys, ${formatCount(total.observations)} new observations.\n`,
  );
  return problems;
}

const methodOf = (path: string, text: string): string =>
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

function importBurned(trove: Trove, paths: readonly string[], reason: string): number {
  const store = new KeyStore(trove);
  let problems = 0;
  try {
    for (const path of paths) {
      const text = readText(path);
      const lines = text.split('\n').map((line) => line.trim().toLowerCase());
      const wanted = lines.filter((line) => line !== '' && !line.startsWith('#'));
      const fingerprints = wanted
        .map((line) => line.split(/\s/, 1)[0] ?? '')
        .filter((word) => /^[0-9a-f]{64}$/.test(word));
      const added = store.addBurned(fingerprints, reason, methodOf(path, text), Date.now());
      process.stderr.write(`${formatCount(added)} new burned keys\n`);
      const refused = wanted.length - fingerprints.length;
      if (refused > 0)
        process.stderr.write(`${printable(path)}: ${formatCount(refused)} lines are no SHA-256\n`);
      problems += refused;
    }
  } finally {
    store.close();
  }
  return problems;
}

function readText(path: string): string {
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

function listCommand(): Command {
  return new Command('list')
    .description('every key with who saw it and when')
    .addOption(troveOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  $ impart keys list --trove hudson.trove')
    .action(async (options: { trove: string; json?: boolean }) => {
      const reader = new KeyReader(openTrove(options.trove));
      const out = new Output();
      for (const key of reader.keys())
        await (options.json === true ? out.json(keyFacts(key)) : out.line(describe(key)));
      await out.flush();
      reader.close();
    });
}

const day = (time: number | undefined): string | null =>
  time === undefined ? null : new Date(time).toISOString().slice(0, 10);

/** Also the form of `export --format observations`, which `import` reads again. */
function keyFacts({ domain, selector, txt, spkiSha256, burned, sighting }: StoredKey): object {
  const { provenance, observers, firstSeen, lastSeen } = sighting;
  return {
    domain,
    selector,
    txt,
    spkiSha256: spkiSha256 ?? null,
    burned,
    provenance,
    observer: observers.join('; '),
    firstSeen: firstSeen === undefined ? null : new Date(firstSeen).toISOString(),
    lastSeen: lastSeen === undefined ? null : new Date(lastSeen).toISOString(),
  };
}

function describe({ domain, selector, txt, spkiSha256, burned, sighting }: StoredKey): string {
  const record = readKeyRecord(txt);
  const kind = 'unusable' in record ? `unusable: ${record.reason}` : `${record.type} ${record.bits}`;
  const window = `${day(sighting.firstSeen) ?? '?'}..${day(sighting.lastSeen) ?? '?'}`;
  const parts = [
    keyName(domain, selector),
    burned ? `${kind} BURNED` : kind,
    spkiSha256?.slice(0, 16) ?? '-',
    sighting.provenance,
    window,
    sighting.observers.join('; '),
  ];
  return printable(parts.join('\t'));
}

function exportCommand(): Command {
  return new Command('export')
    .description('all keys, so that other tools can verify with them')
    .addOption(troveOption())
    .addOption(
      new Option('--format <format>', 'zone data; DNS answers for mailauth; observations for impart')
        .choices(['zone', 'answers', 'observations'])
        .default('zone'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ impart keys export --trove hudson.trove > keys.zone\n  $ impart keys export --format answers --trove hudson.trove > dns.json',
    )
    .action(async (options: { trove: string; format: 'zone' | 'answers' | 'observations' }) => {
      const reader = new KeyReader(openTrove(options.trove));
      const keys = reader.keys();
      reader.close();
      const out = new Output();
      const text = {
        zone: () => formatZone(keys),
        answers: () => formatAnswers(keys),
        observations: () => `${JSON.stringify(keys.map(keyFacts), undefined, 2)}\n`,
      }[options.format]();
      await out.line(text.trimEnd());
      await out.flush();
    });
}
