/**
 * Clearing one attachment: as it is, or as pictures of its pages with boxes over what stays hidden.
 *
 * A box is two clicks on the page, one for each corner; `<input type="image">` sends where it was clicked, so that it needs
 * no script. For the keyboard there are four numbers.
 */
import type { Danger } from '../../redact/active-content.js';
import type { PageBox } from '../../store/desk/clearances.js';
import { countOf, formatBytes, formatCount } from '../figures.js';
import { urls } from '../urls.js';
import { visibleName } from '../visible-text.js';
import { Token } from './form.js';
import { type Frame, Layout } from './layout.js';
import { DidBar } from './redact-rule.js';
import { Name } from './text.js';

/** CSS pixels that a page is wide on the screen: clicks are counted in them. */
export const shownWidth = 640;

export interface RedactAttachmentProps {
  readonly frame: Frame;
  readonly sha256: string;
  readonly name: string;
  readonly typeName: string;
  readonly size: number;
  readonly places: number;
  readonly danger: Danger;
  readonly isDrawable: boolean;
  /** undefined where it is withheld. */
  readonly form: 'original' | 'pages' | undefined;
  readonly boxes: readonly PageBox[];
  readonly page: number;
  /** undefined where it cannot be drawn, with the reason in `problem`. */
  readonly drawn: { readonly pages: number; readonly height: number; readonly state: string } | undefined;
  readonly problem: string;
  /** The first corner of a box, in thousandths. */
  readonly corner: { readonly x: number; readonly y: number } | undefined;
  readonly did: string | undefined;
}

export function RedactAttachmentPage(props: RedactAttachmentProps) {
  const { frame, sha256, name, typeName, size, places, page, did } = props;
  const here = urls.redactAttachment(sha256, page);
  return (
    <Layout frame={frame} title={`Clear: ${name}`} q="" wide>
      <p class="crumb">
        <a href={urls.blob(sha256)} data-key="u">
          The file
        </a>
        <a href={urls.redact()}>Redaction</a>
      </p>
      <h1>{name === '' ? <span class="absent">File without a name</span> : <Name text={name} />}</h1>
      <p class="lead">{`${typeName}, ${formatBytes(size)}, in ${countOf(places, 'message')}.`}</p>
      {did === undefined ? undefined : <DidBar did={did} back={here} />}
      <div class="columns">
        <div>
          <PageView {...props} />
        </div>
        <aside>
          <Decision {...props} here={here} />
          <Boxes {...props} here={here} />
        </aside>
      </div>
    </Layout>
  );
}

function PageView({ sha256, page, drawn, problem, corner }: RedactAttachmentProps) {
  if (drawn === undefined) return <p class="note">{problem}</p>;
  const picture = (
    <input
      type="image"
      class="page-picture"
      name="at"
      width={shownWidth}
      height={drawn.height}
      src={urls.redactPage(sha256, page, drawn.state)}
      alt={
        corner === undefined
          ? `Page ${page}: choose the first corner of a box`
          : `Page ${page}: choose the opposite corner`
      }
    />
  );
  return (
    <>
      <p class="hint" role="status">
        {corner === undefined
          ? 'Click on the page where a box begins.'
          : 'Now click on the opposite corner. '}
        {corner === undefined ? undefined : <a href={urls.redactAttachment(sha256, page)}>Begin anew</a>}
      </p>
      <section class="page-frame" tabindex={0} aria-label={`Page ${page}`}>
        {corner === undefined ? (
          <form method="get" action={urls.redactAttachment(sha256)}>
            <input type="hidden" name="page" value={page} />
            {picture}
          </form>
        ) : (
          <form method="post" action={urls.redactClear()}>
            <Token back={urls.redactAttachment(sha256, page)} />
            <Hidden sha256={sha256} page={page} />
            <input type="hidden" name="do" value="box" />
            <input type="hidden" name="x" value={corner.x} />
            <input type="hidden" name="y" value={corner.y} />
            {picture}
          </form>
        )}
      </section>
      {drawn.pages === 1 ? undefined : (
        <nav class="pager" aria-label="Pages of the file">
          {page === 1 ? undefined : (
            <a rel="prev" href={urls.redactAttachment(sha256, page - 1)}>
              Page before
            </a>
          )}
          <span class="hint">{`Page ${formatCount(page)} of ${formatCount(drawn.pages)}`}</span>
          {page === drawn.pages ? undefined : (
            <a rel="next" href={urls.redactAttachment(sha256, page + 1)}>
              Next page
            </a>
          )}
        </nav>
      )}
    </>
  );
}

