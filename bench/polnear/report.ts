/** docs/claims-accuracy.md from the scores of train and dev. */
import { shownByDefault } from '../../src/claims/accuracy.js';
import { ruleNames } from '../../src/claims/attribution.js';
import { f1, roles, type Scores, type Share } from './scores.js';

const percent = (share: number): string => (100 * share).toFixed(1);
const shareCells = ({ hitFound, found, hitWanted, wanted }: Share): string =>
  `${percent(hitFound / Math.max(1, found))} | ${percent(hitWanted / Math.max(1, wanted))}`;

export interface Default {
  readonly found: number;
  readonly right: number;
  readonly contentRight: number;
}

export function shownScore(scores: Scores): Default {
  let found = 0;
  let right = 0;
  let contentRight = 0;
  for (const [rule, score] of scores.byRule) {
    if (!shownByDefault.has(rule)) continue;
    found += score.found;
    right += score.right;
    contentRight += score.contentRight;
  }
  return { found, right, contentRight };
}

/** Wilson's interval of a share, 95 %. */
function wilson(right: number, found: number): string {
  const z = 1.96;
  const p = right / found;
  const middle = (p + (z * z) / (2 * found)) / (1 + (z * z) / found);
  const half = (z * Math.sqrt((p * (1 - p)) / found + (z * z) / (4 * found * found))) / (1 + (z * z) / found);
  return `${percent(middle - half)} to ${percent(middle + half)}`;
}

export function report(train: Scores, dev: Scores): string {
  return `${head}
## Tokens and spans

Token-wise: each word and mark of an article is source (cue, content) of some attribution, or is not, in both readings. Exact: both ends of a span are the same but for marks and blanks.

| | | P | R | F1 | exact P | exact R | exact F1 |
|---|---|---|---|---|---|---|---|
${[
  ['dev', dev],
  ['train', train],
]
  .flatMap(([part, scores]) => roles.map((role) => roleLine(String(part), scores as Scores, role)))
  .join('\n')}

## Direct quotations

Contents that begin and end with a quotation mark. Precision: of the tokens in ours, those that are content of any attribution of theirs. Recall: of the tokens in theirs, those that are content of any of ours. With the source: only tokens whose source shares a character with theirs.

| | | P | R | F1 |
|---|---|---|---|---|
${directLines('dev', dev)}
${directLines('train', train)}

## By rule, on dev

Right: the source overlaps theirs, and the content shares at least half of its tokens (Dice ≥ 0.5). A rule with fewer than 30 on dev is shown as "unmeasured" in the program. Rules are tried in their order in a sentence; what one took no other looks at.

| rule | shown at once | found | right | % | 95 % | content alone, % | tokens of content, P |
|---|---|---|---|---|---|---|---|
${ruleNames.flatMap((rule) => ruleLine(rule, dev)).join('\n')}

${defaultLine('dev', dev)}
${defaultLine('train', train)}
`;
}

const head = `# Accuracy of the rules for claims

Written by \`node dist/bench/polnear/main.js PATH-OF-POLNEAR --write\`. Not edited by hand.

Measured on [PolNeAR 1.0](https://github.com/networkdynamics/PolNeAR): news articles of the United States' campaign of 2016 by seven outlets, in which people marked source, cue and content of everything that is attributed to somebody, statements as well as beliefs, wishes and decisions. Rules were made from \`train\` (840 articles) alone. \`dev\` (84 articles of the 11th month) was used to report, not to change rules; \`test\` was not opened. Where several people annotated an article, the first in order of their marks counts. People agree with one another at a Krippendorff's alpha of 75.4, token-wise (Newell, Margolin and Ruths 2018).

The corpus is not part of this repository.
`;

function roleLine(part: string, scores: Scores, role: (typeof roles)[number]): string {
  const token = scores.tokenwise[role];
  const exact = scores.exact[role];
  const cells = [token.precision, token.recall, token.f1, exact.precision, exact.recall, exact.f1];
  return `| ${part} | ${role} | ${cells.map(percent).join(' | ')} |`;
}

function directLines(part: string, { direct, directWithSource, directExact }: Scores): string {
  return [
    `| ${part} | content | ${shareCells(direct)} | ${percent(f1(direct))} |`,
    `| ${part} | content with the right source | ${shareCells(directWithSource)} | ${percent(f1(directWithSource))} |`,
    `| ${part} | content, exact spans | ${percent(directExact.precision)} | ${percent(directExact.recall)} | ${percent(directExact.f1)} |`,
  ].join('\n');
}

function ruleLine(rule: (typeof ruleNames)[number], { byRule }: Scores): string[] {
  const score = byRule.get(rule);
  if (score === undefined) return [];
  const { found, right, contentRight, tokens } = score;
  const shown = shownByDefault.has(rule) ? 'yes' : '';
  return [
    `| ${rule} | ${shown} | ${found} | ${right} | ${percent(right / found)} | ${wilson(right, found)} | ${percent(contentRight / found)} | ${percent(tokens.precision)} |`,
  ];
}

function defaultLine(part: string, scores: Scores): string {
  const { found, right, contentRight } = shownScore(scores);
  return `Shown at once, ${part}: ${right} of ${found} right, **${percent(right / found)} %** (95 %: ${wilson(right, found)}); content alone ${percent(contentRight / found)} %.\n`;
}
