/** `impart release`: keys, releases, time stamps. */
import { generateKeyPairSync } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { Command } from 'commander';
import { OperatorError } from '../errors.js';
import { formatVerifierKey } from '../proof/signed-note.js';
import { formatReleaseKey, parseReleaseKey } from '../release/key.js';
import { answersFor } from '../release/timestamp.js';
import { createCommand } from './release-create.js';

export function releaseCommand(): Command {
  const command = new Command('release').description(
    'publish what was picked and redacted, as a folder anyone can check',
  );
  command.addCommand(keyCommand());
  command.addCommand(createCommand());
  command.addCommand(timestampCommand());
  return command;
}

function keyCommand(): Command {
  return new Command('key')
    .description('make the key that signs the releases of a trove')
    .requiredOption('--name <name>', 'whose releases they are: an address of yours without https://')
    .requiredOption(
      '--out <file>',
      'where to keep the key: outside of every trove, and with a copy elsewhere',
    )
    .addHelpText(
      'after',
      `
A trove's releases are one history, signed with one key. Who loses it cannot go on with that history; who gives it away
lets others go on with it. Publish the verifier key that this prints where readers know you from.

Examples:
  $ impart release key --name news.example/harbour --out ~/harbour-release.key`,
    )
    .action(makeKey);
}

function makeKey({ name, out }: { name: string; out: string }): void {
  const path = resolve(out);
  if (isInTrove(path))
    throw new OperatorError(
      'key-in-trove',
      `${out} is inside a trove`,
      'Keep the key elsewhere: who copies the trove must not be able to sign with it.',
    );
  const { privateKey } = generateKeyPairSync('ed25519');
  const text = formatReleaseKey(name, privateKey);
  try {
    // `wx`: an older key at this place is never written over. 600 from the beginning, not after.
    const file = openSync(path, 'wx', 0o600);
    writeFileSync(file, text);
    closeSync(file);
  } catch (error) {
    const isThere = existsSync(path);
    throw new OperatorError(
      isThere ? 'key-exists' : 'key-unwritable',
      isThere ? `${out} is there already` : `cannot write ${out}: ${String(error)}`,
      'Name another file with --out. A key is never written over.',
      error,
    );
  }
  process.stdout.write(`${formatVerifierKey(parseReleaseKey(text, out))}\n`);
}

function isInTrove(path: string): boolean {
  let dir = dirname(path);
  dir = existsSync(dir) ? realpathSync(dir) : dir;
  for (; dir !== dirname(dir); dir = dirname(dir)) if (existsSync(join(dir, 'trove.json'))) return true;
  return existsSync(join(sep, 'trove.json'));
}

function timestampCommand(): Command {
  return new Command('timestamp')
    .description('put a time stamp by somebody else (RFC 3161) beside the checkpoint of a release')
    .argument('<release>', 'the folder of the release')
    .argument('<answer>', 'what the time stamping authority answered to checkpoint.tsq')
    .addHelpText(
      'after',
      `
Impart asks nobody. Send the request that is in every release yourself:
  curl -H 'Content-Type: application/timestamp-query' --data-binary @RELEASE/checkpoint.tsq URL -o answer.tsr

Examples:
  $ impart release timestamp harbour-release answer.tsr`,
    )
    .action(attachTimestamp);
}

function attachTimestamp(dir: string, answer: string): void {
  const checkpoint = readOr('release-missing', join(dir, 'checkpoint'), 'Name the folder of a release.');
  const bytes = readOr('timestamp-missing', answer, 'Name the file that the authority answered with.');
  if (!answersFor(bytes, checkpoint))
    throw new OperatorError(
      'timestamp-of-something-else',
      `${answer} is not a time stamp of the checkpoint of ${dir}`,
      `Send ${join(dir, 'checkpoint.tsq')} to a time stamping authority, and keep its answer as it is.`,
    );
  copyFileSync(answer, join(dir, 'checkpoint.tsr'));
}

function readOr(code: string, path: string, hint: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new OperatorError(code, `${path} cannot be read: ${String(error)}`, hint, error);
  }
}