function Hidden({ sha256, page }: { sha256: string; page: number }) {
  return (
    <>
      <input type="hidden" name="attachment" value={sha256} />
      <input type="hidden" name="page" value={page} />
    </>
  );
}

function Decision({
  sha256,
  page,
  danger,
  isDrawable,
  form,
  here,
}: RedactAttachmentProps & { here: string }) {
  const state =
    form === undefined
      ? 'Withheld'
      : form === 'pages'
        ? 'Cleared, as pictures of its pages'
        : 'Cleared, as it is';
  return (
    <>
      <h2>{state}</h2>
      <form class="desk-form" method="post" action={urls.redactClear()}>
        <Token back={here} />
        <Hidden sha256={sha256} page={page} />
        {form !== 'pages' && isDrawable ? (
          <button type="submit" name="do" value="pages" data-key="y">
            Clear as pictures of its pages
          </button>
        ) : undefined}
        {form !== 'original' && danger === undefined ? (
          <button type="submit" name="do" value="original" class={isDrawable ? 'quiet' : undefined}>
            Clear as it is
          </button>
        ) : undefined}
        {form === undefined ? undefined : (
          <button type="submit" name="do" value="withhold" class="quiet">
            Withhold it
          </button>
        )}
      </form>
      {danger === undefined ? (
        <p class="hint">
          As it is, it is published with all that is in it, seen or not. Pictures hold what is seen and
          nothing else.
        </p>
      ) : (
        <p class="hint">{`It is never published as it is: ${danger}.`}</p>
      )}
    </>
  );
}

function Boxes({ sha256, page, drawn, boxes, here }: RedactAttachmentProps & { here: string }) {
  if (drawn === undefined) return undefined;
  return (
    <>
      <h2>Boxes</h2>
      {boxes.length === 0 ? <p class="hint">None yet.</p> : undefined}
      <ul class="register-domains">
        {boxes.map((box, at) => (
          <li>
            <form method="post" action={urls.redactClear()}>
              <Token back={here} />
              <Hidden sha256={sha256} page={page} />
              <span>
                <a href={urls.redactAttachment(sha256, box.page)}>{`Page ${box.page}`}</a>{' '}
                <span class="hint">
                  {visibleName(`${box.left}, ${box.top}, ${box.width} × ${box.height}`)}
                </span>
              </span>
              <button type="submit" name="do" value={`remove ${at}`} class="quiet">
                Remove
              </button>
            </form>
          </li>
        ))}
      </ul>
      <details>
        <summary>By numbers</summary>
        <form class="desk-form" method="post" action={urls.redactClear()}>
          <Token back={here} />
          <Hidden sha256={sha256} page={page} />
          <p class="hint">In thousandths of the page, from its upper left corner.</p>
          {(['left', 'top', 'width', 'height'] as const).map((name) => (
            <>
              <label for={`box-${name}`}>{name.charAt(0).toUpperCase() + name.slice(1)}</label>
              <input id={`box-${name}`} name={name} type="number" min={0} max={1000} required />
            </>
          ))}
          <button type="submit" name="do" value="numbers">
            {`Add a box to page ${page}`}
          </button>
        </form>
      </details>
    </>
  );
}
