/**
 * Checks a release as a stranger would: docs/release-format.md, "Checking". Nothing is believed that was not worked out
 * again from the files; the key alone is taken from outside, or, where the reader has none, from the release itself.
 */

import { statementFaults } from '../proof/entry.js';
import { bagDeclaration, isPayload, parseManifest } from '../proof/manifest.js';
import { sameBytes } from '../proof/merkle.js';
import { recordPath } from '../proof/record.js';
import { parseVerifierKey, type VerifierKey } from '../proof/signed-note.js';
import { ReleaseFolder } from './folder.js';
import { checkSignatures, findKey } from './keys.js';
import { type CheckedLog, checkLog, readCheckpoint } from './log.js';
import { checkMessage, checkProof, proofPath } from './message.js';
import { Check, type Finding } from './report.js';

export interface CheckOptions {
  /** A vkey that the reader has from elsewhere. */
  readonly key?: string | undefined;
  /** A checkpoint of the same log that the reader kept, as a signed note. */
  readonly kept?: string | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Files of a release that no manifest lists: the last manifest and its signatures, and a time stamp that may come later. */
const unlisted = [
  'tagmanifest-sha256.txt',
  'tagmanifest-sha256.txt.sig',
  'tagmanifest-sha256.txt.minisig',
  'checkpoint.tsr',
];

export function checkRelease(dir: string, options: CheckOptions = {}): Finding[] {
  const folder = new ReleaseFolder(dir);
  const { key, finding } = findKey(folder, options.key);
  if (key === undefined) return [finding];
  const findings = [finding, checkSignatures(folder, key)];
  const { log, findings: ofLog } = checkLog(folder, key);
  findings.push(...ofLog);
  if (log !== undefined) {
    if (options.kept !== undefined) findings.push(checkKept(log, key, options.kept));
    findings.push(checkMessages(folder, log, key, options.onProgress), checkStatement(folder, log));
  }
  findings.push(checkFiles(folder));
  return findings;
}

/** One message against its own proof: nothing else of the release is read. */
export function checkOneMessage(dir: string, number: number, options: CheckOptions = {}): Finding[] {
  const folder = new ReleaseFolder(dir);
  const { key, finding } = findKey(folder, options.key);
  if (key === undefined) return [finding];
  const check = new Check('message', `message ${number} is what was logged`);
  const message = checkMessage(folder, number, check);
  const proof = message === undefined ? undefined : checkProof(folder, message.entry, key, check);
  if (message === undefined || proof === undefined) return [finding, check.finding()];
  const [origin = '', size = ''] = proof.note.split('\n');
  const hidden = message.hidden === 0 ? 'all shown' : `${message.hidden} of them hidden`;
  return [
    finding,
    check.finding(
      `message ${number}: ${message.segments} segments, ${hidden}, are entry ${proof.index} of ${origin} at ${size} entries`,
    ),
  ];
}

/** The reader's own checkpoint must be a part of this log: otherwise there are two histories, or this one was turned back. */
function checkKept(log: CheckedLog, key: VerifierKey, kept: string): Finding {
  const check = new Check('kept-checkpoint', 'the checkpoint that you kept is a part of this log');
  const checkpoint = readCheckpoint(kept, key);
  if (typeof checkpoint === 'string') check.fault(`the checkpoint that you kept ${checkpoint}`);
  else if (checkpoint.size > log.tree.size)
    check.fault(
      `this log has ${log.tree.size} entries, and had ${checkpoint.size} before: it was turned back`,
    );
  else
    check.expect(
      sameBytes(log.tree.root(checkpoint.size), checkpoint.root),
      `this log has another history: its first ${checkpoint.size} entries are not those that were signed before`,
    );
  return check.finding();
}

function checkMessages(
  folder: ReleaseFolder,
  log: CheckedLog,
  key: VerifierKey,
  onProgress: CheckOptions['onProgress'],
): Finding {
  const check = new Check('messages', '');
  const expected = new Set<string>();
  const standing = standingEntries(log);
  let published = 0;
  for (const [number, { entry, index }] of standing) {
    if (entry.type !== 'message') continue;
    published += 1;
    if (published % 100 === 0) onProgress?.(published, standing.size);
    const message = checkMessage(folder, number, check);
    for (const path of [recordPath(number), proofPath(number), ...(message?.files ?? [])]) expected.add(path);
    if (message === undefined) continue;
    check.expect(
      message.entry.commitment === entry.commitment,
      `message ${number} has other segments than were logged`,
    );
    check.expect(
      message.entry.record === entry.record,
      `${recordPath(number)} is not the record that was logged`,
    );
    const proof = checkProof(folder, message.entry, key, check);
    if (proof === undefined) continue;
    check.expect(proof.index === index, `${proofPath(number)} is of entry ${proof.index}, not ${index}`);
    const release = log.releases.find(({ size }) => size > index)?.entry.release ?? 0;
    check.expect(
      log.checkpoints.get(release) === proof.note,
      `${proofPath(number)} has another checkpoint than release ${release}`,
    );
  }
  for (const { path } of folder.files()) {
    const belongs = /^data\/(?:messages\/[0-9]|attachments\/)|\.tlog-proof$/.test(path);
    if (belongs && !expected.has(path)) check.fault(`${path} belongs to no message that is published`);
  }
  return check.finding(
    `${published} published messages have the segments, records and proofs that were logged`,
  );
}

interface Standing {
  readonly entry: CheckedLog['entries'][number];
  readonly index: number;
}

/** Of each number its last entry. */
function standingEntries(log: CheckedLog): Map<number, Standing> {
  const standing = new Map<number, Standing>();
  for (const [index, entry] of log.entries.entries())
    if (entry.type !== 'release') standing.set(entry.number, { entry, index });
  return standing;
}

function checkStatement(folder: ReleaseFolder, log: CheckedLog): Finding {
  const check = new Check('statement', 'the statement of completeness adds up and counts what is here');
  const release = log.releases.at(-1)?.entry;
  if (release === undefined) {
    check.fault('there is no release');
    return check.finding();
  }
  const { statement } = release;
  for (const fault of statementFaults(statement)) check.fault(fault);
  const counts = { message: 0, withdrawn: 0 };
  const withheld = new Map<string, number>();
  for (const { entry } of standingEntries(log).values()) {
    if (entry.type === 'withheld') withheld.set(entry.reason, (withheld.get(entry.reason) ?? 0) + 1);
    else if (entry.type !== 'release') counts[entry.type] += 1;
  }
  check.expect(
    statement.published === counts.message,
    `${statement.published} published, ${counts.message} in the log`,
  );
  check.expect(
    statement.withdrawn === counts.withdrawn,
    `${statement.withdrawn} withdrawn, ${counts.withdrawn} in the log`,
  );
  for (const reason of new Set([...withheld.keys(), ...Object.keys(statement.withheld)])) {
    const [said, found] = [statement.withheld[reason] ?? 0, withheld.get(reason) ?? 0];
    check.expect(said === found, `${said} withheld for ${reason}, ${found} in the log`);
  }
  check.expect(
    folder.sha256('manifest-sha256.txt') === release.manifest,
    'manifest-sha256.txt is not the one that the release names',
  );
  return check.finding();
}

/** Every file is listed with its hash, and every file that is listed is there. */
function checkFiles(folder: ReleaseFolder): Finding {
  const check = new Check('files', '');
  const listed = new Map<string, string>();
  for (const [path, holdsPayload] of [
    ['manifest-sha256.txt', true],
    ['tagmanifest-sha256.txt', false],
  ] as const) {
    const files = parseManifest(folder.findText(path) ?? 'missing');
    if (files === undefined) check.fault(`${path} is missing or is not a manifest`);
    for (const [name, sha256] of files ?? []) {
      check.expect(isPayload(name) === holdsPayload, `${path} lists ${name}, which is not for it`);
      listed.set(name, sha256);
    }
  }
  check.expect(folder.findText('bagit.txt') === bagDeclaration, 'bagit.txt is not what RFC 8493 asks for');
  let count = 0;
  for (const { path, isFile } of folder.files()) {
    count += 1;
    const sha256 = listed.get(path);
    listed.delete(path);
    if (!isFile) check.fault(`${path} is not a file`);
    else if (sha256 === undefined) check.expect(unlisted.includes(path), `${path} is in no manifest`);
    else check.expect(folder.sha256(path) === sha256, `${path} has other bytes than its manifest says`);
  }
  for (const path of listed.keys()) check.fault(`${path} is missing`);
  return check.finding(`${count} files are those that the manifests list`);
}

/** Whether a text is a vkey, for the command line to say so before anything is read. */
export const isVerifierKey = (text: string): boolean => parseVerifierKey(text) !== undefined;
