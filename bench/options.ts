/** What `npm run bench -- …` understands. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../src/store/package-root.js';

export const parts = ['receive', 'queries', 'load', 'verify', 'growth'] as const;
export type Part = (typeof parts)[number];

export interface Options {
  readonly only: readonly Part[];
  /** Counted runs of each command, after one that is not counted. */
  readonly runs: number;
  /** Small inputs, one run: shows that everything works, not how fast it is. */
  readonly quick: boolean;
  readonly slow: boolean;
  /** Keeps the troves that were made, for profiling. */
  readonly keep: boolean;
  readonly corpora: string;
  readonly work: string;
}

export const help = `npm run bench -- [options]

Measures Impart side by side with mu and notmuch, where they are installed, and with mailauth, and writes bench/results.md.

  --only PART[,PART]  receive, queries (with pages), load, verify, growth (default: all)
  --runs N            counted runs of each command, after a warm-up (default 3)
  --quick             2,000 messages of each mbox, small scaled troves, one run, results to bench/.work/results-quick.md
  --slow              growth up to 1,000,000 messages too (also IMPART_SLOW=1): some 16 GB of disk
  --keep              keep the troves made for queries, verify and growth in bench/.work/
  --corpora DIR       mboxes to measure on, *.mbox or *.mbox.zst (default ../shared/corpora/big)
  --work DIR          where unpacked mail, Maildirs and troves go (default bench/.work)
  --help

Nothing else should run on the machine. What was unpacked or scaled is used again; rm -r bench/.work makes room.
`;

/** undefined where help was asked for. Throws an Error that says what is wrong with the arguments. */
export function parseOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true },
      runs: { type: 'string' },
      quick: { type: 'boolean', default: false },
      slow: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      corpora: { type: 'string', default: join(packageRoot, '..', 'shared', 'corpora', 'big') },
      work: { type: 'string', default: join(packageRoot, 'bench', '.work') },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const runs = Number(values.runs ?? (values.quick ? 1 : 3));
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a whole number from 1');
  return {
    only: values.only === undefined ? parts : values.only.flatMap((list) => list.split(',')).map(asPart),
    runs,
    quick: values.quick,
    slow: values.slow || environment.IMPART_SLOW === '1',
    keep: values.keep,
    corpora: values.corpora,
    work: values.work,
  };
}

function asPart(name: string): Part {
  const part = parts.find((known) => known === name);
  if (part === undefined) throw new Error(`--only takes ${parts.join(', ')}; not "${name}"`);
  return part;
}
