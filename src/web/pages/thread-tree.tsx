/** A thread as a picture, and as a list for those who do not see it. */
import { countOf } from '../figures.js';
import { ThreadTreePicture, type TreeNode } from '../pictures/thread-tree.js';
import { urls } from '../urls.js';
import { visibleName } from '../visible-text.js';
import { type Frame, Layout } from './layout.js';
import { Subject } from './text.js';

export interface ThreadTreeProps {
  readonly frame: Frame;
  readonly thread: number;
  readonly subject: string;
  /** In reading order. */
  readonly nodes: readonly TreeNode[];
}

/** Lines of the list; the thread's own page has all of them. */
const maxListed = 250;

export function ThreadTreePage({ frame, thread, subject, nodes }: ThreadTreeProps) {
  return (
    <Layout frame={frame} title={`Who answers whom: ${visibleName(subject) || thread}`} q="" wide>
      <p class="crumb">
        <a href={urls.thread(thread)}>Thread</a>
      </p>
      <h1>
        <Subject text={subject} />
      </h1>
      <ThreadTreePicture nodes={nodes} />
      <details open={nodes.length < 12}>
        <summary>As a list</summary>
        <ol class="tree-list">
          {nodes.slice(0, maxListed).map((node) => (
            <li class={`d${Math.min(node.depth, 8)}`}>
              {node.href === undefined ? (
                <span class="absent">{node.text}</span>
              ) : (
                <a href={node.href}>
                  <bdi>{node.text}</bdi>
                </a>
              )}
            </li>
          ))}
        </ol>
        {nodes.length > maxListed ? (
          <p class="hint">
            {`${countOf(nodes.length - maxListed, 'message')} more on the `}
            <a href={urls.thread(thread)}>page of the thread</a>.
          </p>
        ) : undefined}
      </details>
    </Layout>
  );
}
