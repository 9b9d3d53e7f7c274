/** The text of a message: what its writer wrote stands out, what was quoted can be folded away. */
import { countOf } from '../figures.js';
import type { Block, Passage } from '../text-blocks.js';
import { visibleText } from '../visible-text.js';
import { type AddressOf, Origins } from './origins.js';
import { Marked } from './text.js';

export interface MessageTextProps {
  readonly blocks: readonly Block[];
  readonly fixed: boolean;
  /** Where a message that is quoted is to be read. */
  readonly addressOf: AddressOf;
}

export function MessageText({ blocks, fixed, addressOf }: MessageTextProps) {
  return (
    <div class={fixed ? 'text fixed' : 'text'}>
      {blocks.map((block) => (
        <BlockView block={block} addressOf={addressOf} />
      ))}
    </div>
  );
}

function BlockView({ block, addressOf }: { block: Block; addressOf: AddressOf }) {
  if (block.kind !== 'quotation')
    return (
      <>
        <PassageView passage={block.passage} name={block.kind} />
        <Origins found={block.passage.origins} addressOf={addressOf} />
      </>
    );
  const { introduction, passages, lines, isOpen } = block;
  return (
    <details class="quotation" open={isOpen}>
      <summary>
        {introduction === '' ? undefined : (
          <>
            <bdi>{visibleText(introduction)}</bdi>{' '}
          </>
        )}
        <span class="facts">{`${countOf(lines, 'line')} quoted`}</span>
      </summary>
      {passages.map((passage, at) =>
        at === 0 && passage.kind === 'attribution' && isShort(passage) ? undefined : (
          <Quoted passage={passage} addressOf={addressOf} />
        ),
      )}
    </details>
  );
}

/** Its one line already stands in the summary. */
const isShort = (passage: Passage): boolean => {
  const text = passage.parts.map((part) => part.text).join('');
  return !text.includes('\n') && text.length < 160;
};

function Quoted({ passage, addressOf }: { passage: Passage; addressOf: AddressOf }) {
  const depth = Math.max(1, Math.min(passage.depth, 6));
  return (
    <>
      <PassageView
        passage={passage}
        name={passage.kind === 'attribution' ? `attribution q${depth}` : `quoted q${depth}`}
      />
      <Origins found={passage.origins} addressOf={addressOf} />
    </>
  );
}

function PassageView({ passage, name }: { passage: Passage; name: string }) {
  const text = (
    <div class={name} dir="auto">
      <Marked parts={passage.parts} />
      {passage.isShortened ? ' …' : undefined}
    </div>
  );
  if (passage.onlyIn === undefined) return text;
  return (
    <div class="only-in">
      <p class="hint">
        {passage.onlyIn === 'html' ? 'Only in the HTML version:' : 'Only in the plain text version:'}
      </p>
      {text}
    </div>
  );
}
