/** The commands of `impart redact` that write on the desk, and the one that shows what comes of it. */
import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { OperatorError } from '../errors.js';
import { Archive } from '../read/archive.js';
import { isRedactionKind, isRedactionReason, redactionKinds, redactionReasons } from '../redact/reasons.js';
import { Redactor } from '../redact/redact-message.js';
import { findRule, rules } from '../redact/rules/all.js';
import { isTerm } from '../redact/terms.js';
import { Candidates } from '../review/candidate-store.js';
import { decisionsOf } from '../review/decided.js';
import { troveNumbering } from '../review/numbering.js';
import { stateFinder } from '../review/queue.js';
import { clear, withdrawClearance } from '../store/desk/clearances.js';
import { statePublicity } from '../store/desk/publicity.js';
import { decide, type NewRedaction, reopen } from '../store/desk/redactions.js';
import { Desk } from '../store/desk.js';
import { openTrove, type Trove } from '../store/trove.js';
import { formatCount } from '../web/figures.js';
import { Output, printable } from './output.js';
import { asOption, jsonOption, troveOption } from './trove-option.js';

interface Writing {
  readonly trove: string;
  readonly as?: string;
}

export function redactDecisionCommands(): Command[] {
  return [
    decideCommand('accept'),
    decideCommand('reject'),
    decideCommand('reopen'),
    markCommand(),
    withholdCommand(),
    registerCommand('public'),
    registerCommand('private'),
    clearCommand(),
    previewCommand(),
  ];
}

const descriptions = {
  accept: 'redact values that a rule found, wherever they stand',
  reject: 'show values that a rule found, wherever they stand',
  reopen: 'take back what was decided on values that a rule found',
} as const;

function decideCommand(name: keyof typeof descriptions): Command {
  return new Command(name)
    .description(descriptions[name])
    .argument('<rule>', 'name of the rule, as impart redact queue lists it')
    .argument('[value...]', 'as impart redact list prints them')
    .option('--all', 'all that are open (of reopen: all)')
    .option('--reason <reason>', `one of: ${redactionReasons.join(', ')}`, 'private person')
    .addOption(troveOption())
    .addOption(asOption())
    .addHelpText(
      'after',
      `\nExamples:\n  $ impart redact ${name} card --all --trove hudson.trove\n  $ impart redact ${name} phone +447700900345 --trove hudson.trove`,
    )
    .action((rule: string, values: string[], options: Writing & { all?: boolean; reason: string }) =>
      decideOn(name, rule, values, options),
    );
}

function decideOn(
  what: keyof typeof descriptions,
  ruleName: string,
  values: readonly string[],
  options: Writing & { all?: boolean; reason: string },
): void {
  const rule = findRule(ruleName);
  if (rule === undefined)
    throw new OperatorError(
      'rule-unknown',
      `there is no rule ${printable(ruleName)}`,
      `Rules: ${rules.map(({ name }) => name).join(', ')}`,
    );
  if (values.length === 0 && options.all !== true)
    throw new OperatorError('values-missing', 'neither values nor --all were given', 'Nothing was written.');
  const { trove, desk } = open(options);
  const candidates = Candidates.open(trove);
  const stateOf = stateFinder(desk);
  const chosen: NewRedaction[] = [];
  const wanted = new Set(values);
  for (const candidate of candidates?.ofRule(rule.name) ?? []) {
    const isWanted =
      options.all === true
        ? what === 'reopen' || stateOf(candidate) === 'open'
        : wanted.delete(candidate.value);
    if (!isWanted) continue;
    chosen.push({
      target: 'value',
      thing: rule.kind,
      decision: what === 'reject' ? 'show' : 'redact',
      reason: reasonNamed(options.reason),
      rule: rule.name,
      value: candidate.value,
      written: candidate.written,
    });
  }
  candidates?.close();
  const written = desk.write((db, act) =>
    what === 'reopen'
      ? reopen(
          db,
          act,
          rule.name,
          chosen.map(({ value }) => value),
        )
      : decide(db, act, chosen),
  );
  desk.close();
  process.stderr.write(`${formatCount(written)} decisions ${what === 'reopen' ? 'taken back' : 'written'}\n`);
  if (options.all !== true && wanted.size > 0)
    throw new OperatorError(
      'value-missing',
      `the rule did not find ${printable([...wanted].slice(0, 3).join(', '))}`,
      'The others were written. impart redact list prints values as they are known.',
    );
}

function open({ trove: dir, as }: Writing): { trove: Trove; desk: Desk } {
  const trove = openTrove(dir);
  return { trove, desk: new Desk(trove, { now: () => Date.now(), as }) };
}

function reasonNamed(name: string): string {
  if (isRedactionReason(name)) return name;
  throw new OperatorError(
    'reason-unknown',
    `there is no reason ${printable(name)}`,
    `Reasons: ${redactionReasons.join(', ')}`,
  );
}

function markCommand(): Command {
  return new Command('mark')
    .description('redact words that no rule found')
    .argument('<words>', 'as they stand in the text; spacing, line ends and letter case do not count')
    .option('--in <message>', 'in this message alone (number or SHA-256); else wherever they stand')
    .option('--kind <kind>', `one of: ${redactionKinds.slice(0, 15).join(', ')}`, 'passage')
    .option('--reason <reason>', `one of: ${redactionReasons.join(', ')}`, 'private person')
    .addOption(troveOption())
    .addOption(asOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ impart redact mark "Dave Trenchard" --kind name --trove hudson.trove\n  $ impart redact mark "he is at the hospital" --in 118 --kind health --trove hudson.trove',
    )
    .action(mark);
}

