/** `impart release create`: the plan, and the release. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { OperatorError } from '../errors.js';
import { parseQuery } from '../index/query/parse.js';
import { Archive } from '../read/archive.js';
import { findRule, rules } from '../redact/rules/all.js';
import { createRelease } from '../release/create.js';
import { parseReleaseKey, type ReleaseKey } from '../release/key.js';
import { type Outcome, planId, planRelease, type ReleasePlan, tryPlan } from '../release/plan.js';
import { Candidates } from '../review/candidate-store.js';
import { Desk } from '../store/desk.js';
import { ReleaseLog } from '../store/release-log.js';
import { lockTrove, openTrove, type Trove } from '../store/trove.js';
import { countOf, formatCount } from '../web/figures.js';
import { ItemProgress } from './item-progress.js';
import { printable } from './output.js';
import { asOption, jsonOption, troveOption } from './trove-option.js';

interface Options {
  readonly trove: string;
  readonly out?: string;
  readonly key?: string;
  readonly query: string;
  readonly title?: string;
  readonly notes?: string;
  readonly url?: string;
  readonly dryRun?: boolean;
  readonly plan?: string;
  readonly accept: readonly string[];
  readonly as?: string;
  readonly json?: boolean;
}

/** What --accept takes beside the names of rules. */
const takenBackName = 'taken-back';

export function createCommand(): Command {
  return new Command('create')
    .description('make a release: a folder of static files that anyone can read, search and check')
    .addOption(troveOption())
    .option('--out <dir>', 'the folder of the release, which must not be there yet')
    .option('--key <file>', 'the release key; the same for every release of a trove')
    .option(
      '--query <query>',
      'which messages; without it, all. What was published before stays published',
      '',
    )
    .option('--title <title>', 'of the release (default: that of the trove)')
    .option('--notes <file>', 'what to say on the first page, in Markdown')
    .option('--url <url>', 'where it will be served (default: https:// and the name of the key)')
    .option('--dry-run', 'say what would be published, and write nothing')
    .option('--plan <id>', 'make it only if it is what --dry-run printed under this id')
    .option(
      '--accept <rule>',
      'publish what this rule found although nobody decided on it, or, with taken-back, what was hidden before; may be given several times',
      (rule: string, before: readonly string[]) => [...before, rule],
      [],
    )
    .addOption(asOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
A release is stopped by candidates that nobody decided on (impart redact queue), by messages that nothing was looked for
in, by redactions that were taken back since the last release, and by anything redacted that is still in a file of it.
Then nothing is published.

Examples:
  $ impart release create --dry-run --query 'tag:"to publish"' --trove hudson.trove
  $ impart release create --out harbour-release --key ~/harbour.key --trove hudson.trove`,
    )
    .action(create);
}

async function create(options: Options): Promise<void> {
  const parsed = parseQuery(options.query);
  if (!parsed.ok) throw new OperatorError('query-malformed', parsed.error.message, parsed.error.hint);
  for (const rule of options.accept)
    if (rule !== takenBackName && findRule(rule) === undefined) throw unknownRule(rule);
  const trove = openTrove(options.trove);
  // Nothing is received while a release is made: it would be in the accounts and not in the release.
  const release = lockTrove(trove);
  const archive = new Archive(trove);
  const desk = new Desk(trove, { now: () => Date.now(), as: options.as });
  const log = new ReleaseLog(trove);
  const candidates = Candidates.open(trove);
  const planned = {
    archive,
    desk,
    candidates,
    query: parsed.query,
    saltKey: log.saltKey,
    lastReleasedAt: log.releases().at(-1)?.releasedAt,
  };
  try {
    const plan = await planRelease(planned);
    for (const { sha256, reason } of plan.undrawn)
      process.stderr.write(`attachment ${sha256.slice(0, 12)} stays withheld: ${printable(reason)}\n`);
    if (options.dryRun === true) return await sayPlan(plan, log.saltKey, options);
    refuseOpen(plan, options);
    if (options.plan !== undefined && options.plan !== plan.id) throw planChanged(plan);
    await make(trove, log, plan, options, () => {
      if (planId(planned) !== plan.id) throw planChanged(plan);
    });
  } finally {
    candidates?.close();
    log.close();
    desk.close();
    archive.close();
    release();
  }
}

async function make(
  trove: Trove,
  log: ReleaseLog,
  plan: ReleasePlan,
  options: Options,
  compare: () => void,
): Promise<void> {
  if (options.out === undefined || options.key === undefined)
    throw new OperatorError(
      'release-incomplete',
      `${options.out === undefined ? '--out' : '--key'} is missing`,
      'Name the folder of the release with --out and its key with --key, or look at the plan first with --dry-run.',
    );
  const key = readReleaseKey(options.key);
  const progress = new ItemProgress('done');
  try {
    const created = await createRelease({
      log,
      source: plan.source,
      key,
      out: options.out,
      title: options.title ?? trove.title,
      url: urlOf(options.url ?? `https://${key.name}`),
      notes: options.notes === undefined ? '' : readNotes(options.notes),
      secrets: () => plan.redactor.secrets(),
      now: Date.now(),
      beforeSigning() {
        compare();
        plan.numbering.save();
      },
      onProgress: (step, done, total) => progress.update({ done, total, step }),
    });
    progress.stop();
    if (options.json === true) process.stdout.write(`${JSON.stringify(created)}\n`);
    else {
      const { statement, size, root, folder, files } = created;
      process.stdout.write(
        `release ${created.release}: ${countOf(statement.published, 'message')} published, ${formatCount(statement.redacted)} of them redacted; ${countOf(files, 'file')} in ${folder}\ncheckpoint: ${formatCount(size)} entries, root hash ${root}\n`,
      );
    }
  } finally {
    progress.stop();
  }
}

