/** One message of a release: its segments, its record, its files, and its way to a signed checkpoint. */
import { formatEntry, type MessageEntry } from '../proof/entry.js';
import { leafHash, verifyInclusion } from '../proof/merkle.js';
import { checkSegments, originalPath, parseRecord, recordPath } from '../proof/record.js';
import type { VerifierKey } from '../proof/signed-note.js';
import { parseTlogProof } from '../proof/tlog-proof.js';
import type { ReleaseFolder } from './folder.js';
import { readCheckpoint } from './log.js';
import type { Check } from './report.js';

export const proofPath = (number: number): string => `m/${number}/${number}.tlog-proof`;

export interface CheckedMessage {
  /** The entry that its files come to. */
  readonly entry: MessageEntry;
  readonly segments: number;
  readonly hidden: number;
  readonly size: number;
  readonly files: readonly string[];
}

/** Works out the log entry of a published message from its files. Undefined where that cannot be done; faults are told to `check`. */
export function checkMessage(
  folder: ReleaseFolder,
  number: number,
  check: Check,
): CheckedMessage | undefined {
  const path = recordPath(number);
  const bytes = folder.find(path);
  const record = bytes === undefined ? undefined : parseRecord(bytes);
  if (record === undefined) {
    check.fault(bytes === undefined ? `${path} is missing` : `${path} is not a record`);
    return undefined;
  }
  check.expect(record.number === number, `${path} is about message ${record.number}`);
  if (record.original !== undefined)
    check.expect(record.original.path === originalPath(number), `${path} names another original`);
  const named = record.original === undefined ? record.files : [record.original, ...record.files];
  for (const file of named)
    check.expect(folder.sha256(file.path) === file.sha256, `${file.path} is not the file that ${path} names`);
  const original = record.original === undefined ? undefined : folder.find(originalPath(number));
  const checked = checkSegments(record.segments, original);
  if (checked === undefined) {
    check.fault(`${originalPath(number)} is not divided as ${path} says`);
    return undefined;
  }
  if (original !== undefined)
    check.expect(checked.hidden === 0, `${path} hides segments of a message that is published whole`);
  return {
    entry: {
      type: 'message',
      number,
      commitment: checked.commitment.toString('hex'),
      record: folder.sha256(path) ?? '',
    },
    segments: record.segments.length,
    hidden: checked.hidden,
    size: checked.shown.length,
    files: [path, ...named.map((file) => file.path)],
  };
}

/** Whether the message's own proof leads from its entry to a signed checkpoint; that checkpoint's size and place. */
export function checkProof(
  folder: ReleaseFolder,
  entry: MessageEntry,
  key: VerifierKey,
  check: Check,
): { readonly index: number; readonly note: string } | undefined {
  const path = proofPath(entry.number);
  const proof = parseTlogProof(folder.findText(path) ?? '');
  if (proof === undefined) {
    check.fault(`${path} is missing or is not a proof`);
    return undefined;
  }
  const checkpoint = readCheckpoint(proof.checkpoint, key);
  if (typeof checkpoint === 'string') {
    check.fault(`the checkpoint in ${path} ${checkpoint}`);
    return undefined;
  }
  const leaf = leafHash(formatEntry(entry));
  const isIncluded = verifyInclusion(proof.index, checkpoint.size, leaf, proof.path, checkpoint.root);
  check.expect(isIncluded, `${path} does not lead from message ${entry.number} to its checkpoint`);
  return isIncluded ? { index: proof.index, note: proof.checkpoint } : undefined;
}
