/** How to search: each example is a link. The grammar itself is in docs/query-language.md. */
import { urls } from '../urls.js';
import { type Frame, Layout } from './layout.js';

type Example = readonly [q: string, finds: string];

const words: readonly Example[] = [
  ['invoice', 'the word, in any letter case, with or without accents, anywhere in a message'],
  ['invoice payment', 'both words'],
  ['"cost overrun"', 'the words side by side'],
  ['budget*', 'words that begin so'],
  ['budget OR forecast', 'either word'],
  ['budget -draft', 'the first without the second'],
  ['(budget OR forecast) -draft', 'parentheses group'],
  ['budget NEAR/5 overrun', 'at most five words between them'],
];

const fields: readonly Example[] = [
  ['from:anna', 'a name or address in From or Sender'],
  ['to:anna', 'in To'],
  ['cc:anna', 'in Cc or Bcc'],
  ['any:anna', 'in any of these'],
  ['subject:meeting', 'in the subject'],
  ['own:agreed', 'in what the writer wrote, not in what was quoted'],
  ['quoted:agreed', 'in what was quoted'],
  ['filename:report', 'in the name of an attachment'],
  ['attachment:report', 'in what an attachment says'],
];

const conditions: readonly Example[] = [
  ['date:2016-03', 'dated in March 2016 (days are days of UTC)'],
  ['date:2016-03..2016-05', 'from the start of March to the end of May'],
  ['date:..2015', 'in 2015 or before'],
  ['has:attachment', 'with an attachment'],
  [
    'type:pdf',
    'with an attachment of that type: pdf, image, spreadsheet, word, archive, any media type or file ending',
  ],
  ['size:>1M', 'larger than 1 MB'],
  ['folder:Sent', 'found in that folder or below it'],
  ['container:1', 'found in that container (see the accounts)'],
  ['msgid:<20160513.1@example.net>', 'with that Message-ID'],
  ['thread:1', 'in the thread of that number'],
];

export function HelpPage({ frame }: { frame: Frame }) {
  return (
    <Layout frame={frame} title="How to search" q="">
      <h1>How to search</h1>
      <p class="lead">
        Write words. What you write is shown back in plain English above the hits, with the exact number of
        messages; every hit can be reached.
      </p>
      <Examples title="Words" examples={words} />
      <Examples title="Where they stand" examples={fields} />
      <Examples title="Conditions" examples={conditions} />
      <section>
        <h2>Good to know</h2>
        <ul class="prose">
          <li>
            A field takes one word, a phrase in quotation marks, or a group:{' '}
            <ExampleLink q='from:("Anna Berg" OR boris)' />.
          </li>
          <li>
            AND, OR, NOT and NEAR are operators in capital letters; to search for one as a word, put it in
            quotation marks.
          </li>
          <li>Punctuation is not indexed: an address is found as its words in a row.</li>
          <li>
            Everything is in the address of a page: keep it or send it, and it shows the same search again.
          </li>
        </ul>
      </section>
    </Layout>
  );
}

function Examples({ title, examples }: { title: string; examples: readonly Example[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <dl class="examples">
        {examples.map(([q, finds]) => (
          <div>
            <dt>
              <ExampleLink q={q} />
            </dt>
            <dd>{finds}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function ExampleLink({ q }: { q: string }) {
  return (
    <a href={urls.search({ q })}>
      <code>{q}</code>
    </a>
  );
}
