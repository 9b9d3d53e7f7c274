/**
 * The messages that say the same as one, read and compared: the index knows them by keys alone, and what is said of
 * two texts side by side should not rest on a fingerprint.
 */
import type { GroupMember } from '../index/near-copies.js';
import type { HitRow } from '../index/search.js';
import type { HeaderField } from '../message/message.js';
import { parseMessage } from '../message/parse.js';
import { readableText } from '../message/readable.js';
import type { Segment } from '../message/text/segments.js';
import type { NearCopyKind } from '../thread/near-copies.js';
import type { Archive } from './archive.js';
import { readRaw } from './raw.js';

export interface ComparedCopy {
  readonly row: HitRow;
  /** undefined for the one that leads. */
  readonly kind: NearCopyKind | undefined;
  /** What was compared bears out the kind. */
  readonly isBorneOut: boolean;
  /** The signature or footer that it ends with, where that is what differs. */
  readonly ending: string;
  /** Names of header fields that are other or missing here or there; of a copy only. */
  readonly otherFields: readonly string[];
  /** Folders and paths where it was found. */
  readonly places: readonly string[];
}

const maxEnding = 600;
const maxOtherFields = 12;
const maxPlaces = 6;

interface ReadCopy {
  readonly fields: readonly HeaderField[];
  readonly segments: readonly Segment[];
}

/** `members` of one group, compared with the one that leads it. */
export async function compareCopies(
  archive: Archive,
  lead: number,
  members: readonly GroupMember[],
): Promise<ComparedCopy[]> {
  const original = await readCopy(archive, lead);
  const compared: ComparedCopy[] = [];
  for (const { number, kind } of members) {
    const row = archive.index.findRow(number);
    const copy = number === lead ? original : await readCopy(archive, number);
    if (row === undefined || copy === undefined || original === undefined) continue;
    compared.push({
      row,
      kind,
      isBorneOut: isBorneOut(kind, copy.segments, original.segments),
      ending: kind === 'ending' ? endingOf(copy.segments).slice(0, maxEnding) : '',
      otherFields: kind === 'copy' ? otherFields(copy.fields, original.fields) : [],
      places: placesOf(archive, number),
    });
  }
  return compared;
}

async function readCopy(archive: Archive, number: number): Promise<ReadCopy | undefined> {
  const row = archive.index.catalog.findMessage(number);
  if (row === undefined) return undefined;
  const message = parseMessage(await readRaw(archive.trove, archive.index, row));
  return { fields: message.fields, segments: readableText(message).segments };
}

function isBorneOut(
  kind: NearCopyKind | undefined,
  copy: readonly Segment[],
  lead: readonly Segment[],
): boolean {
  if (kind === 'forward')
    return visible(copy).endsWith(visible(lead)) || visible(copy).includes(visible(lead));
  if (kind === 'ending') return visible(withoutEnding(copy)) === visible(withoutEnding(lead));
  return visible(copy) === visible(lead);
}

const visible = (segments: readonly Segment[]): string =>
  segments.map(({ text }) => text.replace(/[\u0000-\u0020]+/g, '')).join('');

const lastShown = (segments: readonly Segment[]): Segment | undefined =>
  segments.findLast(({ text }) => text.trim() !== '');

const endingOf = (segments: readonly Segment[]): string => {
  const last = lastShown(segments);
  return last?.kind === 'signature' ? last.text.trim() : '';
};

function withoutEnding(segments: readonly Segment[]): readonly Segment[] {
  const last = lastShown(segments);
  return last?.kind === 'signature' ? segments.filter((segment) => segment !== last) : segments;
}

function otherFields(fields: readonly HeaderField[], others: readonly HeaderField[]): string[] {
  const bodies = (of: readonly HeaderField[]): Map<string, string> => {
    const byName = new Map<string, string>();
    for (const { name, body } of of) {
      const key = name.toLowerCase();
      byName.set(key, `${byName.get(key) ?? ''}\n${body}`);
    }
    return byName;
  };
  const here = bodies(fields);
  const there = bodies(others);
  const names = new Map([...others, ...fields].map(({ name }) => [name.toLowerCase(), name]));
  return [...names]
    .filter(([key]) => here.get(key) !== there.get(key))
    .map(([, name]) => name)
    .slice(0, maxOtherFields);
}

function placesOf({ index: { catalog } }: Archive, number: number): string[] {
  const places = catalog
    .occurrences(number)
    .map(({ container, folder }) => folder || catalog.container(container)?.path || '');
  return [...new Set(places)].filter((place) => place !== '').slice(0, maxPlaces);
}
