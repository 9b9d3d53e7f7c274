/** Names that people give: of themselves, of tags, searches and lists. One line, no control characters, bounded. */
import { OperatorError } from '../../errors.js';
import { limits } from '../../limits.js';

/** Control characters, line ends, and marks that turn the direction of writing. */
const unwanted = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** The name without what cannot be seen. `what` names it in the error. Throws OperatorError `name-malformed`. */
export function nameOf(text: string, what: string): string {
  const name = text.toWellFormed().normalize('NFC').replace(unwanted, ' ').replace(/\s+/gu, ' ').trim();
  if (name === '')
    throw new OperatorError('name-malformed', `a ${what} cannot be empty`, 'Write at least one letter.');
  if (name.length > limits.maxDeskNameCharacters)
    throw new OperatorError(
      'name-malformed',
      `this ${what} is longer than ${limits.maxDeskNameCharacters} characters`,
      'Choose a shorter one.',
    );
  return name;
}
