/**
 * Measures the rules of claims on PolNeAR, and writes docs/claims-accuracy.md with --write.
 *
 *   node dist/bench/polnear/main.js PATH-OF-POLNEAR [train|dev] [--errors RULE]
 */
import { Article } from '../../src/claims/article.js';
import { attribute } from '../../src/claims/attribute.js';
import { type RuleName, ruleNames } from '../../src/claims/attribution.js';
import { type Span, textOf } from '../../src/claims/span.js';
import { type Annotated, type Part, readCorpus } from './corpus.js';
import { countExact, countTokens, Tally, tokenSpans, tokensIn } from './measure.js';

const [root = '', part = 'train', flag, wantedRule] = process.argv.slice(2);
const roles = ['source', 'cue', 'content'] as const;
type Role = (typeof roles)[number];

interface Found { rule: RuleName; source: Span[]; cue: Span[]; content: Span[]; verb: string }

const tokenwise: Record<Role, Tally> = { source: new Tally(), cue: new Tally(), content: new Tally() };
const exact: Record<Role, Tally> = { source: new Tally(), cue: new Tally(), content: new Tally() };
const direct = new Tally(); const directSourced = new Tally(); const directExact = new Tally();
const byRule = new Map<RuleName, { n: number; ok: number; src: number; tokens: Tally }>();
const byVerb = new Map<string, { n: number; ok: number }>();
let dp = 0; let dr = 0; let sp = 0; let sr = 0;
let cpu = 0; let wordsSeen = 0;

const articles = readCorpus(root, part as Part);
for (const article of articles) measureArticle(article);

function measureArticle(gold: Annotated): void {
  const { text } = gold;
  const before = process.cpuUsage().user;
  const found = findIn(text);
  cpu += process.cpuUsage().user - before;
  const tokens = tokenSpans(text); wordsSeen += tokens.length;
  for (const role of roles) {
    countTokens(tokenwise[role], tokensIn(tokens, found.flatMap((f) => f[role])), tokensIn(tokens, gold.attributions.flatMap((g) => g[role])));
    countExact(exact[role], text, found.map((f) => f[role]), gold.attributions.map((g) => g[role]));
  }
  // direct
  const goldDirect = gold.attributions.filter((g) => isDirect(text, g.content));
  const foundDirect = found.filter((f) => isDirect(text, f.content));
  const inGold = tokensIn(tokens, gold.attributions.flatMap((g) => g.content));
  const inGoldDirect = tokensIn(tokens, goldDirect.flatMap((g) => g.content));
  const inFound = tokensIn(tokens, found.flatMap((f) => f.content));
  const inFoundDirect = tokensIn(tokens, foundDirect.flatMap((f) => f.content));
  // token-wise F1 of direct quotations: precision over ours against any gold content, recall over gold's against any of ours
  direct.found += inFoundDirect.size; direct.wanted += inGoldDirect.size;
  let p = 0; for (const t of inFoundDirect) if (inGold.has(t)) p += 1;
  let r = 0; for (const t of inGoldDirect) if (inFound.has(t)) r += 1;
  dp += p; dr += r;
  // sourced: token's source equal
  const goldSrc = new Map<number, readonly Span[]>(); for (const g of gold.attributions) for (const t of tokensIn(tokens, g.content)) goldSrc.set(t, g.source);
  const foundSrc = new Map<number, Span[]>(); for (const f of found) for (const t of tokensIn(tokens, f.content)) foundSrc.set(t, f.source);
  for (const t of inFoundDirect) if (inGold.has(t) && sameSource(text, foundSrc.get(t) ?? [], goldSrc.get(t) ?? [])) sp += 1;
  for (const t of inGoldDirect) if (inFound.has(t) && sameSource(text, foundSrc.get(t) ?? [], goldSrc.get(t) ?? [])) sr += 1;
  countExact(directExact, text, foundDirect.map((f) => f.content), goldDirect.map((g) => g.content));
  for (const f of found) {
    const fc = tokensIn(tokens, f.content);
    let best = 0; let src = false; let bestGold: (typeof gold.attributions)[number] | undefined;
    for (const g of gold.attributions) {
      const gc = tokensIn(tokens, g.content); let both = 0; for (const t of fc) if (gc.has(t)) both += 1;
      const dice = (2 * both) / (fc.size + gc.size || 1);
      if (dice > best) { best = dice; bestGold = g; src = sameSource(text, f.source, g.source); }
    }
    const ok = best >= 0.5 && src;
    const row = byRule.get(f.rule) ?? { n: 0, ok: 0, src: 0, tokens: new Tally() };
    row.n += 1; if (ok) row.ok += 1; if (best >= 0.5) row.src += 1;
    row.tokens.found += fc.size; for (const t of fc) if (inGold.has(t)) row.tokens.hit += 1;
    byRule.set(f.rule, row);
    const v = byVerb.get(`${f.rule} ${f.verb}`) ?? { n: 0, ok: 0 }; v.n += 1; if (ok) v.ok += 1; byVerb.set(`${f.rule} ${f.verb}`, v);
    if (flag === '--errors' && f.rule === wantedRule && !ok) {
      const all = [...f.source, ...f.cue, ...f.content]; const from = Math.min(...all.map((s) => s.start)); const to = Math.max(...all.map((s) => s.end));
      console.log('---', text.slice(Math.max(0, from - 60), Math.min(to + 60, from + 400)).replaceAll('\n', ' | '));
      console.log('  ours ', show(text, f), ' dice', best.toFixed(2));
      if (bestGold) console.log('  gold ', show(text, bestGold));
    }
  }
  if (flag === '--missed') for (const g of gold.attributions) {
    const gc = tokensIn(tokens, g.content); let both = 0; for (const t of gc) if (inFound.has(t)) both += 1;
    const want = wantedRule === 'direct' ? isDirect(text, g.content) : !isDirect(text, g.content);
    if (want && both < gc.size * 0.3) console.log('---', g.source.map((s) => textOf(text, s)), g.cue.map((s) => textOf(text, s)), g.content.map((s) => textOf(text, s).slice(0, 120)), '  <<', text.slice(Math.max(0, (g.content[0]?.start ?? 0) - 100), (g.content[0]?.start ?? 0)).replaceAll('\n', '|'));
  }
}


