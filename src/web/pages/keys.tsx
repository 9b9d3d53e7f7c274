/** The keys, told. Where there is no JavaScript, all of it is done with links, buttons and Tab. */
import { type Frame, Layout } from './layout.js';

const keys: readonly (readonly [
  title: string,
  lines: readonly (readonly [keys: readonly string[], does: string])[],
])[] = [
  [
    'Moving',
    [
      [['j'], 'next hit, message or note; past the last one, the next page'],
      [['k'], 'the one before'],
      [['o', 'Enter'], 'open it'],
      [['u'], 'back to the hits'],
      [['t'], 'its thread'],
      [['r'], 'its source, as received'],
    ],
  ],
  [
    'Doing',
    [
      [['n'], 'write a note; on a passage, if some of the text is selected'],
      [['l', '#'], 'add a tag: to the message, or to the whole result'],
      [['m'], 'mark as read, or as unread'],
      [['x'], 'tick a candidate for redaction'],
      [['y'], 'redact it, wherever it stands'],
      [['s'], 'show it'],
      [['Esc'], 'leave a field'],
    ],
  ],
  [
    'Reviewing claims',
    [
      [['a'], 'accept the statement as it stands in the form'],
      [['x'], 'reject it'],
      [['p'], 'to the proposition, to write one'],
      [['s'], 'leave it for later: the next that waits'],
    ],
  ],
  [
    'Going',
    [
      [['/'], 'the search field'],
      [['g', 'h'], 'first page'],
      [['g', 's'], 'all mail'],
      [['g', 'd'], 'desk'],
      [['g', 'e'], 'redaction'],
      [['g', 'a'], 'accounts'],
      [['g', 'c'], 'claims'],
      [['?'], 'this page'],
    ],
  ],
];

export function KeysPage({ frame }: { frame: Frame }) {
  return (
    <Layout frame={frame} title="Keys" q="">
      <h1>Keys</h1>
      <p class="lead">
        One letter each, outside of fields. They press what is on the page anyway: without them, or without
        JavaScript, Tab and Enter reach everything.
      </p>
      {keys.map(([title, lines]) => (
        <section>
          <h2>{title}</h2>
          <dl class="keys">
            {lines.map(([names, does]) => (
              <div>
                <dt>
                  {names.map((name, at) => (
                    <>
                      {at === 0 ? undefined : names[0] === 'g' ? ' then ' : ' or '}
                      <kbd>{name}</kbd>
                    </>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Layout>
  );
}
