/** `/verification`, `/findings/CODE`, and the files of a message's evidence, `/m/N/evidence/record.json` and others. */
import type { Hono } from 'hono';
import { OperatorError } from '../../errors.js';
import { authorCounts, missingAuthorKeys, missingKeys } from '../../index/judgement-counts.js';
import type { Query } from '../../index/query/query.js';
import { parseMessage } from '../../message/parse.js';
import { canonicalJson } from '../../proof/canonical-json.js';
import type { ArchivedMessage } from '../../read/archive.js';
import { KeyReader, type StoredKey } from '../../store/keys.js';
import { listSignedParts } from '../../verify/author/signed-part.js';
import { evidenceRecord } from '../../verify/evidence.js';
import { type FindingCode, findingCodes } from '../../verify/finding.js';
import { formatAnswers } from '../../verify/keys/answers.js';
import type { Label } from '../../verify/label.js';
import type { MessageJudgement } from '../../verify/message-judgement.js';
import { checkFiles } from '../../verify/other-tools.js';
import { readAsJudged } from '../../verify/repairs.js';
import { downloadResponse } from '../download.js';
import type { LiveArchive, OpenArchive } from '../live-archive.js';
import { FindingPage } from '../pages/finding.js';
import { type VerificationFacts, VerificationPage } from '../pages/verification.js';
import { facetsOf } from '../picture-facts.js';
import type { LabelStrip } from '../pictures/label-strips.js';
import { frameOf, getOpen, page } from '../respond.js';
import { type Timeline, timeline } from '../timeline.js';
import { routes } from '../urls.js';

const domainsShown = 40;
const missingShown = 25;
const all: Query = { kind: 'all' };

export function registerVerification(app: Hono, live: LiveArchive): void {
  app.get(routes.verification, () => {
    const open = live.current();
    const facts = open === undefined ? undefined : factsOf(open);
    return page(<VerificationPage frame={frameOf(live)} facts={facts} />);
  });
  app.get(routes.finding, (context) => answerFinding(live, context.req.param('code')));
  app.get(routes.evidence, async (context) => {
    const open = getOpen(live);
    const row = open.archive.resolve(context.req.param('id'));
    const judgement = open.archive.index.judgements.find(row.number);
    if (judgement === undefined)
      throw missing(`Message ${row.number} was not verified yet.`, 'Run: impart verify --trove DIR');
    const archived = await open.archive.read(row);
    return answerEvidence(open, judgement, archived, context.req.param('file'));
  });
}

const missing = (message: string, hint: string): OperatorError =>
  new OperatorError('evidence-missing', message, hint);

function factsOf(open: OpenArchive): VerificationFacts | undefined {
  const { judgements } = open.archive.index;
  const { db } = judgements;
  if (db === undefined) return undefined;
  return open.derived('verification', () => {
    const labels = judgements.labelCounts();
    const axis = timeline(facetsOf(open, all).months);
    return {
      judged: labels.reduce((sum, { count }) => sum + count, 0),
      messages: open.totals.messages,
      labels,
      strips: labels.map(({ label, count }) => ({ label, count, bars: barsOf(open, label, axis) })),
      unit: axis.unit,
      bodies: judgements.bodyCounts(),
      domains: judgements.domainCounts(domainsShown),
      findings: judgements.findingCounts(),
      missing: missingKeys(db, missingShown),
      author: authorCounts(db),
      missingAuthorKeys: missingAuthorKeys(db, missingShown),
    };
  });
}

/** The axis of all messages, so that strips can be compared. */
function barsOf(open: OpenArchive, label: Label, { bars, unit }: Timeline): LabelStrip['bars'] {
  const counts = new Map<string, number>();
  for (const { value, count } of facetsOf(open, { kind: 'label', label }).months) {
    const period = unit === 'year' ? value.slice(0, 4) : value;
    counts.set(period, (counts.get(period) ?? 0) + count);
  }
  return bars.map(({ period }) => ({ period, count: counts.get(period) ?? 0 }));
}

function answerFinding(live: LiveArchive, name: string): Response {
  const code = findingCodes.find((known) => known === name);
  if (code === undefined)
    throw missing(
      `There is no finding "${name}".`,
      'The page of the verification lists those of this trove.',
    );
  const counts = live.current()?.archive.index.judgements.findingCounts() ?? [];
  const others = new Set<FindingCode>(counts.map((one) => one.code).filter((one) => one !== code));
  return page(
    <FindingPage
      frame={frameOf(live)}
      code={code}
      counts={counts.filter((one) => one.code === code)}
      others={[...others]}
    />,
  );
}

function answerEvidence(
  open: OpenArchive,
  judgement: MessageJudgement,
  { raw }: ArchivedMessage,
  file: string,
): Response {
  const { number } = judgement;
  const files = checkFiles(number);
  switch (file) {
    case 'record.json': {
      const keys = keysOf(open, judgement);
      const hashOf = (other: number): string | undefined =>
        open.archive.index.catalog.findMessage(other)?.sha256;
      const record = canonicalJson(evidenceRecord({ judgement, raw, keys, hashOf }));
      return downloadResponse(Buffer.from(record), `evidence-${number}.json`, 'application/json');
    }
    case 'keys.json':
      return downloadResponse(
        Buffer.from(formatAnswers(onlyFitting(judgement, keysOf(open, judgement)))),
        files.keys,
        'application/json',
      );
    case 'message.eml':
      return downloadResponse(bytesAsJudged(judgement, raw), files.message, 'message/rfc822');
    case 'content.txt':
    case 'signature.asc': {
      const part = listSignedParts(raw, parseMessage(raw)).find(({ protocol }) => protocol === 'pgp');
      if (part?.protocol !== 'pgp') break;
      const content = part.contents.at(isRepaired(judgement) ? -1 : 0)?.bytes ?? Buffer.alloc(0);
      return file === 'content.txt'
        ? downloadResponse(content, files.content)
        : downloadResponse(part.signature, files.signature);
    }
  }
  throw missing(`Message ${number} has no ${file} among its evidence.`, 'Its page links to what there is.');
}

const isRepaired = ({ author }: MessageJudgement): boolean =>
  author.some(({ flags }) => flags.includes('repaired:mboxo-unquoting'));

/** As received; or with the repairs under which a signature holds, since other programs know of none. */
function bytesAsJudged({ signatures }: MessageJudgement, raw: Buffer): Buffer {
  const repaired = signatures.find(({ flags }) =>
    flags.some((flag) => flag.startsWith('repaired:') && flag !== 'repaired:line-endings'),
  );
  return repaired === undefined ? raw : readAsJudged(raw, repaired.flags).onTheWire();
}

function keysOf(open: OpenArchive, { under }: MessageJudgement): StoredKey[] {
  const reader = new KeyReader(open.archive.trove);
  try {
    return under.keys.flatMap(({ domain, selector }) => reader.keys(domain, selector));
  } finally {
    reader.close();
  }
}

/** Of a selector whose signature holds only the key that verifies it: other programs look at the first alone. */
function onlyFitting({ signatures, arc }: MessageJudgement, keys: readonly StoredKey[]): StoredKey[] {
  const fitting = new Map<string, string>();
  const seals = arc.sets.flatMap(({ domain, selector, key, signature }) => [
    { domain, selector, key },
    signature,
  ]);
  for (const { domain, selector, key } of [...signatures, ...seals])
    if (key !== undefined) fitting.set(`${selector} ${domain}`, key);
  return keys.filter(({ domain, selector, spkiSha256 }) => {
    const key = fitting.get(`${selector} ${domain}`);
    return key === undefined || key === spkiSha256;
  });
}
