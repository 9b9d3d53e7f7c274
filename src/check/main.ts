#!/usr/bin/env node
/**
 * impart-check: whether a release is what was signed. Small enough to be read before it is believed: it is this folder
 * and src/proof, which import nothing but modules of Node.
 *
 *   impart-check RELEASE [MESSAGE] [--key VKEY] [--kept CHECKPOINT] [--json]
 */
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkOneMessage, checkRelease, isVerifierKey } from './check.js';
import { formatFindings } from './report.js';

const usage = `Usage: impart-check RELEASE [MESSAGE] [--key VKEY] [--kept CHECKPOINT] [--json]

Checks a release folder, or one message of it by its number.

  --key VKEY         the publisher's verifier key, from elsewhere than the release
  --kept CHECKPOINT  file with a checkpoint of an earlier release, to be a part of this log
  --json             one JSON object a line: check, statement, faults, faultCount

Exit status: 0 all holds, 1 could not go on, 2 wrong usage, 3 something does not hold.
`;

/** Returns the exit status. */
export function run(
  args: readonly string[],
  write: (text: string) => void,
  warn: (text: string) => void,
): number {
  let parsed: ReturnType<typeof readArguments>;
  try {
    parsed = readArguments(args);
  } catch {
    warn(usage);
    return 2;
  }
  const { values, positionals } = parsed;
  const [dir, number] = positionals;
  if (values.help === true) {
    write(usage);
    return 0;
  }
  const isUsable =
    dir !== undefined && positionals.length <= 2 && (number === undefined || /^\d{1,15}$/.test(number));
  if (!isUsable || (values.key !== undefined && !isVerifierKey(values.key))) {
    warn(usage);
    return 2;
  }
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true) {
    warn(`impart-check: ${dir} is not a folder\n`);
    return 1;
  }
  let kept: string | undefined;
  try {
    kept = values.kept === undefined ? undefined : readFileSync(values.kept, 'utf8');
  } catch (error) {
    warn(`impart-check: ${String(error)}\n`);
    return 1;
  }
  const options = { key: values.key, kept };
  const findings =
    number === undefined ? checkRelease(dir, options) : checkOneMessage(dir, Number(number), options);
  write(
    values.json === true
      ? findings.map((finding) => `${JSON.stringify(finding)}\n`).join('')
      : formatFindings(findings),
  );
  return findings.every(({ faultCount }) => faultCount === 0) ? 0 : 3;
}

function readArguments(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      kept: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}

if (import.meta.main === true) {
  process.exitCode = run(
    process.argv.slice(2),
    (text) => process.stdout.write(text),
    (text) => process.stderr.write(text),
  );
}
