/** Small pieces of text that come out of mail, set apart from the page around them. */
import type { SnippetPart } from '../../read/snippet.js';
import { formatTime, machineTime } from '../figures.js';
import { visibleName, visibleText } from '../visible-text.js';

/** A name from mail. `bdi`: its direction of writing must not turn what stands beside it. */
export function Name({ text }: { text: string }) {
  return <bdi>{visibleName(text)}</bdi>;
}

/** A subject: `otherwise` where there is none. */
export function Subject({ text }: { text: string }) {
  return text.trim() === '' ? <span class="absent">No subject</span> : <bdi>{visibleText(text)}</bdi>;
}

/** Hash, msg-id, path: monospace, and one click selects all of it. */
export function Code({ text }: { text: string }) {
  return (
    <code class="whole">
      <bdi>{visibleName(text)}</bdi>
    </code>
  );
}

/** A command to copy. It scrolls where it is longer than the screen, by keyboard too. */
export function CommandLine({ text }: { text: string }) {
  return (
    <pre class="command" tabindex={0}>
      {text}
    </pre>
  );
}

export function Marked({ parts }: { parts: readonly SnippetPart[] }) {
  return (
    <>
      {parts.map((part) => {
        const text = part.isHit ? <mark>{visibleText(part.text)}</mark> : visibleText(part.text);
        if (part.note === undefined) return text;
        return (
          <a class="noted" href={`#note-${part.note}`} title="A note is on this passage">
            {text}
          </a>
        );
      })}
    </>
  );
}

export function When({ time }: { time: number | undefined }) {
  if (time === undefined) return <span class="absent">undated</span>;
  return <time datetime={machineTime(time)}>{formatTime(time)}</time>;
}
