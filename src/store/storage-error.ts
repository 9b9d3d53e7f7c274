/** What the system says when storage fails, as what the operator can do about it. */
import { OperatorError } from '../errors.js';

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

const full: Failure = {
  code: 'disk-full',
  message: 'no space is left on a disk that was written to',
  hint: 'Free space, then run the same command again: what was committed is there, and nothing is half-published. A receive needs less with --in-place.',
};
const forbidden: Failure = {
  code: 'trove-unwritable',
  message: 'the trove cannot be written',
  hint: 'Check the permissions of the trove directory and its files, then run the same command again.',
};
const damaged: Failure = {
  code: 'trove-damaged',
  message: 'a database of the trove is damaged',
  hint: 'If it is one of index-v*, run impart reindex. If it is catalog.db or desk.db, restore it from a backup. Originals are not affected.',
};
const busy: Failure = {
  code: 'trove-locked',
  message: 'another process is writing to the trove',
  hint: 'Wait until it ends, then run this again.',
};
const broken: Failure = {
  code: 'storage-failed',
  message: 'the disk of the trove reports an error',
  hint: 'Check the disk, then run the same command again: what was committed is safe if the disk is.',
};

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
const bySqlite = new Map<number, Failure>([
  [5, busy],
  [6, busy],
  [8, forbidden],
  [10, broken],
  [11, damaged],
  [13, full],
  [14, forbidden],
  [26, damaged],
]);
const bySystem = new Map<string, Failure>([
  ['ENOSPC', full],
  ['EDQUOT', full],
  ['EACCES', forbidden],
  ['EPERM', forbidden],
  ['EROFS', forbidden],
  ['EIO', broken],
]);
/** Errors that come out of a thread keep their message only. */
const byMessage: readonly (readonly [string, Failure])[] = [
  ['database or disk is full', full],
  ['disk I/O error', broken],
  ['readonly database', forbidden],
  ['unable to open database', forbidden],
  ['disk image is malformed', damaged],
  ['database is locked', busy],
  ['ENOSPC', full],
];

/** undefined for an error that is not about storage: that one is a bug of ours. */
export function findStorageError(error: unknown): OperatorError | undefined {
  if (error instanceof OperatorError) return error;
  if (!(error instanceof Error)) return undefined;
  const failure = failureOf(error);
  return failure === undefined
    ? undefined
    : new OperatorError(failure.code, `${failure.message} (${error.message})`, failure.hint, error);
}

function failureOf(error: Error): Failure | undefined {
  if ('errcode' in error && typeof error.errcode === 'number') return bySqlite.get(error.errcode & 0xff);
  if ('code' in error && typeof error.code === 'string' && bySystem.has(error.code))
    return bySystem.get(error.code);
  return byMessage.find(([text]) => error.message.includes(text))?.[1];
}