async function sayPlan(plan: ReleasePlan, saltKey: Buffer, options: Options): Promise<void> {
  const progress = new ItemProgress('messages');
  const outcome = await tryPlan(plan, saltKey, (done, total) => progress.update({ done, total }));
  progress.stop();
  const { published, redacted, withheld } = outcome;
  const { totals, chosen } = plan.source;
  if (options.json === true) {
    const open = plan.open.map(({ rule, values, isMasked }) => ({ rule, values, isMasked }));
    const said = { plan: plan.id, ...totals, chosen: chosen.length, published, redacted };
    process.stdout.write(
      `${JSON.stringify({ ...said, withheld: Object.fromEntries(withheld), open, unscanned: plan.unscanned, takenBack: plan.takenBack })}\n`,
    );
    return;
  }
  process.stdout.write(planText(plan, outcome));
}

function planText(
  { id, source, open, unscanned, takenBack }: ReleasePlan,
  { published, redacted, withheld }: Outcome,
): string {
  const { received, duplicate, failed, messages } = source.totals;
  const lines: [number, string][] = [
    [received, 'received'],
    [duplicate, 'of them copies of a message that was already there'],
    [failed, 'of them could not be read'],
    [messages, 'different messages'],
    [source.chosen.length, 'chosen'],
    [published, 'would be published'],
    [redacted, 'of them redacted'],
    ...Array.from(withheld, ([reason, count]): [number, string] => [count, `withheld: ${reason}`]),
    ...open.map(({ rule, values, isMasked }): [number, string] => [
      values,
      `${rule}: nobody decided${isMasked ? ', masked' : ', stops the release'}`,
    ]),
    ...(unscanned > 0
      ? [[unscanned, 'nothing was looked for in, stops the release'] as [number, string]]
      : []),
  ];
  if (takenBack > 0) lines.push([takenBack, 'redacted before and taken back, stops the release']);
  const text = lines.map(([count, name]) => `${formatCount(count).padStart(11)}  ${name}\n`).join('');
  return `${text}plan ${id}\n`;
}

/** Throws OperatorError `messages-unscanned`, `redactions-taken-back`, `candidates-open`. */
function refuseOpen({ open, unscanned, takenBack }: ReleasePlan, { accept, trove }: Options): void {
  if (unscanned > 0)
    throw new OperatorError(
      'messages-unscanned',
      `in ${countOf(unscanned, 'chosen message')} nothing was looked for that may have to be redacted`,
      `Run impart redact scan --trove ${trove}, decide on what it finds, then run this again. Nothing was published.`,
    );
  if (takenBack > 0 && !accept.includes(takenBackName))
    throw new OperatorError(
      'redactions-taken-back',
      `${countOf(takenBack, 'redaction')} of an earlier release ${takenBack === 1 ? 'was' : 'were'} taken back since`,
      `What was hidden once would be shown. Redact it again, or show it with --accept ${takenBackName}. Nothing was published.`,
    );
  const waiting = open.filter(({ rule, isMasked }) => !isMasked && !accept.includes(rule));
  if (waiting.length === 0) return;
  const counts = waiting.map(({ rule, values }) => `${formatCount(values)} ${rule}`).join(', ');
  throw new OperatorError(
    'candidates-open',
    `nobody decided on what was found in chosen messages: ${counts}`,
    `Decide on them (impart redact queue --trove ${trove}), or publish them as they are with ${waiting.map(({ rule }) => `--accept ${rule}`).join(' ')}. Nothing was published.`,
  );
}

function unknownRule(rule: string): OperatorError {
  const names = rules.map(({ name }) => name).join(', ');
  return new OperatorError(
    'rule-unknown',
    `there is no rule ${rule}`,
    `Rules: ${names}; and ${takenBackName}`,
  );
}

function planChanged({ id }: ReleasePlan): OperatorError {
  return new OperatorError(
    'trove-changed',
    'messages or decisions are no longer what was planned',
    `Look at the plan again with --dry-run; it was ${id} when this began. Nothing was published.`,
  );
}

/** Throws OperatorError `url-malformed`. */
function urlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw new OperatorError(
      'url-malformed',
      `${text} is no address that a release could be served at`,
      'Give it with --url, as in https://news.example/harbour/',
    );
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

function readNotes(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new OperatorError(
      'notes-unreadable',
      `${path} cannot be read: ${String(error)}`,
      'Name a file of Markdown with --notes.',
      error,
    );
  }
}

/** Throws OperatorError `key-missing`, `key-damaged`. */
function readReleaseKey(path: string): ReleaseKey {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new OperatorError(
      'key-missing',
      `the release key ${path} cannot be read: ${String(error)}`,
      'Restore it from your copy. Without it the history of this trove cannot be continued; a first release may take a new one: impart release key',
      error,
    );
  }
  return parseReleaseKey(text, path);
}