function show(text: string, a: { source: readonly Span[]; cue: readonly Span[]; content: readonly Span[] }): string {
  return roles.map((role) => `[${a[role].map((s) => textOf(text, s).slice(0, 110)).join(' / ').replaceAll('\n', '|')}]`).join(' ');
}

function sameSource(text: string, a: readonly Span[], b: readonly Span[]): boolean {
  if (a.length === 0 && b.length === 0) return true;
  return a.some((x) => b.some((y) => x.start < y.end && y.start < x.end));
}

function isDirect(text: string, spans: readonly Span[]): boolean {
  const first = spans[0]; const last = spans.at(-1);
  if (first === undefined || last === undefined) return false;
  const s = textOf(text, first).trim(); const e = textOf(text, last).trim();
  return /^(?:["“”«‘]|''|``)/.test(s) && /(?:["”»’]|'')[.,;]?$/.test(e);
}

function findIn(text: string): Found[] {
  const article = new Article(text);
  return attribute(article).map((a) => ({
    rule: a.rule,
    source: a.source === undefined ? [] : [article.spanOf(a.source)],
    cue: a.cue === undefined ? [] : [article.spanOf(a.cue)],
    content: a.content.map((c) => article.spanOf(c)),
    verb: a.verb?.base ?? (a.cue ? article.words(a.cue) : ''),
  }));
}

const f = (n: number): string => (100 * n).toFixed(1).padStart(5);
if (flag === undefined) {
  for (const role of roles) { const t = tokenwise[role]; const e = exact[role]; console.log(role.padEnd(8), 'token P', f(t.precision), 'R', f(t.recall), 'F', f(t.f1), '  exact P', f(e.precision), 'R', f(e.recall), 'F', f(e.f1)); }
  const F = (p: number, r: number): number => (2 * p * r) / (p + r);
  const P = dp / direct.found; const R = dr / direct.wanted; const SP = sp / direct.found; const SR = sr / direct.wanted;
  console.log('direct content P', f(P), 'R', f(R), 'F', f(F(P, R)), ' with source P', f(SP), 'R', f(SR), 'F', f(F(SP, SR)), ' exact F', f(directExact.f1), 'P', f(directExact.precision), 'R', f(directExact.recall));
  for (const rule of ruleNames) { const r = byRule.get(rule); if (r) console.log(rule.padEnd(24), String(r.n).padStart(6), 'right', f(r.ok / r.n), 'content ok', f(r.src / r.n), 'token P', f(r.tokens.precision)); }
  console.log(articles.length, 'articles', (cpu / 1e6).toFixed(2), 's cpu', (articles.length / (cpu / 1e6)).toFixed(0), 'articles/s');
} else if (flag === '--verbs') {
  for (const [v, r] of [...byVerb].filter(([, r]) => r.n >= 8).sort((a, b) => a[1].ok / a[1].n - b[1].ok / b[1].n)) console.log(v, r.n, f(r.ok / r.n));
}
