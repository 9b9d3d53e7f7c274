/**
 * `npm run bench`: measures, prints what it found and writes it to bench/results.md. A part that was not measured
 * this time is taken over from the last run, with its own date.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/store/package-root.js';
import { measureGrowth } from './growth.js';
import { measureLoad } from './load.js';
import { load, thisMachine } from './machine.js';
import { type Corpus, readyCorpora, readyScaled } from './mail.js';
import { help, type Options, type Part, parseOptions, parts } from './options.js';
import { measureReceive } from './receive.js';
import { formatResults, formatTargets, type PartRecord, type Records, resultsOf } from './results.js';
import { measureSearch } from './search.js';
import { measureVerify } from './verify.js';

const quickMessages = 2_000;
const sizes = {
  full: {
    queries: 170_000,
    verify: [10_000, 100_000],
    growth: [10_000, 100_000],
    slow: 1_000_000,
    queryRounds: 10,
    loadSeconds: 60,
  },
  quick: {
    queries: 5_000,
    verify: [500, 2_000],
    growth: [1_000, 5_000],
    slow: 20_000,
    queryRounds: 3,
    loadSeconds: 5,
  },
} as const;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function main(options: Options): Promise<boolean> {
  const corpora = await readyCorpora(
    options.corpora,
    options.work,
    options.quick ? quickMessages : undefined,
  );
  const store = join(options.work, options.quick ? 'quick' : 'full');
  mkdirSync(store, { recursive: true });
  if (load() > 0.5)
    say(`the machine is busy (load ${load().toFixed(2)}): the figures will be worse than they should be`);
  let isComplete = true;
  for (const part of options.only) {
    try {
      const record = await measured(options, () => measurePart(part, corpora, options));
      writeFileSync(join(store, `${part}.json`), JSON.stringify(record));
    } catch (error) {
      isComplete = false;
      say(`${part} could not be measured: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const records = readRecords(store);
  const target = options.quick
    ? join(options.work, 'results-quick.md')
    : join(packageRoot, 'bench', 'results.md');
  writeFileSync(
    target,
    formatResults(records, readFileSync(join(packageRoot, 'bench', 'method.md'), 'utf8')),
  );
  process.stdout.write(`${formatTargets(resultsOf(records))}\n`);
  say(`all figures: ${target}`);
  return isComplete;
}

function measurePart(part: Part, corpora: readonly Corpus[], options: Options): Promise<unknown> {
  const size = options.quick ? sizes.quick : sizes.full;
  switch (part) {
    case 'receive':
      return measureReceive(corpora, options.runs, options.work, say);
    case 'queries':
      say(`queries: a trove of ${size.queries} messages`);
      return readyScaled(corpora, size.queries, options.work).then((mail) =>
        measureSearch(mail, size.queryRounds, options),
      );
    case 'load':
      say(`load: readers for ${size.loadSeconds} seconds while ${size.queries} messages are received`);
      return readyScaled(corpora, size.queries, options.work).then((mail) =>
        measureLoad(
          [mail.path, ...corpora.map(({ mbox }) => mbox)],
          join(options.work, 'load.trove'),
          size.loadSeconds,
        ),
      );
    case 'verify':
      return measureVerify(corpora, size.verify, options.runs, options, say);
    case 'growth':
      return measureGrowth(
        corpora,
        [...size.growth, ...(options.slow ? [size.slow] : [])],
        options.runs,
        options,
        say,
      );
  }
}

async function measured<T>(options: Options, measure: () => Promise<T>): Promise<PartRecord<T>> {
  const start = Date.now();
  const before = load();
  const result = await measure();
  const circumstances = {
    machine: thisMachine(),
    startedAt: new Date(start).toISOString(),
    seconds: (Date.now() - start) / 1000,
    runs: options.runs,
    isQuick: options.quick,
    load: [before, load()] as const,
  };
  return { circumstances, result };
}

function readRecords(store: string): Records {
  const read = (part: Part): unknown => {
    const path = join(store, `${part}.json`);
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  };
  // Written by this program, in the same shape.
  return Object.fromEntries(
    parts.flatMap((part) => {
      const record = read(part);
      return record === undefined ? [] : [[part, record]];
    }),
  ) as Records;
}

let options: Options | undefined;
try {
  options = parseOptions(process.argv.slice(2), process.env);
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  process.exit(2);
}
if (options === undefined) process.stdout.write(help);
else process.exitCode = (await main(options)) ? 0 : 1;
