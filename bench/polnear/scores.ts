/** All counts of one part of the corpus. */
import { Article } from '../../src/claims/article.js';
import { attribute } from '../../src/claims/attribute.js';
import type { RuleName } from '../../src/claims/attribution.js';
import { type Span, textOf } from '../../src/claims/span.js';
import type { Annotated } from './corpus.js';
import { countExact, countTokens, Tally, tokenSpans, tokensIn } from './measure.js';

export const roles = ['source', 'cue', 'content'] as const;
export type Role = (typeof roles)[number];
type Attributed = Readonly<Record<Role, readonly Span[]>>;

export interface Found extends Attributed {
  readonly rule: RuleName;
  readonly verb: string;
}

export interface RuleScore {
  found: number;
  /** Who and what: the source overlaps, and content shares half of its tokens (Dice). */
  right: number;
  /** What alone. */
  contentRight: number;
  readonly tokens: Tally;
}

/** Precision and recall, each over its own tokens. */
export interface Share {
  hitFound: number;
  found: number;
  hitWanted: number;
  wanted: number;
}

export class Scores {
  readonly tokenwise: Record<Role, Tally> = { source: new Tally(), cue: new Tally(), content: new Tally() };
  readonly exact: Record<Role, Tally> = { source: new Tally(), cue: new Tally(), content: new Tally() };
  readonly direct: Share = { hitFound: 0, found: 0, hitWanted: 0, wanted: 0 };
  readonly directWithSource: Share = { hitFound: 0, found: 0, hitWanted: 0, wanted: 0 };
  readonly directExact = new Tally();
  readonly byRule = new Map<RuleName, RuleScore>();
  articles = 0;
  cpuMicroseconds = 0;

  /** Returns what was found and was not right, for those who look at errors. */
  add(gold: Annotated): { found: Found; best: Attributed | undefined }[] {
    const before = process.cpuUsage().user;
    const found = findIn(gold.text);
    this.cpuMicroseconds += process.cpuUsage().user - before;
    this.articles += 1;
    const tokens = tokenSpans(gold.text);
    for (const role of roles) {
      const spansOf = (all: readonly Attributed[]): Span[] => all.flatMap((one) => one[role]);
      countTokens(
        this.tokenwise[role],
        tokensIn(tokens, spansOf(found)),
        tokensIn(tokens, spansOf(gold.attributions)),
      );
      countExact(
        this.exact[role],
        gold.text,
        found.map((one) => one[role]),
        gold.attributions.map((one) => one[role]),
      );
    }
    this.#addDirect(gold, found, tokens);
    return found.flatMap((one) => this.#addToRule(gold, one, tokens));
  }

  /**
   * Direct quotations are contents that begin and end with a mark. Precision: of the tokens in ours, those that are
   * content in any of theirs; recall: of the tokens in theirs, those that are content in any of ours.
   */
  #addDirect({ text, attributions }: Annotated, found: readonly Found[], tokens: readonly Span[]): void {
    const ours = found.filter(({ content }) => isDirect(text, content));
    const theirs = attributions.filter(({ content }) => isDirect(text, content));
    const ourSources = sourcesByToken(found, tokens);
    const theirSources = sourcesByToken(attributions, tokens);
    const isSame = (token: number): boolean =>
      sameSource(ourSources.get(token) ?? [], theirSources.get(token) ?? []);
    for (const token of tokensIn(
      tokens,
      ours.flatMap(({ content }) => content),
    )) {
      this.direct.found += 1;
      this.directWithSource.found += 1;
      if (!theirSources.has(token)) continue;
      this.direct.hitFound += 1;
      if (isSame(token)) this.directWithSource.hitFound += 1;
    }
    for (const token of tokensIn(
      tokens,
      theirs.flatMap(({ content }) => content),
    )) {
      this.direct.wanted += 1;
      this.directWithSource.wanted += 1;
      if (!ourSources.has(token)) continue;
      this.direct.hitWanted += 1;
      if (isSame(token)) this.directWithSource.hitWanted += 1;
    }
    countExact(
      this.directExact,
      text,
      ours.map(({ content }) => content),
      theirs.map(({ content }) => content),
    );
  }

  #addToRule(
    { attributions }: Annotated,
    found: Found,
    tokens: readonly Span[],
  ): { found: Found; best: Attributed | undefined }[] {
    const score = this.byRule.get(found.rule) ?? { found: 0, right: 0, contentRight: 0, tokens: new Tally() };
    this.byRule.set(found.rule, score);
    const own = tokensIn(tokens, found.content);
    let best: Attributed | undefined;
    let bestDice = 0;
    const any = new Set<number>();
    for (const gold of attributions) {
      const theirs = tokensIn(tokens, gold.content);
      const both = [...own].filter((token) => theirs.has(token));
      for (const token of both) any.add(token);
      const dice = (2 * both.length) / Math.max(1, own.size + theirs.size);
      if (dice <= bestDice) continue;
      bestDice = dice;
      best = gold;
    }
    const isContentRight = bestDice >= 0.5;
    const isRight = isContentRight && best !== undefined && sameSource(found.source, best.source);
    score.found += 1;
    score.tokens.found += own.size;
    score.tokens.hit += any.size;
    if (isContentRight) score.contentRight += 1;
    if (isRight) score.right += 1;
    return isRight ? [] : [{ found, best }];
  }
}

export const f1 = ({ hitFound, found, hitWanted, wanted }: Share): number => {
  const precision = hitFound / Math.max(1, found);
  const recall = hitWanted / Math.max(1, wanted);
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
};

function sourcesByToken(
  attributions: readonly Attributed[],
  tokens: readonly Span[],
): Map<number, readonly Span[]> {
  const sources = new Map<number, readonly Span[]>();
  for (const { source, content } of attributions)
    for (const token of tokensIn(tokens, content)) sources.set(token, source);
  return sources;
}

/** They share a character, or neither names anybody. */
function sameSource(a: readonly Span[], b: readonly Span[]): boolean {
  if (a.length === 0 && b.length === 0) return true;
  return a.some((one) => b.some((other) => one.start < other.end && other.start < one.end));
}

export function isDirect(text: string, spans: readonly Span[]): boolean {
  const first = spans[0];
  const last = spans.at(-1);
  if (first === undefined || last === undefined) return false;
  const isOpened = /^(?:["“”«‘]|''|``)/.test(textOf(text, first).trim());
  return isOpened && /(?:["”»’]|'')[.,;]?$/.test(textOf(text, last).trim());
}

function findIn(text: string): Found[] {
  const article = new Article(text);
  return attribute(article).map(({ rule, source, cue, content, verb }) => ({
    rule,
    source: source === undefined ? [] : [article.spanOf(source)],
    cue: cue === undefined ? [] : [article.spanOf(cue)],
    content: content.map((range) => article.spanOf(range)),
    verb: verb?.base ?? '',
  }));
}
