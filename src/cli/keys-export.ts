import { Command, Option } from 'commander';
import { Judgements } from '../index/judgements.js';
import { AuthorKeyReader } from '../store/author-keys.js';
import { KeyReader, type StoredKey } from '../store/keys.js';
import { openTrove, type Trove } from '../store/trove.js';
import { formatPem } from '../verify/author/certificate.js';
import { formatKeyBlock } from '../verify/author/pgp-key.js';
import { formatAnswers } from '../verify/keys/answers.js';
import { formatZone } from '../verify/keys/zone.js';
import { Output } from './output.js';
import { troveOption } from './trove-option.js';

const formats = ['zone', 'answers', 'observations', 'openpgp', 'certificates'] as const;
type Format = (typeof formats)[number];

interface Options {
  readonly trove: string;
  readonly format: Format;
  readonly used?: boolean;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('keys, so that other tools can verify with them')
    .addOption(troveOption())
    .addOption(
      new Option(
        '--format <format>',
        'zone data; DNS answers (JSON) for mailauth; observations for impart; OpenPGP keys for gpg; certificates for openssl',
      )
        .choices(formats)
        .default('zone'),
    )
    .option(
      '--used',
      'only keys under which a signature or a seal of this trove verifies, as impart verify found',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ impart keys export --trove hudson.trove > keys.zone
  $ impart keys export --used --format answers --trove hudson.trove > dns.json
  $ impart keys export --format openpgp --trove hudson.trove > keys.asc`,
    )
    .action(exportKeys);
}

async function exportKeys({ trove: dir, format, used }: Options): Promise<void> {
  const trove = openTrove(dir);
  const isWanted = used === true ? usedKeys(trove) : undefined;
  const text =
    format === 'openpgp' || format === 'certificates'
      ? authorKeyText(trove, format, isWanted)
      : domainKeyText(trove, format, isWanted);
  const out = new Output();
  await out.line(text.trimEnd());
  await out.flush();
}

type Wanted = ReadonlySet<string> | undefined;

function usedKeys(trove: Trove): ReadonlySet<string> {
  const judgements = new Judgements(trove);
  judgements.refresh();
  try {
    return judgements.usedKeys();
  } finally {
    judgements.close();
  }
}

function domainKeyText(trove: Trove, format: 'zone' | 'answers' | 'observations', wanted: Wanted): string {
  const reader = new KeyReader(trove);
  const all = reader.keys();
  reader.close();
  const keys = all.filter(({ spkiSha256 }) => wanted === undefined || wanted.has(spkiSha256 ?? ''));
  if (format === 'zone') return formatZone(keys);
  return format === 'answers' ? formatAnswers(keys) : JSON.stringify(keys.map(keyFacts), undefined, 2);
}

function authorKeyText(trove: Trove, format: 'openpgp' | 'certificates', wanted: Wanted): string {
  const reader = new AuthorKeyReader(trove);
  const kind = format === 'openpgp' ? 'openpgp' : 'x509';
  const keys = reader
    .all()
    .filter(
      (key) => key.kind === kind && (wanted === undefined || key.names.some((name) => wanted.has(name))),
    );
  reader.close();
  return keys.map(({ bytes }) => (kind === 'openpgp' ? formatKeyBlock(bytes) : formatPem(bytes))).join('\n');
}

/** One key with who saw it; also what `import` reads again as an observation. */
export function keyFacts({ domain, selector, txt, spkiSha256, burned, sighting }: StoredKey): object {
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
