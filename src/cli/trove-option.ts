/** Options that several commands share. */
import { InvalidArgumentError, Option } from 'commander';

export const troveOption = (): Option =>
  new Option('--trove <dir>', 'the trove, a directory').makeOptionMandatory();
export const jsonOption = (): Option => new Option('--json', 'one JSON object a line on stdout');

/** Commander's argument parser for `--port` and `--limit`. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('not a whole number');
  return Number(text);
}

/** Whose name stands under what is written on the desk. */
export const asOption = (): Option =>
  new Option(
    '--as <name>',
    'your name, under tags and notes (default: as set on the desk, else the user of the system)',
  );
