/** The sample trove, received and decided on as a newsroom would, and released. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseQuery } from '../../src/index/query/parse.js';
import { receiveSources } from '../../src/pipeline.js';
import { Archive } from '../../src/read/archive.js';
import type { Decisions, Everywhere } from '../../src/redact/decisions.js';
import type { RedactionKind } from '../../src/redact/reasons.js';
import { Redactor } from '../../src/redact/redact-message.js';
import { archiveSource } from '../../src/release/archive-source.js';
import { type Created, createRelease } from '../../src/release/create.js';
import { decideBy, pictureUrl } from '../../src/release/redactor-source.js';
import { ReleaseLog } from '../../src/store/release-log.js';
import { openOrCreateTrove, type Trove } from '../../src/store/trove.js';
import { newKey, origin } from './making.js';

export interface Private {
  readonly kind: string;
  readonly text: string;
}

const sample = JSON.parse(readFileSync('examples/harbour/expected.json', 'utf8')) as {
  readonly features: { readonly private: readonly Private[] };
};

/** What was planted in the sample that must not come out. */
export const planted: readonly Private[] = sample.features.private;

const kinds: Readonly<Record<string, RedactionKind>> = {
  iban: 'bank account',
  medical: 'health',
  password: 'password',
  phone: 'phone',
  'home-address': 'home',
  'date-of-birth': 'birth date',
  'national-insurance': 'identity number',
  'private-address': 'address',
  'card-number': 'card',
};

const everywhere = planted.map(
  ({ kind, text }): Everywhere => ({
    kind: kinds[kind] ?? 'passage',
    reason: 'private person',
    value: kind === 'phone' ? `+44${text.slice(1).replaceAll(' ', '')}` : text,
    written: text,
  }),
);

/** The authority, the works and the newspaper are public; the people who write from elsewhere are not. */
const isPublic = (subject: string): boolean =>
  /@(?:eastmarch-harbour|caldermarine|northfen-labs|eastmarchcourier|dredging-weekly)\.example$/.test(
    subject,
  );

const decisions: Decisions = {
  everywhere,
  shown: new Set(),
  isPublic,
  messages: new Map(),
  clearances: new Map(),
  regions: ['GB'],
};

function numbering(): (kind: string, value: string) => number {
  const known = new Map<string, number>();
  const last = new Map<string, number>();
  return (kind, value) => {
    const key = `${kind} ${value}`;
    const number = known.get(key) ?? (last.get(kind) ?? 0) + 1;
    if (!known.has(key)) last.set(kind, number);
    known.set(key, number);
    return number;
  };
}

export async function receiveSample(dir: string): Promise<Trove> {
  const trove = openOrCreateTrove(join(dir, 'harbour.trove'), 'Harbour papers');
  const sources = globSync('examples/harbour/mail/*').sort();
  await receiveSources(trove, sources, { inPlace: false }, { now: () => Date.now() });
  return trove;
}

export async function releaseSample(trove: Trove, out: string, key = newKey()): Promise<Created> {
  const parsed = parseQuery('');
  if (!parsed.ok) throw new Error(parsed.error.message);
  const archive = new Archive(trove);
  const log = new ReleaseLog(trove);
  const redactor = new Redactor(decisions, {
    numbering: numbering(),
    key: log.saltKey,
    findPages: () => undefined,
    pictureUrl,
  });
  try {
    return await createRelease({
      log,
      source: archiveSource(
        archive,
        parsed.query,
        decideBy(archive, redactor, () => 'sample'),
      ),
      key,
      out,
      title: 'Harbour papers',
      url: `https://${origin}/`,
      notes: 'What the harbour authority wrote about **dredging**, 2015 to 2017.',
      secrets: () => redactor.secrets(),
      now: Date.UTC(2026, 10, 25, 12),
    });
  } finally {
    log.close();
    archive.close();
  }
}
