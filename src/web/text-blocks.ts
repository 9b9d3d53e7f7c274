/**
 * A message's segments as blocks for reading: own text, signatures, and quotations that may be folded.
 *
 *   own, attribution, quoted, quoted (depth 2), own  → own, quotation (with its attribution), own
 */
import type { Segment } from '../message/text/segments.js';
import type { FoundQuotation } from '../read/quotations.js';
import type { wantedTokens } from '../read/snippet.js';
import { findHits, markHits, type SnippetPart } from '../read/snippet.js';

type Wanted = ReturnType<typeof wantedTokens>;

export interface Passage {
  readonly depth: number;
  readonly kind: Segment['kind'];
  readonly parts: readonly SnippetPart[];
  /** Where it, or what stands between quotation marks in it, comes from. */
  readonly origins: readonly FoundQuotation[];
  /** The passage goes on. */
  readonly isShortened: boolean;
  /** The version of the letter that alone says this. */
  readonly onlyIn: Segment['onlyIn'];
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

export interface BlockOptions {
  /** Marked in the text. */
  readonly wanted: Wanted;
  /** Bounds the page. */
  readonly maxCharacters: number;
  /** Bounds each quoted passage. */
  readonly maxQuoted: number;
  /** Quotations up to so many lines are read in place. */
  readonly maxUnfoldedLines: number;
  /** Of this message. */
  readonly quotations: readonly FoundQuotation[];
}

const maxIntroductionCharacters = 160;

export function textBlocks(segments: readonly Segment[], options: BlockOptions): Blocks {
  const blocks: Block[] = [];
  let room = options.maxCharacters;
  let omitted = 0;
  let quotation: Piece[] = [];
  const endQuotation = (): void => {
    if (quotation.length > 0) blocks.push(quotationOf(quotation, options));
    quotation = [];
  };
  for (const [index, segment] of segments.entries()) {
    const isQuoted = segment.kind === 'quoted' || segment.kind === 'attribution';
    const text = segment.text.slice(0, Math.min(room, isQuoted ? options.maxQuoted : room));
    const piece = { segment, index, text: text.toWellFormed() };
    if (!isQuoted || text.length === room) omitted += segment.text.length - text.length;
    room -= text.length;
    if (text === '') continue;
    if (isQuoted) {
      if (segment.kind === 'attribution' && segment.depth === 0) endQuotation();
      if (segment.onlyIn !== quotation.at(-1)?.segment.onlyIn) endQuotation();
      quotation.push(piece);
      continue;
    }
    endQuotation();
    if (text.trim() !== '') blocks.push({ kind: segment.kind, passage: passageOf(piece, options) });
  }
  endQuotation();
  return { blocks: opened(blocks), omitted };
}

interface Piece {
  readonly segment: Segment;
  readonly index: number;
  /** What of it is shown. */
  readonly text: string;
}

function passageOf({ segment, index, text }: Piece, { wanted, quotations }: BlockOptions): Passage {
  const shown = text.replace(/^(?:[ \t]*\n)+|\s+$/g, '');
  return {
    kind: segment.kind,
    depth: segment.depth,
    parts: markHits(shown, findHits(shown, wanted)),
    origins: quotations.filter((quotation) => quotation.segment === index),
    isShortened: text.length < segment.text.length,
    onlyIn: segment.onlyIn,
  };
}

function quotationOf(pieces: readonly Piece[], options: BlockOptions): Block {
  const passages = pieces
    .filter(({ segment }) => segment.text.trim() !== '')
    .map((piece) => passageOf(piece, options));
  const lines = pieces.reduce((sum, { segment }) => sum + lineCount(segment.text), 0);
  const isOpen =
    lines <= options.maxUnfoldedLines ||
    passages.some(({ parts, origins }) => parts.some((part) => part.isHit) || origins.some(hasOtherWords));
  return {
    kind: 'quotation',
    introduction: introductionOf(pieces.map(({ segment }) => segment)),
    passages,
    lines,
    isOpen,
  };
}

const hasOtherWords = ({ quotation }: FoundQuotation): boolean => quotation.agreement === 'words';

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
