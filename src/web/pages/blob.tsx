/** One file: what it is, what it says, the names it goes by, and every message that carries it. */
import type { BlobRow, PlaceRow } from '../../index/attachment-text.js';
import type { HitRow } from '../../index/search.js';
import type { SnippetPart } from '../../read/snippet.js';
import { countOf, formatBytes, formatCount } from '../figures.js';
import { explainStatus, findingName, mayBeShown, typeName } from '../file-facts.js';
import { urls } from '../urls.js';
import { visibleName } from '../visible-text.js';
import { type Frame, Layout } from './layout.js';
import { Code, Marked, Name, Subject, When } from './text.js';

export interface ShownPiece {
  readonly where: string;
  readonly kind: string;
  /** From 1. */
  readonly position: number;
  /** Of running text. */
  readonly parts: readonly SnippetPart[];
  /** Cells of a table, or names and values. */
  readonly rows: readonly (readonly (readonly SnippetPart[])[])[];
}

export interface PlaceFacts extends PlaceRow {
  readonly row: HitRow | undefined;
}

export interface BlobProps {
  readonly frame: Frame;
  readonly blob: BlobRow;
  readonly q: string | undefined;
  readonly namings: readonly { readonly name: string; readonly declared: string; readonly count: number }[];
  /** How names or declared types differ from the content. */
  readonly mismatches: readonly string[];
  /** One of its names makes a system run it. */
  readonly isRunnable: boolean;
  readonly findings: readonly { readonly code: string; readonly note: string }[];
  readonly pieces: readonly ShownPiece[];
  /** Position of the first piece shown, from 0. */
  readonly from: number;
  readonly perPage: number;
  /** Pieces that have the words of the search. */
  readonly matching: readonly number[];
  readonly places: readonly PlaceFacts[];
  readonly placesFrom: number;
  readonly placesPerPage: number;
}

export function BlobPage(props: BlobProps) {
  const { frame, blob, q } = props;
  const title = blob.name === '' ? 'File without a name' : visibleName(blob.name);
  return (
    <Layout frame={frame} title={title} q={q ?? ''} wide>
      {q === undefined || q === '' ? (
        <p class="crumb">
          <a href={urls.attachments()}>All attachments</a>
        </p>
      ) : (
        <p class="crumb">
          <a href={urls.search({ q })}>
            {'Back to the hits for '}
            <Name text={q} />
          </a>
        </p>
      )}
      <article class="message file">
        <header>
          <h1>
            {blob.name === '' ? <span class="absent">File without a name</span> : <Name text={blob.name} />}
          </h1>
          <p class="lead">
            {`${typeName(blob.mediaType)}, ${formatBytes(blob.size)}, in `}
            <a href="#places">{countOf(blob.places, 'message')}</a>
          </p>
          <Warnings {...props} />
        </header>
        <div class="columns">
          <section aria-label="What the file says">
            <Preview {...props} />
          </section>
          <Margin {...props} />
        </div>
        <Places {...props} />
      </article>
    </Layout>
  );
}

const dangerous = new Set(['executable', 'macros']);

function Warnings({ blob, findings, mismatches, isRunnable }: BlobProps) {
  const isDangerous =
    isRunnable || blob.group === 'program' || findings.some(({ code }) => dangerous.has(code));
  if (!isDangerous && mismatches.length === 0) return undefined;
  return (
    <div class="warning" role="note">
      {isDangerous ? (
        <p>
          <strong>This file can run code.</strong> Do not open it on a machine that matters.
        </p>
      ) : undefined}
      {mismatches.map((difference) => (
        <p>
          <strong>It is not what it says it is:</strong> {visibleName(difference)}.
        </p>
      ))}
    </div>
  );
}

function Preview(props: BlobProps) {
  const { blob, pieces, q, matching } = props;
  const explanation = blob.pieces === 0 ? explainStatus(blob.status) : '';
  return (
    <>
      {mayBeShown(blob) ? (
        <figure class="picture">
          <img
            src={urls.blobPicture(blob.sha256)}
            alt={blob.name === '' ? 'The picture' : visibleName(blob.name)}
          />
        </figure>
      ) : undefined}
      {explanation === '' ? undefined : <p class="absent">{explanation}</p>}
      {matching.length > 0 ? <Matching q={q} sha256={blob.sha256} matching={matching} /> : undefined}
      {pieces.map((piece) => (
        <Piece piece={piece} isMatch={matching.includes(piece.position)} />
      ))}
      <PiecePager {...props} />
    </>
  );
}

function Matching({
  q,
  sha256,
  matching,
}: {
  q: string | undefined;
  sha256: string;
  matching: readonly number[];
}) {
  return (
    <p class="matching">
      {`The words of the search stand in ${countOf(matching.length, 'place')}: `}
      {matching.map((position, at) => (
        <>
          {at > 0 ? ' ' : undefined}
          <a href={urls.blob(sha256, { q, at: position })}>{position}</a>
        </>
      ))}
    </p>
  );
}

