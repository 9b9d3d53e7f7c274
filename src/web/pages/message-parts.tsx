/** What came with a message, what it is made of, where it was found, and what is odd about it. */
import type { Attachment } from '../../message/attachment.js';
import type { Defect, Entity, HeaderField } from '../../message/message.js';
import type { ArchivedMessage } from '../../read/archive.js';
import type { OccurrenceRow } from '../../store/catalog-reader.js';
import { defectExplanations } from '../defect-explanations.js';
import { countOf, formatBytes, formatCount } from '../figures.js';
import { conditionOn, queryText } from '../query-links.js';
import { urls } from '../urls.js';
import { Headings } from './table.js';
import { Code, Name } from './text.js';

export interface PlaceLine extends OccurrenceRow {
  readonly containerPath: string;
}

export function AttachmentTable({ archived }: { archived: ArchivedMessage }) {
  const { attachments, number } = archived;
  if (attachments.length === 0) return undefined;
  return (
    <section class="attachments">
      <h2>{countOf(attachments.length, 'attachment')}</h2>
      <ul>
        {attachments.map((attachment) => (
          <AttachmentItem attachment={attachment} number={number} />
        ))}
      </ul>
      <p class="hint">Files are saved, never opened here. They are as they were sent: they may do harm.</p>
    </section>
  );
}

function AttachmentItem({ attachment, number }: { attachment: Attachment; number: number }) {
  const { name, entity, mediaType, size, sha256, disposition } = attachment;
  return (
    <li>
      <a href={urls.attachment(number, entity)} download>
        {name === '' ? `Part without a name (${mediaType})` : <Name text={name} />}
      </a>
      <a class="about" href={urls.blob(sha256)}>
        text and places
      </a>
      <span class="facts">
        <Name text={mediaType} />
        {`, ${formatBytes(size)}${disposition === 'inline' ? ', inline' : ''}`}
      </span>
      <details>
        <summary>SHA-256</summary>
        <Code text={sha256} />
      </details>
    </li>
  );
}

/** Places shown before "more". */
const shownPlaces = 4;

export function FoundIn({ places }: { places: readonly PlaceLine[] }) {
  const more = places.slice(shownPlaces);
  return (
    <section class="places">
      <h2>Found in {countOf(places.length, 'place')}</h2>
      <ol>
        {places.slice(0, shownPlaces).map((place) => (
          <PlaceItem place={place} />
        ))}
      </ol>
      {more.length === 0 ? undefined : (
        <details>
          <summary>{formatCount(more.length)} more</summary>
          <ol start={shownPlaces + 1}>
            {more.map((place) => (
              <PlaceItem place={place} />
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

function PlaceItem({ place }: { place: PlaceLine }) {
  const { container, containerPath, folder, path, offset, length } = place;
  const inFolder = folder === undefined ? undefined : conditionOn('folder', folder);
  return (
    <li>
      <a href={urls.search({ q: `container:${container}` })}>
        <Name text={containerPath} />
      </a>
      {folder === undefined || folder === '' ? undefined : (
        <>
          {', folder '}
          {inFolder === undefined ? (
            <Name text={folder} />
          ) : (
            <a href={urls.search({ q: queryText(inFolder) })}>
              <Name text={folder} />
            </a>
          )}
        </>
      )}
      <span class="facts">
        {path === '' ? undefined : (
          <>
            <Code text={path} />{' '}
          </>
        )}
        {`byte ${formatCount(offset)}, ${countOf(length, 'byte')}`}
      </span>
    </li>
  );
}

export function Defects({ defects }: { defects: readonly Defect[] }) {
  if (defects.length === 0) return undefined;
  return (
    <details>
      <summary>{countOf(defects.length, 'defect')}: where the message departs from the standards</summary>
      <ul class="defects">
        {defects.slice(0, 200).map((defect) => (
          <li>
            {defectExplanations[defect.code]}{' '}
            <span class="facts">
              <code>{defect.code}</code>
              {defect.note === '' ? undefined : ': '}
              <Name text={defect.note} />
              {defect.offset < 0 ? '' : `, at byte ${formatCount(defect.offset)}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Fields shown on a page; the source has all of them. */
const maxFields = 500;
const maxBodyCharacters = 4_000;

export function HeaderFields({ fields }: { fields: readonly HeaderField[] }) {
  return (
    <details>
      <summary>{`All ${countOf(fields.length, 'header field')}`}</summary>
      <section class="scroll" aria-label="Header fields" tabindex={0}>
        <table class="header-fields">
          <tbody>
            {fields.slice(0, maxFields).map((field) => (
              <tr>
                <th scope="row">
                  <Name text={field.name} />
                </th>
                <td>
                  <Name text={field.body.slice(0, maxBodyCharacters)} />
                  {field.body.length > maxBodyCharacters ? ' …' : ''}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {fields.length > maxFields ? <p class="note">The rest is in the source.</p> : undefined}
    </details>
  );
}

const maxEntitiesShown = 300;

export function Structure({ archived }: { archived: ArchivedMessage }) {
  const { entities } = archived.message;
  return (
    <details>
      <summary>{`Structure: ${countOf(entities.length, 'part')}`}</summary>
      <section class="scroll" aria-label="Structure" tabindex={0}>
        <table>
          <Headings
            columns={[
              'Section',
              'Media type',
              'Charset',
              'Transfer encoding',
              'Name',
              { figures: 'Size as sent' },
            ]}
          />
          <tbody>
            {entities.slice(0, maxEntitiesShown).map((entity) => (
              <EntityLine entity={entity} />
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

function EntityLine({ entity }: { entity: Entity }) {
  const { section, depth, mediaType, charset, transferEncoding, filename, body } = entity;
  return (
    <tr>
      <td class="number">{section === '' ? 'message' : section}</td>
      <td class={`d${Math.min(depth, 8)}`}>
        <Name text={mediaType} />
      </td>
      <td>
        <Name text={charset} />
      </td>
      <td>
        <Name text={transferEncoding} />
      </td>
      <td>
        <Name text={filename} />
      </td>
      <td class="number">{formatBytes(body.length)}</td>
    </tr>
  );
}
