import { readFileSync, statSync } from 'node:fs';
import { Command, Option } from 'commander';
import { type CheckOptions, checkOneMessage, checkRelease, isVerifierKey } from '../check/check.js';
import { formatFindings } from '../check/report.js';
import { OperatorError } from '../errors.js';
import { ExitCode } from './exit-code.js';
import { ItemProgress } from './item-progress.js';
import { jsonOption, wholeNumber } from './trove-option.js';

interface Options {
  readonly key?: string;
  readonly kept?: string;
  readonly json?: boolean;
}

export function checkCommand(): Command {
  return new Command('check')
    .description('check a release: every commitment, the log, signatures and manifests, or one message')
    .argument('<release>', 'the folder of the release')
    .argument('[message]', 'number of one message; without it, everything is checked', wholeNumber)
    .option('--key <vkey>', 'verifier key of the publisher, from elsewhere than the release')
    .addOption(
      new Option('--kept <file>', 'a checkpoint of an earlier release, which must be a part of this log'),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Needs no trove. The program impart-check does the same and is small enough to be read.

Examples:
  $ impart check harbour-release
  $ impart check harbour-release 1234
  $ impart check harbour-release --kept last-year/checkpoint`,
    )
    .action(check);
}

function check(dir: string, number: number | undefined, options: Options): void {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new OperatorError('release-missing', `${dir} is not a folder`, 'Name the folder of a release.');
  if (options.key !== undefined && !isVerifierKey(options.key))
    throw new OperatorError(
      'verifier-key-malformed',
      `${options.key} is not a verifier key`,
      'It looks like news.example/harbour+530d903a+AekyeRrm…, and stands on the page About of a release.',
    );
  const progress = new ItemProgress('messages');
  const checkOptions: CheckOptions = {
    key: options.key,
    kept: options.kept === undefined ? undefined : readKept(options.kept),
    onProgress: (done, total) => progress.update({ done, total }),
  };
  const findings =
    number === undefined ? checkRelease(dir, checkOptions) : checkOneMessage(dir, number, checkOptions);
  progress.stop();
  process.stdout.write(
    options.json === true
      ? findings.map((finding) => `${JSON.stringify(finding)}\n`).join('')
      : formatFindings(findings),
  );
  if (findings.some(({ faultCount }) => faultCount > 0)) process.exitCode = ExitCode.findings;
}

function readKept(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new OperatorError(
      'checkpoint-unreadable',
      `${path} cannot be read: ${String(error)}`,
      'Name the file checkpoint of a release that you kept.',
      error,
    );
  }
}
