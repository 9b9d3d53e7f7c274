import { Command, Option } from 'commander';
import { AuthorKeyReader, type StoredAuthorKey } from '../store/author-keys.js';
import { KeyReader, KeyStore, type StoredKey } from '../store/keys.js';
import { lockTrove, openTrove, type Trove } from '../store/trove.js';
import { readKeyRecord } from '../verify/key-record.js';
import { readBurned } from '../verify/keys/burned.js';
import { keyName, provenances } from '../verify/keys/found-record.js';
import { formatCount } from '../web/figures.js';
import { ExitCode } from './exit-code.js';
import { defaultTerms, importRecords, type KeyTerms, methodOf, readText } from './key-import.js';
import { exportCommand, keyFacts } from './keys-export.js';
import { Output, printable } from './output.js';
import { jsonOption, troveOption } from './trove-option.js';

export function keysCommand(): Command {
  return new Command('keys')
    .description(
      'the keys that domains published for signing mail, and those of authors: import, list, export',
    )
    .addCommand(importCommand())
    .addCommand(listCommand())
    .addCommand(exportCommand());
}

interface ImportOptions extends KeyTerms {
  readonly trove: string;
  readonly burned?: string;
}

function importCommand(): Command {
  return new Command('import')
    .description('add key records, each with who saw it; nothing is ever replaced')
    .argument(
      '[file...]',
      'zone data, recorded DNS answers (JSON), observations (JSON), signed statements (JWS); OpenPGP keys and certificates in armour',
    )
    .addOption(troveOption())
    .option('--observer <who>', 'who saw these records published', defaultTerms.observer)
    .addOption(
      new Option('--provenance <word>', 'how much that is worth')
        .choices(provenances)
        .default(defaultTerms.provenance),
    )
    .option('--jwks <file>', 'key set of the archive that signed the statements')
    .option('--record <name=txt...>', 'a single record, e.g. s1._domainkey.example.org=v=DKIM1;p=…')
    .option(
      '--burned <reason>',
      'the files name keys whose private half is known: private keys (PEM), or one SHA-256 of a SubjectPublicKeyInfo (hex) a line',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ impart keys import keys.json --trove hudson.trove
  $ impart keys import statements.jws --jwks dkim-archive-jwks.json --trove hudson.trove
  $ impart keys import anna.asc company-root.pem --observer 'the source' --trove hudson.trove
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

function importBurned(trove: Trove, paths: readonly string[], reason: string): number {
  const store = new KeyStore(trove);
  let problems = 0;
  try {
    for (const path of paths) {
      const text = readText(path);
      const { fingerprints, refused } = readBurned(text);
      const added = store.addBurned(fingerprints, reason, methodOf(path, text), Date.now());
      process.stderr.write(`${formatCount(added)} new burned keys\n`);
      if (refused > 0)
        process.stderr.write(`${printable(path)}: ${formatCount(refused)} lines or blocks name no key\n`);
      problems += refused;
    }
  } finally {
    store.close();
  }
  return problems;
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
      reader.close();
      const authors = new AuthorKeyReader(openTrove(options.trove));
      for (const key of authors.all())
        await (options.json === true ? out.json(authorKeyFacts(key)) : out.line(describeAuthorKey(key)));
      authors.close();
      await out.flush();
    });
}

const day = (time: number | undefined): string | null =>
  time === undefined ? null : new Date(time).toISOString().slice(0, 10);

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

const authorKeyFacts = ({ kind, fingerprint, names, holder, observer }: StoredAuthorKey): object => ({
  kind,
  fingerprint,
  names,
  holder,
  observer,
});

const describeAuthorKey = ({ kind, fingerprint, holder, observer }: StoredAuthorKey): string =>
  printable([holder, kind, fingerprint, observer].join('\t'));
