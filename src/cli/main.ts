#!/usr/bin/env node
/** The command line: one file per command; data on stdout, progress and errors on stderr. */
import { OperatorError } from '../errors.js';
import { ExitCode } from './exit-code.js';
import { program } from './program.js';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe may leave early (`impart search … | head`): that is no failure.
  if (error.code === 'EPIPE') process.exit(ExitCode.ok);
  throw error;
});

try {
  await program().parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof OperatorError)) throw error;
  process.stderr.write(`impart: ${error.message}\n${error.hint === '' ? '' : `  ${error.hint}\n`}`);
  process.exitCode = ExitCode.stopped;
}
