/** Which addresses may be one person's, for a reader to decide; and what was decided, to be taken back. */
import type { Suggestion } from '../../people/suggest.js';
import type { PersonStatement } from '../../store/desk/people.js';
import { countOf, formatCount, formatTime } from '../figures.js';
import { urls } from '../urls.js';
import { Token } from './form.js';
import { type Frame, Layout } from './layout.js';
import { Name } from './text.js';

export interface SuggestionLine extends Suggestion {
  /** Names and messages of both. */
  readonly names: readonly [string, string];
  readonly messages: readonly [number, number];
}

export interface SuggestionsProps {
  readonly frame: Frame;
  readonly lines: readonly SuggestionLine[];
  readonly total: number;
  readonly from: number;
  readonly next: number | undefined;
  readonly statements: readonly PersonStatement[];
  /** This page's own address. */
  readonly back: string;
}

export function SuggestionsPage({ frame, lines, total, from, next, statements, back }: SuggestionsProps) {
  return (
    <Layout frame={frame} title="Who is who" q="">
      <p class="crumb">
        <a href={urls.people()}>People</a>
      </p>
      <h1>Who is who</h1>
      <p class="lead">
        {total === 0
          ? 'No two addresses look like one person’s, other than what was decided already.'
          : `${countOf(total, 'pair of addresses', 'pairs of addresses')} may be one person’s. Nothing is joined until someone says so, and whatever is said can be taken back.`}
      </p>
      <ol class="suggestions" start={from + 1}>
        {lines.map((line) => (
          <li>
            <Pair line={line} back={back} />
          </li>
        ))}
      </ol>
      {from === 0 && next === undefined ? undefined : (
        <nav class="pager" aria-label="Pages of suggestions">
          {from === 0 ? undefined : <a href={urls.suggestions()}>First page</a>}
          {next === undefined ? undefined : (
            <a rel="next" href={urls.suggestions(next)}>
              Next page
            </a>
          )}
        </nav>
      )}
      <Statements statements={statements} back={back} />
    </Layout>
  );
}

function Pair({ line, back }: { line: SuggestionLine; back: string }) {
  const { address, other, reason, names, messages } = line;
  const side = (one: string, name: string, count: number) => (
    <span class="side">
      <a href={urls.person(one)}>
        <Name text={one} />
      </a>
      <span class="hint">
        {name === '' ? undefined : (
          <>
            <Name text={name} />,{' '}
          </>
        )}
        {countOf(count, 'message')}
      </span>
    </span>
  );
  return (
    <form method="post" action={urls.statePerson()}>
      <Token back={back} />
      <input type="hidden" name="address" value={address} />
      <input type="hidden" name="other" value={other} />
      <input type="hidden" name="reason" value={reason} />
      <p class="pair">
        {side(address, names[0], messages[0])} {side(other, names[1], messages[1])}
      </p>
      <p class="reason">
        <Name text={reason} />
      </p>
      <p class="choice">
        <button
          type="submit"
          name="verdict"
          value="same"
          aria-label={`${address} and ${other} are the same person`}
        >
          Same person
        </button>
        <button
          type="submit"
          name="verdict"
          value="different"
          aria-label={`${address} and ${other} are different people`}
        >
          Different people
        </button>
      </p>
    </form>
  );
}

export function Statements({ statements, back }: { statements: readonly PersonStatement[]; back: string }) {
  if (statements.length === 0) return undefined;
  return (
    <section>
      <h2>{`Stated so far: ${formatCount(statements.length)}`}</h2>
      <ul class="suggestions">
        {statements.map((statement) => (
          <li>
            <form method="post" action={urls.undoPerson()}>
              <Token back={back} />
              <input type="hidden" name="id" value={statement.id} />
              <p>
                <a href={urls.person(statement.address)}>
                  <Name text={statement.address} />
                </a>
                {statement.verdict === 'same' ? ' is the same person as ' : ' is not the same person as '}
                <a href={urls.person(statement.other)}>
                  <Name text={statement.other} />
                </a>
              </p>
              {statement.reason === '' ? undefined : (
                <p class="reason">
                  <Name text={statement.reason} />
                </p>
              )}
              <p class="choice">
                <span class="hint">
                  stated by <Name text={statement.madeBy} />, {formatTime(statement.madeAt)}
                </span>
                <button type="submit" aria-label={`Take back: ${statement.address} and ${statement.other}`}>
                  Take back
                </button>
              </p>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}
