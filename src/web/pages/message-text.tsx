/** The text of a message: what its writer wrote stands out, what was quoted can be folded away. */
import { countOf } from '../figures.js';
import type { Block, Passage } from '../text-blocks.js';
import { visibleText } from '../visible-text.js';
import { Marked } from './text.js';

export function MessageText({ blocks, fixed }: { blocks: readonly Block[]; fixed: boolean }) {
  return (
    <div class={fixed ? 'text fixed' : 'text'}>
      {blocks.map((block) => (
        <BlockView block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  if (block.kind !== 'quotation') return <PassageView passage={block.passage} name={block.kind} />;
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
          <Quoted passage={passage} />
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

function Quoted({ passage }: { passage: Passage }) {
  const depth = Math.max(1, Math.min(passage.depth, 6));
  return (
    <PassageView
      passage={passage}
      name={passage.kind === 'attribution' ? `attribution q${depth}` : `quoted q${depth}`}
    />
  );
}

function PassageView({ passage, name }: { passage: Passage; name: string }) {
  return (
    <div class={name} dir="auto">
      <Marked parts={passage.parts} />
    </div>
  );
}
