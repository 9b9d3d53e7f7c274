/** The accounts: for each source and each container in it, what was received and what became of it. */
import type { AccessionRow, OccurrenceRow, Totals } from '../../store/catalog-reader.js';
import type { ContainerNode } from '../container-tree.js';
import { countOf, formatBytes, formatCount } from '../figures.js';
import { urls } from '../urls.js';
import { type Frame, Layout } from './layout.js';
import { Headings } from './table.js';
import { Code, Name, When } from './text.js';

export interface FailureLine extends OccurrenceRow {
  readonly containerPath: string;
}

export interface OtherFileLine {
  readonly id: number;
  readonly container: number;
  readonly path: string;
  readonly note: string;
}

export interface ContainersProps {
  readonly frame: Frame;
  readonly totals: Totals;
  readonly accessions: readonly AccessionRow[];
  /** One page of them, parents before children. */
  readonly nodes: readonly ContainerNode[];
  readonly containerCount: number;
  readonly from: number;
  readonly nextFrom: number | undefined;
  readonly failures: readonly FailureLine[];
  readonly nextFailures: number | undefined;
  readonly others: readonly OtherFileLine[];
  readonly nextOthers: number | undefined;
}

export function ContainersPage(props: ContainersProps) {
  const { frame, totals } = props;
  return (
    <Layout frame={frame} title="Accounts" q="" wide>
      <h1>What was received, and what became of it</h1>
      <p class="lead">
        {`${formatCount(totals.received)} received = ${formatCount(totals.parsed)} parsed + ${formatCount(totals.duplicate)} duplicate + ${formatCount(totals.failed)} failed.`}
      </p>
      <p>
        Each place where a message was found is counted once. A duplicate has the same bytes as a message that
        was parsed before: it is one message with more than one occurrence.{' '}
        {totals.other > 0
          ? `${countOf(totals.other, 'file')} that are no mail are kept and listed below; they are not part of the sum.`
          : ''}
      </p>
      <Sources accessions={props.accessions} />
      <ContainerTable {...props} />
      <Failures {...props} />
      <Others {...props} />
    </Layout>
  );
}

function Sources({ accessions }: { accessions: readonly AccessionRow[] }) {
  return (
    <section>
      <h2>Sources</h2>
      <ol class="sources">
        {accessions.map((accession) => (
          <li>
            <p>
              <Code text={accession.source} />
            </p>
            <dl class="fields">
              <dt>State</dt>
              <dd>
                {accession.state === 'complete'
                  ? 'received completely, '
                  : accession.state === 'receiving'
                    ? 'not complete; begun '
                    : 'superseded by a later receive; begun '}
                <When time={accession.finishedAt ?? accession.startedAt} />
              </dd>
              <dt>Original</dt>
              <dd>
                {accession.inPlace ? 'left where it is' : 'kept in the trove'}
                {accession.originalSize === undefined ? '' : `, ${formatBytes(accession.originalSize)}`}
              </dd>
              <dt>SHA-256 of the original</dt>
              <dd>
                {accession.original === undefined ? (
                  <span class="absent">known when it is complete</span>
                ) : (
                  <Code text={accession.original} />
                )}
              </dd>
            </dl>
          </li>
        ))}
      </ol>
    </section>
  );
}

function ContainerTable({ nodes, containerCount, from, nextFrom, totals }: ContainersProps) {
  return (
    <section>
      <h2>Containers</h2>
      <section class="scroll" aria-label="Containers" tabindex={0}>
        <table class="accounts">
          <Headings
            columns={[
              'Container',
              'Kind',
              { figures: 'Received' },
              { figures: '= parsed' },
              { figures: '+ duplicate' },
              { figures: '+ failed' },
              { figures: 'No mail' },
            ]}
          />
          <tbody>
            {nodes.map((node) => (
              <ContainerRowView node={node} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colspan={2}>{`All ${countOf(containerCount, 'container')}`}</th>
              <Sums sums={totals} />
            </tr>
          </tfoot>
        </table>
      </section>
      <p class="hint">A container’s numbers include everything inside it.</p>
      <nav class="pager" aria-label="Pages of containers">
        {from > 0 ? <a href={urls.containers()}>First containers</a> : undefined}
        {nextFrom === undefined ? undefined : (
          <a href={urls.containers({ from: nextFrom })}>More containers</a>
        )}
      </nav>
    </section>
  );
}

function ContainerRowView({ node }: { node: ContainerNode }) {
  const { row, depth, sums } = node;
  const kind = [row.kind, row.variant, ...row.compressions]
    .filter((part) => part !== undefined && part !== 'none')
    .join(', ');
  return (
    <tr id={`c${row.id}`}>
      <th scope="row" class={`d${Math.min(depth, 8)}`}>
        {sums.parsed + sums.duplicate > 0 ? (
          <a href={urls.search({ q: `container:${row.id}` })}>
            <Name text={row.path} />
          </a>
        ) : (
          <Name text={row.path} />
        )}{' '}
        <span class="facts">no. {row.id}</span>
      </th>
      <td>{kind}</td>
      <Sums sums={sums} />
    </tr>
  );
}

function Sums({ sums }: { sums: Pick<Totals, 'received' | 'parsed' | 'duplicate' | 'failed' | 'other'> }) {
  return (
    <>
      {[sums.received, sums.parsed, sums.duplicate, sums.failed, sums.other].map((value) => (
        <td class={value === 0 ? 'number zero' : 'number'}>{formatCount(value)}</td>
      ))}
    </>
  );
}

function Failures({ failures, nextFailures, totals }: ContainersProps) {
  return (
    <section id="failures">
      <h2>Failures</h2>
      {totals.failed === 0 ? <p>Nothing failed.</p> : undefined}
      {failures.length === 0 ? undefined : (
        <ol class="failures">
          {failures.map((failure) => (
            <li>
              <p>
                <Name text={failure.note ?? ''} /> <span class="facts">({failure.failure})</span>
              </p>
              <p class="facts">
                in <Name text={failure.containerPath} />
                {failure.path === '' ? '' : ', '}
                {failure.path === '' ? undefined : <Code text={failure.path} />}
                {`, at byte ${formatCount(failure.offset)}, ${countOf(failure.length, 'byte')}`}
              </p>
            </li>
          ))}
        </ol>
      )}
      {nextFailures === undefined ? undefined : (
        <p class="more">
          <a href={`${urls.containers({ failures: nextFailures })}#failures`}>More failures</a>
        </p>
      )}
    </section>
  );
}

function Others({ others, nextOthers }: ContainersProps) {
  if (others.length === 0) return undefined;
  return (
    <section id="others">
      <h2>Files that are no mail</h2>
      <section class="scroll" aria-label="Files that are no mail" tabindex={0}>
        <table>
          <Headings columns={['File', 'What it is', { figures: 'Container' }]} />
          <tbody>
            {others.map((file) => (
              <tr>
                <td>
                  <Code text={file.path} />
                </td>
                <td>
                  <Name text={file.note} />
                </td>
                <td class="number">{file.container}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {nextOthers === undefined ? undefined : (
        <p class="more">
          <a href={`${urls.containers({ others: nextOthers })}#others`}>More files</a>
        </p>
      )}
    </section>
  );
}
