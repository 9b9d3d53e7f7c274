/** What the desk holds of one message, as its page shows it. */
import type { ArchivedMessage } from '../read/archive.js';
import { findPassage, passageText } from '../read/passage.js';
import type { SnippetPart } from '../read/snippet.js';
import { findMark, type Mark } from '../store/desk/marks.js';
import { anchorOf, type Note, notesOn } from '../store/desk/notes.js';
import { type Tag, type TagCount, tagCounts, tagsOn } from '../store/desk/tags.js';
import type { Desk } from '../store/desk.js';
import type { Blocks, Passage } from './text-blocks.js';

export interface PlacedNote extends Note {
  /** Where its passage stands in the text: 'whole' for a note on the message, 'lost' where the passage is no more there. */
  readonly place: 'whole' | 'lost' | { readonly start: number; readonly end: number };
}

export interface MessageDesk {
  readonly reader: string;
  readonly tags: readonly Tag[];
  readonly mark: Mark | undefined;
  readonly notes: readonly PlacedNote[];
  /** All tags of the desk, to choose from. */
  readonly known: readonly TagCount[];
}

export function messageDesk(desk: Desk, archived: ArchivedMessage): MessageDesk {
  const { sha256 } = archived;
  const notes = desk.read((db) => notesOn(db, sha256), []);
  const text = notes.some((note) => note.exact !== undefined) ? passageText(archived.text) : '';
  return {
    reader: desk.reader,
    tags: desk.read((db) => tagsOn(db, sha256), []),
    mark: desk.read((db) => findMark(db, sha256), undefined),
    notes: notes.map((note) => ({ ...note, place: placeOf(text, note) })),
    known: desk.read(tagCounts, []),
  };
}

/** What a list of hits shows of it. */
export interface HitDesk {
  readonly tags: readonly string[];
  readonly isRead: boolean;
  readonly notes: number;
}

export function hitDesk(desk: Desk, sha256: string): HitDesk {
  return desk.read(
    (db) => ({
      tags: tagsOn(db, sha256).map((tag) => tag.name),
      isRead: findMark(db, sha256) !== undefined,
      notes: notesOn(db, sha256).length,
    }),
    { tags: [], isRead: false, notes: 0 },
  );
}

function placeOf(text: string, note: Note): PlacedNote['place'] {
  const anchor = anchorOf(note);
  return anchor === undefined ? 'whole' : (findPassage(text, anchor) ?? 'lost');
}

/** The text with the passages marked that notes are on; what a search marked stays marked. */
export function markNoted(blocks: Blocks, notes: readonly PlacedNote[]): Blocks {
  const anchored = notes.filter((note) => typeof note.place === 'object');
  if (anchored.length === 0) return blocks;
  const mark = (passage: Passage): Passage => ({ ...passage, parts: markedParts(passage.parts, anchored) });
  return {
    ...blocks,
    blocks: blocks.blocks.map((block) => {
      if (block.kind !== 'quotation') return { ...block, passage: mark(block.passage) };
      const passages = block.passages.map(mark);
      const isNoted = passages.some(({ parts }) => parts.some((part) => part.note !== undefined));
      return { ...block, passages, isOpen: block.isOpen || isNoted };
    }),
  };
}

/**
 * A passage of the page is a stretch of the text without blanks at its ends: the noted words are looked for in it, with
 * as much around them as there is, so that of two occurrences the right one is marked.
 */
function markedParts(parts: readonly SnippetPart[], notes: readonly PlacedNote[]): readonly SnippetPart[] {
  const text = parts.map((part) => part.text).join('');
  let marked = parts;
  for (const { id, exact = '', prefix = '', suffix = '' } of notes) {
    for (const [before, after] of [
      [prefix, suffix],
      [prefix, ''],
      ['', suffix],
      ['', ''],
    ] as const) {
      const found = text.indexOf(before + exact + after);
      if (found < 0) continue;
      const start = found + before.length;
      marked = splitAt(marked, start, start + exact.length, id);
      break;
    }
  }
  return marked;
}

function splitAt(parts: readonly SnippetPart[], start: number, end: number, note: string): SnippetPart[] {
  const split: SnippetPart[] = [];
  let at = 0;
  for (const part of parts) {
    const from = Math.min(Math.max(start - at, 0), part.text.length);
    const to = Math.min(Math.max(end - at, 0), part.text.length);
    at += part.text.length;
    const pieces = [
      { ...part, text: part.text.slice(0, from) },
      { ...part, text: part.text.slice(from, to), note },
      { ...part, text: part.text.slice(to) },
    ];
    split.push(...pieces.filter((piece) => piece.text !== ''));
  }
  return split;
}
