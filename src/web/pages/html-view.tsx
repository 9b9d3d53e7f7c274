/** A message as its sender laid it out: in a frame in which nothing runs and nothing is loaded from elsewhere. */
import type { ArchivedMessage } from '../../read/archive.js';
import type { SafeHtml } from '../../read/safe-html.js';
import { countOf } from '../figures.js';
import { urls } from '../urls.js';
import { visibleName, visibleText } from '../visible-text.js';
import { type Frame, Layout } from './layout.js';
import { Headings } from './table.js';
import { Code, Subject } from './text.js';

export interface HtmlViewProps {
  readonly frame: Frame;
  readonly archived: ArchivedMessage;
  readonly safe: SafeHtml;
  readonly q: string | undefined;
}

export function HtmlViewPage({ frame, archived, safe, q }: HtmlViewProps) {
  const { number, message } = archived;
  return (
    <Layout frame={frame} title={visibleName(message.subject) || `Message ${number}`} q={q ?? ''} wide>
      <h1>
        <Subject text={message.subject} />
      </h1>
      <p class="views">
        <a href={urls.message(number, { q })}>Text</a>
        <strong aria-current="true">As laid out (HTML, made safe)</strong>
        <a href={urls.raw(number)}>Source</a>
      </p>
      <Blocked safe={safe} />
      <iframe
        class="mail-html"
        title="The message as laid out by its sender"
        src={urls.htmlBody(number)}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerpolicy="no-referrer"
      />
    </Layout>
  );
}

function Blocked({ safe }: { safe: SafeHtml }) {
  const { remote, removed } = safe;
  if (remote.length === 0 && removed.length === 0)
    return <p class="hint">Nothing had to be left out: this message asks for nothing from elsewhere.</p>;
  const count = remote.reduce((sum, item) => sum + item.count, 0);
  return (
    <details class="blocked">
      <summary>
        {remote.length === 0
          ? 'This message asks for nothing from elsewhere; parts of its markup were left out'
          : `Not loaded: ${countOf(count, 'thing')} from ${countOf(new Set(remote.map((item) => item.host)).size, 'other host')}, which would have learnt that this message is read`}
      </summary>
      {remote.length === 0 ? undefined : (
        <table>
          <Headings columns={['Host', 'What', { figures: 'How often' }]} />
          <tbody>
            {remote.map((item) => (
              <tr>
                <td>
                  <Code text={item.host} />
                </td>
                <td>{item.kind}</td>
                <td class="number">{item.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {removed.length === 0 ? undefined : (
        <p class="facts">Left out of the markup: {removed.map(visibleText).join(', ')}.</p>
      )}
    </details>
  );
}
