#!/usr/bin/env node
/** The command line: one file per command; data on stdout, progress and errors on stderr. */
import { findStorageError } from '../store/storage-error.js';
import { ExitCode } from './exit-code.js';
import { program } from './program.js';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe may leave early (`impart search … | head`): that is no failure.
  if (error.code === 'EPIPE') process.exit(ExitCode.ok);
  throw error;
});

try {
  const root = await program(process.argv[2]);
  await root.parseAsync(process.argv);
} catch (error) {
  const known = findStorageError(error);
  if (known === undefined) throw error;
  process.stderr.write(`impart: ${known.message}\n${known.hint === '' ? '' : `  ${known.hint}\n`}`);
  process.exitCode = ExitCode.stopped;
}
