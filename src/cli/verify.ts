import { Command } from 'commander';
import { Judgements } from '../index/judgements.js';
import { judgeTrove, type PassOutcome } from '../judging/pass.js';
import { programVersion } from '../store/package-root.js';
import { lockTrove, openTrove, type Trove } from '../store/trove.js';
import { tellFinding } from '../verify/finding.js';
import type { SignatureJudgement } from '../verify/judgement.js';
import type { MessageJudgement } from '../verify/message-judgement.js';
import { countOf, formatCount } from '../web/figures.js';
import { ExitCode } from './exit-code.js';
import { ItemProgress } from './item-progress.js';
import { defaultTerms, importRecords } from './key-import.js';
import { askForKeys } from './live-dns.js';
import { Output, printable } from './output.js';
import { jsonOption, troveOption } from './trove-option.js';
import { printSummary } from './verify-summary.js';

interface Options {
  readonly trove: string;
  readonly keys?: readonly string[];
  readonly dns?: boolean;
  readonly dnsServer?: readonly string[];
  readonly json?: boolean;
}

export function verifyCommand(): Command {
  return new Command('verify')
    .description('say of every message what its signatures and its context show')
    .addOption(troveOption())
    .option('--keys <file...>', 'key records to import first, as impart keys import reads them')
    .option('--dns', 'ask live DNS for the keys that are missing, and remember what it said and when')
    .option('--dns-server <address:port...>', 'whom to ask instead of the resolver of this machine')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Nothing is asked of the network without --dns. An interrupted run goes on when run again; a further run judges what is
new: messages that came in, and those whose selectors have other keys by now. What is found is searched with label:,
signed-by:, selector: and finding:. With --json, stdout has a line for each message and the tables go to stderr.

Exit status 3: a message could not be judged, a key file could not be read whole, or a message has the label Conflict.

Examples:
  $ impart verify --trove hudson.trove
  $ impart verify --keys dns.json old.zone --trove hudson.trove
  $ impart verify --dns --dns-server 192.0.2.53:53 --trove hudson.trove
  $ impart verify --json --trove hudson.trove > verified.jsonl`,
    )
    .action(verify);
}

async function verify(options: Options): Promise<void> {
  const trove = openTrove(options.trove);
  const problems = options.keys === undefined ? 0 : await importKeys(trove, options.keys);
  const outcome = await judge(trove, options);
  const judgements = new Judgements(trove);
  judgements.refresh();
  try {
    if (options.json === true) await printJson(judgements);
    await printSummary(judgements, options.json === true ? process.stderr : process.stdout);
    const conflicts = judgements.labelCounts().find(({ label }) => label === 'conflict')?.count ?? 0;
    process.exitCode = problems + outcome.failed + conflicts > 0 ? ExitCode.findings : ExitCode.ok;
  } finally {
    judgements.close();
  }
}

async function importKeys(trove: Trove, files: readonly string[]): Promise<number> {
  const unlock = lockTrove(trove);
  try {
    return await importRecords(trove, files, defaultTerms);
  } finally {
    unlock();
  }
}

async function judge(trove: Trove, options: Options): Promise<PassOutcome> {
  const progress = new ItemProgress('messages');
  const servers = options.dnsServer ?? [];
  const outcome = await judgeTrove(trove, {
    tools: { impart: programVersion, node: process.versions.node, openssl: process.versions.openssl },
    now: Date.now,
    onProgress: (counts) => progress.update(counts),
    onFailure: (number, note) => progress.failed(`message ${number}: ${printable(note)}`),
    ...(options.dns === true ? { findKeys: (needed) => askForKeys(trove, servers, needed) } : {}),
  });
  progress.stop();
  const { judged, stale, failed } = outcome;
  const again = stale === 0 ? '' : `, ${formatCount(stale)} of them because other keys are known`;
  const failures = failed === 0 ? '' : `, ${countOf(failed, 'message')} could not be`;
  process.stderr.write(`${countOf(judged, 'message')} judged${again}${failures}.\n`);
  return outcome;
}

async function printJson(judgements: Judgements): Promise<void> {
  const out = new Output();
  for (const judgement of judgements.all()) await out.json(judgementFacts(judgement));
  await out.flush();
}

/** The chain of receivers and signatures of authors are named where there are any. */
function judgementFacts({
  number,
  sha256,
  label,
  signatures,
  arc,
  author,
  findings,
}: MessageJudgement): object {
  return {
    id: number,
    sha256,
    label,
    signatures: signatures.map(signatureFacts),
    ...(arc.result === 'none'
      ? {}
      : { arc: { result: arc.result, reason: arc.reason, sets: arc.sets.map(sealFacts) } }),
    ...(author.length === 0 ? {} : { author }),
    findings: findings.map(tellFinding),
  };
}

function signatureFacts(signature: SignatureJudgement): object {
  const { domain, selector, algorithm, body, header, result, flags, key } = signature;
  return { domain, selector, algorithm, body, header, result, flags, key: key ?? null };
}

const sealFacts = ({
  instance,
  domain,
  selector,
  seal,
  signature,
}: MessageJudgement['arc']['sets'][number]): object => ({
  instance,
  domain,
  selector,
  seal,
  signature: signatureFacts(signature),
});
