import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { fetchPage } from '../capture/fetch.js';
import { keepCapture } from '../capture/keep.js';
import { knownPeople } from '../capture/known-people.js';
import { type Proposal, proposalsOf } from '../capture/proposals.js';
import { textOf } from '../claims/span.js';
import { OperatorError } from '../errors.js';
import { invocationWords, modeWords } from '../export/claims/badges.js';
import { type ClaimFormat, claimFormats } from '../export/claims/formats.js';
import { captureFacts, utteranceFacts } from '../export/claims/json.js';
import { limits } from '../limits.js';
import { Archive } from '../read/archive.js';
import { captureText } from '../store/desk/claims/captures.js';
import { emptyLedger, type Ledger, readLedger } from '../store/desk/claims/ledger.js';
import { Desk } from '../store/desk.js';
import { openTrove, type Trove } from '../store/trove.js';
import { ExitCode } from './exit-code.js';
import { Output, printable } from './output.js';
import { asOption, jsonOption, troveOption } from './trove-option.js';

export function claimsCommand(): Command {
  return new Command('claims')
    .description('who said what in public about these messages: capture articles, list, export')
    .addCommand(captureCommand())
    .addCommand(listCommand())
    .addCommand(exportCommand());
}

interface CaptureOptions {
  readonly trove: string;
  readonly url: string;
  readonly outlet: string;
  readonly published: string;
  readonly as?: string;
  readonly json?: boolean;
}

function captureCommand(): Command {
  return new Command('capture')
    .description('keep an article with its hash, and read what it says that somebody said')
    .argument('<source>', 'a file (HTML, text, PDF, WARC), or an http or https address, which is fetched now')
    .addOption(troveOption())
    .option('--url <address>', 'where a file was published', '')
    .option('--outlet <name>', 'who published it, where the page does not say', '')
    .option('--published <date>', 'when, where the page does not say: 2016-11-12', '')
    .addOption(asOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Nothing is fetched but the address itself, and what it redirects to; addresses of this machine and of inner networks
are refused. A page of the same address as an earlier one is kept as its next version.

Examples:
  $ impart claims capture article.html --trove hudson.trove --outlet 'Hudson Courier'
  $ impart claims capture https://courier.example/2016/11/ferry --trove hudson.trove`,
    )
    .action(capture);
}

async function capture(source: string, options: CaptureOptions): Promise<void> {
  const trove = openTrove(options.trove);
  const isAddress = /^https?:\/\//i.test(source);
  const got = isAddress ? await fetchPage(source) : { bytes: readSource(source), url: '', contentType: '' };
  const desk = new Desk(trove, { now: () => Date.now(), as: options.as });
  try {
    const name = isAddress ? got.url : basename(source);
    const said = { url: options.url, outlet: options.outlet, published: options.published };
    const kept = await keepCapture(desk, got.bytes, { name, contentType: got.contentType }, said);
    const proposals = proposalsOf(kept.id, kept.reading.text, knownIn(trove), []);
    await printCapture(kept.id, kept.isKnown, kept.reading, proposals, options.json === true);
    process.exitCode = kept.reading.findings.length === 0 ? ExitCode.ok : ExitCode.findings;
  } finally {
    desk.close();
  }
}

function readSource(path: string): Buffer {
  const size = statSync(path, { throwIfNoEntry: false });
  if (size === undefined || !size.isFile())
    throw new OperatorError(
      'source-missing',
      `there is no file ${path}`,
      'Check the path. Nothing was captured.',
    );
  if (size.size > limits.maxCaptureBytes)
    throw new OperatorError(
      'source-too-large',
      `${path} is larger than ${limits.maxCaptureBytes} bytes`,
      'Save the article alone, without what the page embeds. Nothing was captured.',
    );
  return readFileSync(path);
}

async function printCapture(
  id: string,
  isKnown: boolean,
  reading: {
    readonly title: string;
    readonly findings: readonly { readonly code: string; readonly note: string }[];
  },
  proposals: readonly Proposal[],
  json: boolean,
): Promise<void> {
  const shown = proposals.filter(({ isShownByDefault }) => isShownByDefault).length;
  const out = new Output();
  if (json)
    await out.json({
      id,
      known: isKnown,
      title: reading.title,
      proposals: proposals.length,
      shown,
      findings: reading.findings,
    });
  else {
    await out.line(`${id}  ${printable(reading.title)}`);
    await out.line(
      `${isKnown ? 'captured before; ' : ''}${shown} statements to review, ${proposals.length - shown} less certain`,
    );
    for (const { code, note } of reading.findings) process.stderr.write(`${code}: ${printable(note)}\n`);
  }
  await out.flush();
}

