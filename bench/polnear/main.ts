/**
 * Measures the rules of claims on PolNeAR.
 *
 *   node dist/bench/polnear/main.js PATH                      prints the report
 *   node dist/bench/polnear/main.js PATH --write              writes docs/claims-accuracy.md and src/claims/measured.ts
 *   node dist/bench/polnear/main.js PATH --errors RULE        what that rule got wrong on train
 */
import { writeFileSync } from 'node:fs';
import { type Span, textOf } from '../../src/claims/span.js';
import { readCorpus } from './corpus.js';
import { report } from './report.js';
import { roles, Scores } from './scores.js';

const [path, flag, rule] = process.argv.slice(2);
if (path === undefined) {
  process.stderr.write('Usage: node dist/bench/polnear/main.js PATH-OF-POLNEAR [--write | --errors RULE]\n');
  process.exit(2);
}

function scoresOf(part: 'train' | 'dev'): Scores {
  const scores = new Scores();
  for (const article of readCorpus(path ?? '', part)) {
    const wrong = scores.add(article);
    if (flag !== '--errors' || part !== 'train') continue;
    for (const { found, best } of wrong) if (found.rule === rule) printError(article.text, found, best);
  }
  return scores;
}

type Attributed = Readonly<Record<(typeof roles)[number], readonly Span[]>>;

function printError(text: string, found: Attributed, best: Attributed | undefined): void {
  const words = (one: Attributed | undefined): string =>
    one === undefined
      ? 'nothing'
      : roles.map((role) => `[${one[role].map((span) => textOf(text, span)).join(' / ')}]`).join(' ');
  process.stdout.write(
    `ours   ${words(found)}\ntheirs ${words(best)}\n\n`.replaceAll(/\n(?!ours|theirs|\n|$)/g, ' '),
  );
}

const train = scoresOf('train');
if (flag !== '--errors') {
  const dev = scoresOf('dev');
  const text = report(train, dev);
  if (flag === '--write') {
    writeFileSync('docs/claims-accuracy.md', text);
    writeFileSync('src/claims/measured.ts', measuredSource(dev));
  } else process.stdout.write(text);
  process.stderr.write(
    `${train.articles} articles of train in ${(train.cpuMicroseconds / 1e6).toFixed(2)} s of one core\n`,
  );
}

function measuredSource({ byRule }: Scores): string {
  const lines = Array.from(
    byRule,
    ([name, { found, right }]) => `  '${name}': { found: ${found}, right: ${right} },`,
  );
  return `/** Written by bench/polnear with --write: rule → attributions found on dev, and how many of them were right. */
export const measuredOnDev: Readonly<Record<string, { readonly found: number; readonly right: number }>> = {
${lines.sort().join('\n')}
};
`;
}
