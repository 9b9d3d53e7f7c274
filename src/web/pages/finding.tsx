/** One kind of finding: what it means, what innocent causes it has, and what it does not mean. */
import { type FindingCode, findingRules } from '../../verify/finding.js';
import { countOf } from '../figures.js';
import { findingLimits, levelWords } from '../finding-limits.js';
import { urls } from '../urls.js';
import { type Frame, Layout } from './layout.js';

export interface FindingPageProps {
  readonly frame: Frame;
  readonly code: FindingCode;
  /** Messages by level; a level that none has is left out. */
  readonly counts: readonly { readonly level: keyof typeof levelWords; readonly count: number }[];
  /** Those of the same trove, for the way on. */
  readonly others: readonly FindingCode[];
}

export function FindingPage({ frame, code, counts, others }: FindingPageProps) {
  const { title, meaning, benign, version } = findingRules[code];
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  return (
    <Layout frame={frame} title={title} q="">
      <article class="prose finding">
        <p class="crumb">
          <a href={urls.verification()}>Verification</a>
        </p>
        <h1>{title}</h1>
        <p class="lead">{meaning}</p>
        <h2>Innocent causes</h2>
        <ul>
          {benign.map((cause) => (
            <li>{`${cause.charAt(0).toUpperCase()}${cause.slice(1)}.`}</li>
          ))}
        </ul>
        <h2>What it does not mean</h2>
        <p>{findingLimits[code]}</p>
        <h2>In this trove</h2>
        {all === 0 ? (
          <p>No message has it.</p>
        ) : (
          <ul class="levels">
            {counts.map(({ level, count }) => (
              <li>
                <a href={urls.search({ q: `finding:${code} finding:${level}` })}>
                  {countOf(count, 'message')}
                </a>
                {` as ${level}, which ${levelWords[level]}.`}
              </li>
            ))}
          </ul>
        )}
        <p class="hint">
          {'Searched with '}
          <code>{`finding:${code}`}</code>
          {`; version ${version} of the rule.`}
        </p>
        {others.length === 0 ? undefined : (
          <nav aria-label="Other findings">
            <h2>Other findings here</h2>
            <ul>
              {others.map((other) => (
                <li>
                  <a href={urls.finding(other)}>{findingRules[other].title}</a>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </article>
    </Layout>
  );
}
