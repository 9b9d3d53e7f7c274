/** The register: whose addresses and numbers may be published. Whoever is not in it is private. */
import type { PublicityRow } from '../../store/desk/publicity.js';
import { countOf, formatCount } from '../figures.js';
import { type RedactPeopleState, urls } from '../urls.js';
import { visibleName } from '../visible-text.js';
import { Token } from './form.js';
import { type Frame, Layout } from './layout.js';
import { DidBar } from './redact-rule.js';
import { Name, When } from './text.js';

export interface RegisterLine {
  readonly address: string;
  readonly name: string;
  readonly messages: number;
  readonly isPublic: boolean;
  /** The domain that makes it so; undefined where the address itself is named. */
  readonly by: string | undefined;
}

export interface RedactPeopleProps {
  readonly frame: Frame;
  readonly state: RedactPeopleState;
  readonly lines: readonly RegisterLine[];
  readonly found: number;
  readonly next: number | undefined;
  readonly statements: readonly PublicityRow[];
  /** Domains with most messages. */
  readonly domains: readonly {
    readonly domain: string;
    readonly addresses: number;
    readonly isPublic: boolean;
  }[];
}

export function RedactPeoplePage(props: RedactPeopleProps) {
  const { frame, state, statements } = props;
  const here = urls.redactPeople({ name: state.name, from: state.from });
  return (
    <Layout frame={frame} title="Register of people" q="" wide>
      <p class="crumb">
        <a href={urls.redact()} data-key="u">
          Redaction
        </a>
      </p>
      <h1>Register of people</h1>
      <p class="lead">
        Addresses and numbers of everybody are masked in a release, until someone says here that they are a
        public person’s. An address counts before its domain.
      </p>
      {state.did === undefined ? undefined : <DidBar did={state.did} back={here} />}
      <div class="columns">
        <div>
          <form class="choice" method="get" action={urls.redactPeople()}>
            <label for="name">Name or address</label>
            <input id="name" name="name" type="search" value={state.name ?? ''} autocomplete="off" />
            <button type="submit">Find</button>
          </form>
          <RegisterForm {...props} here={here} />
          <Pager {...props} />
        </div>
        <aside>
          <Domains {...props} here={here} />
          <AddForm here={here} />
          {statements.length === 0 ? undefined : (
            <>
              <h2>In the register</h2>
              <ul class="redact-marked">
                {statements.map((row) => (
                  <Statement row={row} here={here} />
                ))}
              </ul>
            </>
          )}
        </aside>
      </div>
    </Layout>
  );
}

function RegisterForm({ lines, here }: RedactPeopleProps & { here: string }) {
  if (lines.length === 0) return <p>Nobody here has that name or address.</p>;
  return (
    <form method="post" action={urls.redactState()}>
      <Token back={here} />
      <div class="candidates-bar">
        <span class="candidates-do">
          <button type="submit" name="verdict" value="public">
            Ticked are public
          </button>
          <button type="submit" name="verdict" value="private" class="quiet">
            Ticked are private
          </button>
        </span>
      </div>
      <ul class="register">
        {lines.map(({ address, name, messages, isPublic, by }) => (
          <li data-item>
            <label>
              <input type="checkbox" name="subject" value={address} data-key="x" />{' '}
              <bdi class="register-name">{visibleName(name === '' ? address : name)}</bdi>
            </label>
            <a href={urls.person(address)}>
              <Name text={address} />
            </a>
            <span class="hint">{countOf(messages, 'message')}</span>
            <span class={isPublic ? 'verdict public' : 'verdict'}>
              {isPublic ? (by === undefined ? 'public' : `public by ${by}`) : 'private'}
            </span>
          </li>
        ))}
      </ul>
    </form>
  );
}

function Domains({ domains, here }: RedactPeopleProps & { here: string }) {
  return (
    <>
      <h2>Domains</h2>
      <ul class="register-domains">
        {domains.map(({ domain, addresses, isPublic }) => (
          <li>
            <form method="post" action={urls.redactState()}>
              <Token back={here} />
              <input type="hidden" name="subject" value={`@${domain}`} />
              <span>
                <Name text={`@${domain}`} />{' '}
                <span class="hint">{countOf(addresses, 'address', 'addresses')}</span>
              </span>
              {isPublic ? (
                <button type="submit" name="verdict" value="private" class="quiet">
                  Make private
                </button>
              ) : (
                <button type="submit" name="verdict" value="public" class="quiet">
                  Make public
                </button>
              )}
            </form>
          </li>
        ))}
      </ul>
    </>
  );
}

function AddForm({ here }: { here: string }) {
  return (
    <>
      <h2>Add to the register</h2>
      <form class="desk-form" method="post" action={urls.redactState()}>
        <Token back={here} />
        <label for="subject">
          Address, @domain or number <span class="hint">(as +441632960100)</span>
        </label>
        <input id="subject" name="subject" required autocomplete="off" />
        <label for="why">Why</label>
        <input id="why" name="reason" autocomplete="off" />
        <span class="candidates-do">
          <button type="submit" name="verdict" value="public">
            Public
          </button>
          <button type="submit" name="verdict" value="private" class="quiet">
            Private
          </button>
        </span>
      </form>
    </>
  );
}

function Statement({ row, here }: { row: PublicityRow; here: string }) {
  return (
    <li class="redact-mark">
      <p>
        <Name text={row.subject} />{' '}
        <span class={row.verdict === 'public' ? 'verdict public' : 'verdict'}>{row.verdict}</span>
      </p>
      <p class="facts">
        {row.reason === '' ? undefined : <span>{visibleName(row.reason)}</span>}
        <span>
          <Name text={row.madeBy} />, <When time={row.madeAt} />
        </span>
      </p>
      <form method="post" action={urls.redactUndo()}>
        <Token back={here} />
        <input type="hidden" name="id" value={row.id} />
        <input type="hidden" name="what" value="publicity" />
        <button type="submit" class="quiet">
          Take it back
        </button>
      </form>
    </li>
  );
}

function Pager({ state, lines, found, next }: RedactPeopleProps) {
  const from = state.from ?? 0;
  if (from === 0 && next === undefined) return undefined;
  return (
    <nav class="pager" aria-label="Pages of people">
      {from === 0 ? undefined : <a href={urls.redactPeople({ name: state.name })}>First page</a>}
      <span class="hint">{`${formatCount(from + 1)} to ${formatCount(from + lines.length)} of ${formatCount(found)}`}</span>
      {next === undefined ? undefined : (
        <a rel="next" href={urls.redactPeople({ name: state.name, from: next })}>
          Next page
        </a>
      )}
    </nav>
  );
}
