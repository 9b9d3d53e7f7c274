/** Every comparison with another parser, in the order of the report. */
import type { Comparison } from './comparison.js';
import {
  compareAddresses,
  compareContentTypes,
  compareDates,
  compareMessageIds,
  compareMessages,
  compareUnstructured,
} from './mail-parser.js';
import { compareMime4j, compareMimeTools } from './mime4j.js';
import { compareWithPython, pythonSets } from './python-email.js';

export interface ComparedSet {
  readonly set: string;
  /** Folder of the corpora. */
  readonly folder: string;
  /** Whose findings we compare with. */
  readonly oracle: string;
  compare(): Comparison;
}

const stalwart = 'mail-parser (Stalwart Labs), its own expected results';
const james = 'Apache James Mime4J, its own expected results';
const python = 'Python 3.11 `email`, run by test/message/oracles/describe.py';

export const comparedSets: readonly ComparedSet[] = [
  { set: 'mail-parser/address', folder: 'mail-parser', oracle: stalwart, compare: compareAddresses },
  { set: 'mail-parser/date', folder: 'mail-parser', oracle: stalwart, compare: compareDates },
  { set: 'mail-parser/content_type', folder: 'mail-parser', oracle: stalwart, compare: compareContentTypes },
  { set: 'mail-parser/id', folder: 'mail-parser', oracle: stalwart, compare: compareMessageIds },
  { set: 'mail-parser/unstructured', folder: 'mail-parser', oracle: stalwart, compare: compareUnstructured },
  { set: 'mail-parser/eml', folder: 'mail-parser', oracle: stalwart, compare: compareMessages },
  { set: 'mime4j/testmsgs', folder: 'mime4j', oracle: james, compare: compareMime4j },
  { set: 'mime4j/mimetools-testmsgs', folder: 'mime4j', oracle: james, compare: compareMimeTools },
  ...pythonSets.map((set) => ({ set, folder: set, oracle: python, compare: () => compareWithPython(set) })),
];
