/**
 * A message's segments as blocks for reading: own text, signatures, and quotations that may be folded.
 *
 *   own, attribution, quoted, quoted (depth 2), own  → own, quotation (with its attribution), own
 */
import type { Segment } from '../message/text/segments.js';
import type { wantedTokens } from '../read/snippet.js';
import { findHits, markHits, type SnippetPart } from '../read/snippet.js';

type Wanted = ReturnType<typeof wantedTokens>;

export interface Passage {
  readonly depth: number;
  readonly kind: Segment['kind'];
  readonly parts: readonly SnippetPart[];
}

export type Block =
  | { readonly kind: 'own' | 'signature'; readonly passage: Passage }
  | {
      readonly kind: 'quotation';
      /** First line of what introduces it, '' where nothing does. */
      readonly introduction: string;
      readonly passages: readonly Passage[];
      readonly lines: number;
      readonly isOpen: boolean;
    };

export interface Blocks {
  readonly blocks: readonly Block[];
  /** Characters left out at the end. */
  readonly omitted: number;
}

/** Quotations up to so many lines are read in place. */
const maxUnfoldedLines = 8;
const maxIntroductionCharacters = 160;

/** `maxCharacters` bounds the page; marks are those of the search. */
export function textBlocks(segments: readonly Segment[], wanted: Wanted, maxCharacters: number): Blocks {
  const blocks: Block[] = [];
  let room = maxCharacters;
  let omitted = 0;
  let quotation: Segment[] = [];
  const endQuotation = (): void => {
    if (quotation.length > 0) blocks.push(quotationOf(quotation, wanted));
    quotation = [];
  };
  for (const whole of segments) {
    const segment = { ...whole, text: whole.text.slice(0, room) };
    omitted += whole.text.length - segment.text.length;
    room -= segment.text.length;
    if (segment.text === '') continue;
    if (segment.kind === 'quoted' || segment.kind === 'attribution') {
      if (segment.kind === 'attribution' && segment.depth === 0) endQuotation();
      quotation.push(segment);
      continue;
    }
    endQuotation();
    if (segment.text.trim() !== '') blocks.push({ kind: segment.kind, passage: passageOf(segment, wanted) });
  }
  endQuotation();
  return { blocks: opened(blocks), omitted };
}

function passageOf(segment: Segment, wanted: Wanted): Passage {
  const text = segment.text.replace(/^(?:[ \t]*\n)+|\s+$/g, '');
  return { kind: segment.kind, depth: segment.depth, parts: markHits(text, findHits(text, wanted)) };
}

function quotationOf(segments: readonly Segment[], wanted: Wanted): Block {
  const passages = segments
    .filter((segment) => segment.text.trim() !== '')
    .map((segment) => passageOf(segment, wanted));
  const lines = segments.reduce((sum, segment) => sum + lineCount(segment.text), 0);
  const isOpen =
    lines <= maxUnfoldedLines || passages.some((passage) => passage.parts.some((part) => part.isHit));
  return { kind: 'quotation', introduction: introductionOf(segments), passages, lines, isOpen };
}

function introductionOf(segments: readonly Segment[]): string {
  const [first] = segments;
  if (first?.kind !== 'attribution') return '';
  const text = first.text.replace(/\s+/g, ' ').trim();
  return text.length <= maxIntroductionCharacters ? text : `${text.slice(0, maxIntroductionCharacters)}…`;
}

function lineCount(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return text.endsWith('\n') ? count : count + 1;
}

/** Where the writer added nothing (a forwarded message), the first quotation is what there is to read. */
function opened(blocks: readonly Block[]): readonly Block[] {
  if (blocks.some((block) => block.kind === 'own')) return blocks;
  const first = blocks.findIndex((block) => block.kind === 'quotation');
  return blocks.map((block, at) =>
    at === first && block.kind === 'quotation' ? { ...block, isOpen: true } : block,
  );
}