/** Before anything was received there is nobody to know. */
function knownIn(trove: Trove): ReadonlyMap<string, string> {
  const archive = new Archive(trove);
  try {
    return knownPeople(archive.index);
  } finally {
    archive.close();
  }
}

function listCommand(): Command {
  return new Command('list')
    .description('captures, what the rules propose of each, and what people accepted')
    .addOption(troveOption())
    .addOption(jsonOption())
    .option('--proposed', 'what nobody decided yet, too')
    .addHelpText('after', '\nExamples:\n  $ impart claims list --trove hudson.trove --proposed --json')
    .action(list);
}

async function list(options: { trove: string; json?: boolean; proposed?: boolean }): Promise<void> {
  const trove = openTrove(options.trove);
  const desk = new Desk(trove, { now: () => Date.now() });
  const out = new Output();
  try {
    const ledger = desk.read(readLedger, emptyLedger);
    const known = options.proposed === true ? knownIn(trove) : new Map<string, string>();
    for (const captured of ledger.captures) {
      if (options.json === true) await out.json({ type: 'capture', ...captureFacts(captured) });
      else
        await out.line(
          printable(
            `${captured.id}  ${captured.published_at.slice(0, 10)}  ${captured.outlet}  ${captured.title}`,
          ),
        );
      if (options.proposed !== true) continue;
      const text = desk.read((db) => captureText(db, captured), '');
      for (const proposal of proposalsOf(captured.id, text, known, ledger.reviews))
        if (proposal.decided === undefined) await printProposal(out, text, proposal, options.json === true);
    }
    await printUtterances(out, ledger, options.json === true);
    await out.flush();
  } finally {
    desk.close();
  }
}

async function printProposal(
  out: Output,
  text: string,
  { subject, statement, isShownByDefault }: Proposal,
  json: boolean,
): Promise<void> {
  const { speaker, mode, rule, acts, content, hedges, hops, invocation } = statement;
  const words = content.map((span) => textOf(text, span)).join(' … ');
  if (json)
    await out.json({
      type: 'proposal',
      subject,
      speaker: speaker.name,
      capacity: speaker.capacity?.text ?? null,
      rule,
      mode,
      acts,
      words,
      hedges: hedges.map((span) => textOf(text, span)),
      hops: hops.map(({ name }) => name),
      invocation: invocation.kind,
      shown: isShownByDefault,
    });
  else
    await out.line(
      printable(
        `  ${isShownByDefault ? ' ' : '?'} ${speaker.name || '(nobody named)'}: ${words.replaceAll('\n', ' ')}  [${[modeWords(mode), ...acts, invocationWords(invocation.kind)].join('; ')}]`,
      ),
    );
}

async function printUtterances(out: Output, { utterances }: Ledger, json: boolean): Promise<void> {
  for (const utterance of utterances) {
    if (json) await out.json({ type: 'utterance', ...utteranceFacts(utterance) });
    else {
      const words = utterance.appearances[0]?.anchors.map(({ exact }) => exact).join(' … ') ?? '';
      await out.line(
        printable(
          `${utterance.date || '(no date)'}  ${utterance.speaker?.name ?? ''}  ${utterance.state}  ${words}`,
        ),
      );
    }
  }
}

function exportCommand(): Command {
  const formats = claimFormats.map(({ name, holds }) => `  ${name.padEnd(12)} ${holds}`).join('\n');
  return new Command('export')
    .description('write the ledger to stdout')
    .addOption(troveOption())
    .addOption(
      new Option('--format <name>', 'in which form')
        .choices(claimFormats.map(({ name }) => name))
        .default('json'),
    )
    .addOption(new Option('--json', 'as --format json'))
    .addHelpText(
      'after',
      `
Formats:
${formats}

Examples:
  $ impart claims export --json --trove hudson.trove > claims.json
  $ impart claims export --format schema --trove hudson.trove > claims.jsonld`,
    )
    .action(exportClaims);
}

async function exportClaims(options: { trove: string; format: ClaimFormat['name'] }): Promise<void> {
  const trove = openTrove(options.trove);
  const desk = new Desk(trove, { now: () => Date.now() });
  try {
    const ledger = desk.read(readLedger, emptyLedger);
    const format = claimFormats.find(({ name }) => name === options.format);
    const out = new Output();
    await out.line((format?.write(ledger, trove.title) ?? '').replace(/\n$/, ''));
    await out.flush();
  } finally {
    desk.close();
  }
}