function mark(words: string, options: Writing & { in?: string; kind: string; reason: string }): void {
  if (!isRedactionKind(options.kind))
    throw new OperatorError(
      'kind-unknown',
      `there is no kind ${printable(options.kind)}`,
      `Kinds: ${redactionKinds.join(', ')}`,
    );
  if (!isTerm(words))
    throw new OperatorError(
      'passage-malformed',
      'words to redact need two letters or digits',
      'Nothing was written.',
    );
  const { trove, desk } = open(options);
  const message = options.in === undefined ? undefined : sha256Of(trove, options.in);
  const thing = options.kind;
  const reason = reasonNamed(options.reason);
  desk.write((db, act) =>
    decide(db, act, [
      { message, target: 'passage', thing, decision: 'redact', reason, value: words, written: words },
    ]),
  );
  desk.close();
}

function sha256Of(trove: Trove, id: string): string {
  const archive = new Archive(trove);
  try {
    return archive.resolve(id).sha256;
  } finally {
    archive.close();
  }
}

function withholdCommand(): Command {
  return new Command('withhold')
    .description('leave messages out of releases; they are counted, not named')
    .argument('<message...>', 'numbers or SHA-256')
    .option('--reason <reason>', `one of: ${redactionReasons.join(', ')}`, 'private person')
    .addOption(troveOption())
    .addOption(asOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ impart redact withhold 118 119 --reason source --trove hudson.trove',
    )
    .action((ids: string[], options: Writing & { reason: string }) => {
      const { trove, desk } = open(options);
      const reason = reasonNamed(options.reason);
      const rows = ids.map(
        (id): NewRedaction => ({
          message: sha256Of(trove, id),
          target: 'message',
          thing: 'message',
          decision: 'redact',
          reason,
          value: '',
          written: '',
        }),
      );
      desk.write((db, act) => decide(db, act, rows));
      desk.close();
    });
}

function registerCommand(verdict: 'public' | 'private'): Command {
  return new Command(verdict)
    .description(
      verdict === 'public'
        ? 'say that addresses, domains or numbers are public people’s: they are shown'
        : 'say that they are private people’s: they are masked, also within a public domain',
    )
    .argument('<subject...>', 'addresses, @domains, numbers as +441632960100')
    .option('--reason <text>', 'why, for colleagues', '')
    .addOption(troveOption())
    .addOption(asOption())
    .addHelpText(
      'after',
      `\nExamples:\n  $ impart redact ${verdict} c.haldane@eastmarch-harbour.example --trove hudson.trove`,
    )
    .action((subjects: string[], options: Writing & { reason: string }) => {
      const { desk } = open(options);
      desk.write((db, act) => statePublicity(db, act, subjects, verdict, options.reason));
      desk.close();
    });
}

function clearCommand(): Command {
  return new Command('clear')
    .description('let an attachment be published; without it none is')
    .argument('<sha256>', 'of the attachment, as its page shows it')
    .option('--as <form>', 'original, or pages: pictures of its pages; none withdraws it', 'pages')
    .addOption(troveOption())
    .addHelpText('after', '\nExamples:\n  $ impart redact clear 9f86… --as pages --trove hudson.trove')
    .action((sha256: string, options: { trove: string; as: string }) => {
      if (!/^[0-9a-f]{64}$/.test(sha256))
        throw new OperatorError('attachment-missing', 'this is no SHA-256', 'Give 64 hexadecimal digits.');
      const form = options.as;
      if (form !== 'original' && form !== 'pages' && form !== 'none')
        throw new OperatorError(
          'form-unknown',
          `there is no form ${printable(form)}`,
          'Forms: original, pages, none.',
        );
      const { desk } = open({ trove: options.trove });
      desk.write((db, act) =>
        form === 'none' ? withdrawClearance(db, act, sha256) : clear(db, act, sha256, form, []),
      );
      desk.close();
    });
}

function previewCommand(): Command {
  return new Command('preview')
    .description('a message as it would be published with what is decided now')
    .argument('<message>', 'number or SHA-256')
    .addOption(troveOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  $ impart redact preview 118 --trove hudson.trove')
    .action(preview);
}

async function preview(id: string, options: { trove: string; json?: boolean }): Promise<void> {
  const { trove, desk } = open(options);
  const archive = new Archive(trove);
  const candidates = Candidates.open(trove);
  const source = await archive.read(archive.resolve(id));
  const redactor = new Redactor(decisionsOf(desk, candidates), {
    numbering: troveNumbering(desk).number,
    // Commitments are not shown here, so their salts may be of today.
    key: randomBytes(32),
    findPages: () => undefined,
    pictureUrl: () => undefined,
  });
  const out = new Output();
  const withheld = redactor.withheld(source.sha256);
  if (withheld !== undefined) await out.line(`withheld: ${withheld}`);
  else {
    const { fields, text, html, attachments, redactions, raw, segments } = redactor.redact(source);
    const hidden = segments.filter(({ shown }) => !shown).length;
    if (options.json === true)
      await out.json({
        fields,
        text,
        html,
        attachments: attachments.map(({ segment: _, ...rest }) => rest),
        redactions,
        isWhole: raw !== null,
        segments: segments.length,
        hidden,
      });
    else {
      for (const { name, body } of fields) await out.line(`${printable(name)}: ${printable(body)}`);
      await out.line(`\n${printable(text.map((segment) => segment.text).join(''))}`);
      for (const { kind, reason, count } of redactions) await out.line(`-- ${count} × ${kind}, ${reason}`);
      await out.line(`-- ${hidden} of ${segments.length} segments hidden`);
    }
  }
  await out.flush();
  candidates?.close();
  archive.close();
  desk.close();
}
