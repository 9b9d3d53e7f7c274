import { Command } from 'commander';
import { OperatorError } from '../errors.js';
import { maskedByDefault, rules } from '../redact/rules/all.js';
import { Candidates } from '../review/candidate-store.js';
import { type CandidateState, candidateStates, queueLines, queuePage } from '../review/queue.js';
import { scanCandidates } from '../review/scan.js';
import { defaultRegions, findRegions, setRegions } from '../store/desk/settings.js';
import { Desk } from '../store/desk.js';
import { openTrove, type Trove } from '../store/trove.js';
import { formatCount } from '../web/figures.js';
import { ExitCode } from './exit-code.js';
import { ItemProgress } from './item-progress.js';
import { Output, printable } from './output.js';
import { redactDecisionCommands } from './redact-decisions.js';
import { jsonOption, troveOption, wholeNumber } from './trove-option.js';

export function redactCommand(): Command {
  const redact = new Command('redact').description(
    'find what must not be published, and decide on it; nothing is redacted that nobody decided',
  );
  redact
    .command('scan')
    .description('look for candidates: addresses, numbers, passwords, health and more')
    .addOption(troveOption())
    .option(
      '--regions <codes>',
      'countries whose telephone numbers stand here without a country code, as US,GB; kept on the desk',
    )
    .addHelpText(
      'after',
      `
Reads messages that were not read before, their file names, and what impart extract read out of attachments. An
interrupted run goes on when run again.

Examples:
  $ impart redact scan --trove hudson.trove
  $ impart redact scan --regions GB,NL --trove hudson.trove`,
    )
    .action(scan);
  redact
    .command('queue')
    .description('how many candidates of each rule are open, redacted and shown')
    .addOption(troveOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  $ impart redact queue --trove hudson.trove')
    .action(queue);
  redact
    .command('list')
    .description('the candidates of one rule, those in most messages first')
    .argument('<rule>', `one of ${rules.map(({ name }) => name).join(', ')}`)
    .addOption(troveOption())
    .option('--state <state>', `one of ${candidateStates.join(', ')}`, 'open')
    .option('--limit <n>', 'how many', wholeNumber, 50)
    .option('--from <n>', 'after so many', wholeNumber, 0)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  $ impart redact list card --trove hudson.trove
  $ impart redact list phone --state redacted --limit 10 --json --trove hudson.trove`,
    )
    .action(list);
  for (const command of redactDecisionCommands()) redact.addCommand(command);
  return redact;
}

async function scan(options: { trove: string; regions?: string }): Promise<void> {
  const trove = openTrove(options.trove);
  const desk = new Desk(trove, { now: () => Date.now() });
  if (options.regions !== undefined) {
    const regions = regionsIn(options.regions);
    desk.write((db, act) => setRegions(db, act, regions));
  }
  const regions = desk.read(findRegions, defaultRegions);
  desk.close();
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const progress = new ItemProgress('messages');
  const { done, total, failed, found } = await scanCandidates(trove, {
    regions,
    signal: abort.signal,
    onProgress: (counts) => progress.update(counts),
    onFailure: (number, { message }) => progress.failed(`message ${number}: ${printable(message)}`),
  });
  progress.stop();
  process.stderr.write(
    `${formatCount(done)} messages read, ${formatCount(found)} places found${failed === 0 ? '' : `, ${formatCount(failed)} messages could not be read`}${done < total ? `, ${formatCount(total - done)} left: run this again` : ''}\n`,
  );
  process.exitCode = failed > 0 ? ExitCode.findings : ExitCode.ok;
}

function regionsIn(written: string): string[] {
  const codes = written
    .toUpperCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  if (codes.length > 0 && codes.every((code) => /^[A-Z]{2}$/.test(code))) return codes;
  throw new OperatorError(
    'regions-malformed',
    `these are no country codes: ${written}`,
    'Write them as US,GB.',
  );
}

/** Throws OperatorError `candidates-missing`. */
function openCandidates(trove: Trove): Candidates {
  const candidates = Candidates.open(trove);
  if (candidates !== undefined) return candidates;
  throw new OperatorError(
    'candidates-missing',
    `nothing was looked for in ${trove.dir} yet`,
    `Run impart redact scan --trove ${trove.dir}`,
  );
}

async function queue(options: { trove: string; json?: boolean }): Promise<void> {
  const trove = openTrove(options.trove);
  const candidates = openCandidates(trove);
  const desk = new Desk(trove, { now: () => Date.now() });
  const out = new Output();
  for (const { rule, counts, places } of queueLines(candidates, desk)) {
    if (options.json === true) await out.json({ rule: rule.name, title: rule.title, ...counts, places });
    else {
      const isMasked = maskedByDefault.includes(rule.name);
      await out.line(
        `${rule.name.padEnd(16)} ${formatCount(counts.open).padStart(9)} open ${formatCount(counts.redacted).padStart(9)} redacted ${formatCount(counts.shown).padStart(9)} shown   ${rule.title}${isMasked ? ' (masked unless shown)' : ''}`,
      );
    }
  }
  await out.flush();
  candidates.close();
  desk.close();
}

async function list(
  rule: string,
  options: { trove: string; state: string; limit: number; from: number; json?: boolean },
): Promise<void> {
  const trove = openTrove(options.trove);
  const candidates = openCandidates(trove);
  const desk = new Desk(trove, { now: () => Date.now() });
  const { rows } = queuePage(
    candidates,
    desk,
    ruleNamed(rule),
    stateNamed(options.state),
    options.from,
    options.limit,
  );
  const out = new Output();
  for (const row of rows) {
    const [first] = candidates.places(row.id, 1);
    if (options.json === true)
      await out.json({
        rule,
        value: row.value,
        messages: row.messages,
        places: row.places,
        first: first ?? null,
      });
    else
      await out.line(
        `${formatCount(row.messages).padStart(7)}  ${oneLine(row.value)}    ${first === undefined ? '' : `m/${first.number} ${first.part}: …${oneLine(first.before).slice(-30)}⟦${oneLine(first.exact)}⟧${oneLine(first.after).slice(0, 20)}…`}`,
      );
  }
  await out.flush();
  candidates.close();
  desk.close();
}

const oneLine = (text: string): string => printable(text.replace(/\s+/g, ' ')).slice(0, 120);

function ruleNamed(name: string): string {
  if (rules.some((rule) => rule.name === name)) return name;
  throw new OperatorError(
    'rule-unknown',
    `there is no rule ${printable(name)}`,
    `Rules: ${rules.map((rule) => rule.name).join(', ')}`,
  );
}

function stateNamed(name: string): CandidateState {
  const state = candidateStates.find((each) => each === name);
  if (state !== undefined) return state;
  throw new OperatorError(
    'state-unknown',
    `there is no state ${printable(name)}`,
    `States: ${candidateStates.join(', ')}`,
  );
}