function Piece({ piece, isMatch }: { piece: ShownPiece; isMatch: boolean }) {
  const { where, kind, position, parts, rows } = piece;
  return (
    <section class={isMatch ? 'piece matched' : 'piece'} id={`p${position}`}>
      <h2>
        <Name text={where} /> <span class="facts">{position}</span>
      </h2>
      {kind === 'text' ? (
        <div class="text">
          <p class="own" dir="auto">
            <Marked parts={parts} />
          </p>
        </div>
      ) : kind === 'facts' ? (
        <dl class="fields">
          {rows.map(([name = [], value = []]) => (
            <>
              <dt>
                <Marked parts={name} />
              </dt>
              <dd dir="auto">
                <Marked parts={value} />
              </dd>
            </>
          ))}
        </dl>
      ) : (
        <section class="scroll" aria-label={visibleName(where)} tabindex={0}>
          <table class="cells">
            <tbody>
              {rows.map((cells) => (
                <tr>
                  {cells.map((cell) => (
                    <td dir="auto">
                      <Marked parts={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

function PiecePager({ blob, q, from, perPage }: BlobProps) {
  if (blob.pieces <= perPage) return undefined;
  const next = from + perPage;
  return (
    <nav class="pager" aria-label="Parts of the file">
      {from === 0 ? undefined : (
        <a rel="prev" href={urls.blob(blob.sha256, { q, at: from - perPage + 1 })}>
          Earlier parts
        </a>
      )}
      <span class="absent">{`parts ${formatCount(from + 1)} to ${formatCount(Math.min(next, blob.pieces))} of ${formatCount(blob.pieces)}`}</span>
      {next >= blob.pieces ? undefined : (
        <a rel="next" href={urls.blob(blob.sha256, { q, at: next + 1 })}>
          Later parts
        </a>
      )}
    </nav>
  );
}

function Margin({ blob, namings, findings }: BlobProps) {
  return (
    <aside class="margin" aria-label="About this file">
      <section>
        <h2>File</h2>
        <dl class="stacked">
          <dt>Type by its content</dt>
          <dd>
            {typeName(blob.mediaType)}
            {blob.mediaType === '' ? undefined : (
              <>
                {' '}
                <span class="facts">
                  <Code text={blob.mediaType} />
                </span>
              </>
            )}
          </dd>
          <dt>SHA-256</dt>
          <dd>
            <Code text={blob.sha256} />
          </dd>
          <dt>Size</dt>
          <dd>{`${formatBytes(blob.size)} (${countOf(blob.size, 'byte')})`}</dd>
          <dt>The original</dt>
          <dd>
            <a href={urls.blobFile(blob.sha256)} download>
              Download as it was sent
            </a>
            <p class="hint">It is saved, never opened here. It may do harm.</p>
          </dd>
          <dt>In a release</dt>
          <dd>
            <a href={urls.redactAttachment(blob.sha256)}>Clear it, or withhold it</a>
          </dd>
        </dl>
      </section>
      <Findings blob={blob} findings={findings} />
      <section>
        <h2>Names it goes by</h2>
        <ul>
          {namings.map(({ name, declared, count }) => (
            <li>
              {name === '' ? <span class="absent">no name</span> : <Name text={name} />}
              <span class="facts">
                {'declared '}
                <Name text={declared} />
                {`, ${countOf(count, 'time')}`}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </aside>
  );
}

function Findings({ blob, findings }: { blob: BlobRow; findings: BlobProps['findings'] }) {
  const isTold = findings.some(({ note }) => note === blob.note);
  if (findings.length === 0 && blob.note === '') return undefined;
  return (
    <section>
      <h2>Noticed</h2>
      <ul>
        {blob.note === '' || isTold ? undefined : (
          <li>
            <Name text={blob.note} />
          </li>
        )}
        {findings.map(({ code, note }) => (
          <li>
            {findingName(code)}
            <span class="facts">
              <Name text={note} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Places({ blob, places, placesFrom, placesPerPage, q }: BlobProps) {
  const next = placesFrom + placesPerPage;
  return (
    <section class="file-places" id="places">
      <h2>{`Attached to ${countOf(blob.places, 'message')}`}</h2>
      <ol class="hits" start={placesFrom + 1}>
        {places.map((place) => (
          <li>
            <PlaceItem place={place} blobName={blob.name} q={q} />
          </li>
        ))}
      </ol>
      {blob.places <= placesPerPage ? undefined : (
        <nav class="pager" aria-label="Pages of messages">
          {placesFrom === 0 ? undefined : (
            <a
              rel="prev"
              href={urls.blob(blob.sha256, { q, places: Math.max(0, placesFrom - placesPerPage) })}
            >
              Earlier messages
            </a>
          )}
          {next >= blob.places ? undefined : (
            <a rel="next" href={urls.blob(blob.sha256, { q, places: next })}>
              Later messages
            </a>
          )}
        </nav>
      )}
    </section>
  );
}

function PlaceItem({ place, blobName, q }: { place: PlaceFacts; blobName: string; q: string | undefined }) {
  const { number, name, row } = place;
  return (
    <article class="hit">
      <h3>
        <a href={urls.message(number, { q })}>
          <Subject text={row?.subject ?? ''} />
        </a>
      </h3>
      <p class="byline">
        <span class="who" title={row?.fromAddr}>
          <Name text={row === undefined || row.fromName === '' ? (row?.fromAddr ?? '') : row.fromName} />
        </span>
        <When time={row?.sentAt} />
        {name === blobName ? undefined : (
          <span>
            {'as '}
            {name === '' ? 'a file without a name' : <Name text={name} />}
          </span>
        )}
      </p>
    </article>
  );
}
