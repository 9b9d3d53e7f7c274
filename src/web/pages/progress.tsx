/** How far a receive is. The browser loads the page again by itself (Refresh header) until it is done. */
import type { AccessionRow, OccurrenceRow } from '../../store/catalog-reader.js';
import { countOf, formatBytes, formatCount, formatSpan } from '../figures.js';
import type { ReceiveProgress } from '../live-archive.js';
import { urls } from '../urls.js';
import { type Frame, Layout } from './layout.js';
import { Code, Name, When } from './text.js';

export interface ProgressProps {
  readonly frame: Frame;
  readonly progress: ReceiveProgress | undefined;
  readonly accessions: readonly AccessionRow[];
  readonly indexed: number;
  readonly failed: number;
  /** The first of them. */
  readonly failures: readonly OccurrenceRow[];
}

/** Milliseconds without a commit after which the page says that nothing is coming in. */
const quietAfter = 20_000;

export function ProgressPage(props: ProgressProps) {
  const { frame, progress, accessions } = props;
  return (
    <Layout frame={frame} title="Progress" q={accessions.length === 0 ? undefined : ''}>
      <h1>{headline(props)}</h1>
      {progress === undefined || accessions.length === 0 ? (
        <Waiting />
      ) : (
        <State {...props} progress={progress} />
      )}
      {accessions.length === 0 ? undefined : <Accessions accessions={accessions} />}
      <Failures {...props} />
    </Layout>
  );
}

function headline({ progress, accessions }: ProgressProps): string {
  if (progress === undefined || accessions.length === 0) return 'Nothing received yet';
  if (!progress.isReceiving) return 'Everything is received';
  return progress.quietFor > quietAfter ? 'Receiving has stopped' : 'Receiving';
}

function Waiting() {
  return (
    <>
      <p class="lead">This trove is empty. The page looks again every two seconds.</p>
      <p>
        To receive mail: <code>impart receive SOURCE --trove DIR</code>
      </p>
    </>
  );
}

function State({ frame, progress, indexed, failed }: ProgressProps & { progress: ReceiveProgress }) {
  const { isReceiving, bytesDone, bytesTotal, messagesPerSecond, secondsLeft, quietFor } = progress;
  return (
    <>
      {isReceiving ? (
        <p class="gauge">
          <label for="gauge">
            {formatBytes(bytesDone)} of {formatBytes(bytesTotal)}
          </label>
          <progress id="gauge" max={Math.max(1, bytesTotal)} value={Math.min(bytesDone, bytesTotal)} />
        </p>
      ) : undefined}
      <dl class="figures">
        <Fact label="Messages received" value={formatCount(frame.messages)} />
        <Fact label="Searchable" value={formatCount(indexed)} />
        <Fact label="Failed" value={formatCount(failed)} />
        {isReceiving && messagesPerSecond !== undefined && quietFor < quietAfter ? (
          <Fact label="Messages a second" value={formatCount(Math.round(messagesPerSecond))} />
        ) : undefined}
        {isReceiving && secondsLeft !== undefined && quietFor < quietAfter ? (
          <Fact label="Left, about" value={formatSpan(secondsLeft)} />
        ) : undefined}
      </dl>
      {isReceiving && quietFor > quietAfter ? (
        <p class="note">
          Nothing was written for {formatSpan(quietFor / 1000)}. If the receive was interrupted, run the same
          command again: it goes on where it stopped.
        </p>
      ) : undefined}
      <p class="more">
        <a href={urls.search({ q: '' })}>Read what is here</a> <a href={urls.containers()}>Accounts</a>
      </p>
    </>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Accessions({ accessions }: { accessions: readonly AccessionRow[] }) {
  return (
    <section>
      <h2>Sources</h2>
      <ul class="sources">
        {accessions.map((accession) => (
          <li>
            <Code text={accession.source} />{' '}
            <span class="facts">
              {accession.state === 'complete'
                ? 'received '
                : accession.state === 'superseded'
                  ? 'superseded, begun '
                  : 'being received since '}
              <When time={accession.finishedAt ?? accession.startedAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Failures({ failures, failed }: ProgressProps) {
  if (failures.length === 0) return undefined;
  return (
    <section>
      <h2>Failures</h2>
      <ul class="failures">
        {failures.map((failure) => (
          <li>
            <Name text={failure.note ?? failure.failure ?? ''} />{' '}
            {failure.path === '' ? undefined : <Code text={failure.path} />}
          </li>
        ))}
      </ul>
      <p class="more">
        <a href={`${urls.containers()}#failures`}>{`All ${countOf(failed, 'failure')}`}</a>
      </p>
    </section>
  );
}
