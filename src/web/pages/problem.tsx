/** What went wrong, and what to do next. */

import { urls } from '../urls.js';
import { visibleText } from '../visible-text.js';
import { type Frame, Layout } from './layout.js';

export interface Problem {
  /** Short: what this page is. */
  readonly title: string;
  /** One sentence: what happened, to what. */
  readonly message: string;
  readonly hint: string;
}

export function ProblemPage({ frame, problem }: { frame: Frame; problem: Problem }) {
  return (
    <Layout frame={frame} title={problem.title} q="">
      <h1>{problem.title}</h1>
      <p class="lead">{visibleText(problem.message)}</p>
      {problem.hint === '' ? undefined : <p>{visibleText(problem.hint)}</p>}
      <p>
        <a href={urls.home()}>First page</a>
      </p>
    </Layout>
  );
}
