/** What one press of a button did to many messages, and the button that takes it back. */
import type { ActSummary } from '../../store/desk/kinds.js';
import type { Taken } from '../../store/desk/taken.js';
import { countOf } from '../figures.js';
import { urls } from '../urls.js';
import { TagLink } from './desk-panel.js';
import { UndoForm } from './form.js';
import { type Frame, Layout } from './layout.js';
import { Name, When } from './text.js';

const wordsFor: ReadonlyMap<string, readonly [one: string, many: string]> = new Map([
  ['tag', ['message was tagged', 'messages were tagged']],
  ['mark', ['message was marked as read', 'messages were marked as read']],
  ['note', ['note was written', 'notes were written']],
  ['search', ['search was saved', 'searches were saved']],
  ['list', ['list was made', 'lists were made']],
  ['redaction', ['decision was written', 'decisions were written']],
  ['publicity', ['entry of the register was written', 'entries of the register were written']],
  ['clearance', ['attachment was cleared', 'attachments were cleared']],
]);

export interface ActProps {
  readonly frame: Frame;
  readonly id: string;
  /** undefined where there was nothing left to do. */
  readonly act: ActSummary | undefined;
  readonly back: string;
}

/** What one press of a button did. */
export function ActPage({ frame, id, act, back }: ActProps) {
  const standing = act?.parts.reduce((sum, part) => sum + part.standing, 0) ?? 0;
  return (
    <Layout frame={frame} title="Done" q="">
      <h1>{act === undefined ? 'Done' : act.parts.map(actTitle).join(', ')}</h1>
      {act === undefined ? (
        <p class="lead">Nothing had to be added: all of it was so already, or was taken off.</p>
      ) : (
        <p class="lead">
          By <Name text={act.by} />, <When time={act.at} />.{' '}
          {standing === 0 ? 'All of it was taken back since.' : ''}
        </p>
      )}
      {act?.parts.map((part) =>
        part.kind === 'tag' && part.standing > 0 ? (
          <p>
            <TagLink name={part.name} /> has them all.
          </p>
        ) : undefined,
      )}
      {standing === 0 ? undefined : (
        <UndoForm back={urls.deskAct(id, back)} fields={{ what: 'act', id }}>
          <button type="submit">{`Undo: take back ${countOf(standing, 'change')}`}</button>
        </UndoForm>
      )}
      <p>
        <a href={back}>Back to where you were</a>
      </p>
    </Layout>
  );
}

function actTitle(part: ActSummary['parts'][number]): string {
  const [one, many] = wordsFor.get(part.kind) ?? [`${part.kind} was written`, `${part.kind}s were written`];
  const what = countOf(part.rows, one, many);
  return part.kind === 'tag' ? `${what} “${part.name}”` : what;
}

export interface TakenProps {
  readonly frame: Frame;
  readonly at: number;
  readonly by: string;
  readonly taken: readonly Taken[];
  readonly back: string;
}

/** What was taken off many messages. */
export function TakenPage({ frame, at, by, taken, back }: TakenProps) {
  return (
    <Layout frame={frame} title="Done" q="">
      <h1>{taken.length === 0 ? 'Done' : taken.map(takenTitle).join(', ')}</h1>
      {taken.length === 0 ? (
        <p class="lead">Nothing had to be taken off.</p>
      ) : (
        <>
          <p class="lead">
            By <Name text={by} />, <When time={at} />.
          </p>
          <UndoForm back={back} fields={{ what: 'taken', at, by }}>
            <button type="submit">Undo: put it back</button>
          </UndoForm>
        </>
      )}
      <p>
        <a href={back}>Back to where you were</a>
      </p>
    </Layout>
  );
}

const takenTitle = ({ tag, messages }: Taken): string =>
  tag === undefined
    ? `${countOf(messages.length, 'message')} marked as unread`
    : `“${tag}” taken off ${countOf(messages.length, 'message')}`;
