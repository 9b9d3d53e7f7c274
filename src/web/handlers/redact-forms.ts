/** Forms of the redaction pages: each writes rows on the desk and leads back, to where what it did can be taken back. */
import type { Hono } from 'hono';
import { OperatorError } from '../../errors.js';
import { limits } from '../../limits.js';
import { isRedactionKind, isRedactionReason } from '../../redact/reasons.js';
import { findRule } from '../../redact/rules/all.js';
import { isTerm } from '../../redact/terms.js';
import type { CandidateRow, Candidates } from '../../review/candidate-store.js';
import { stateFinder } from '../../review/queue.js';
import { statePublicity, undoPublicity } from '../../store/desk/publicity.js';
import { decide, type NewRedaction, reopen, undoRedaction } from '../../store/desk/redactions.js';
import { type Form, readForm, seeOther } from '../forms.js';
import type { LiveArchive } from '../live-archive.js';
import type { RedactionState } from '../redaction-state.js';
import { getOpen } from '../respond.js';
import { routes, urls } from '../urls.js';

export function registerRedactForms(app: Hono, live: LiveArchive, redaction: RedactionState): void {
  app.post(routes.redactDecide, async (context) =>
    seeOther(decideOn(live, redaction, await readForm(context))),
  );
  app.post(routes.redactMark, async (context) => seeOther(mark(live, await readForm(context))));
  app.post(routes.redactState, async (context) => seeOther(state(live, await readForm(context))));
  app.post(routes.redactUndo, async (context) => {
    const form = await readForm(context);
    const undo = form.text('what') === 'publicity' ? undoPublicity : undoRedaction;
    live.desk.write((db, act) => undo(db, act, form.text('id')));
    return seeOther(form.back(urls.redact()));
  });
}

/** `redact`, `show` and `reopen` mean the ticked; with ` 17` behind, that one; with `-all`, all that are open. */
function decideOn(live: LiveArchive, redaction: RedactionState, form: Form): string {
  const rule = findRule(form.text('rule'));
  const candidates = redaction.candidates(getOpen(live).archive.trove);
  const asked = /^(redact|show|reopen)(-all| \d{1,15})?$/.exec(form.text('do'));
  if (rule === undefined || candidates === undefined || asked === null)
    throw new OperatorError(
      'rule-unknown',
      'There is no such rule, or the button said nothing.',
      'Nothing was written. Go back, and load the page again.',
    );
  const [, what, which = ''] = asked;
  const chosen =
    which === '-all'
      ? openOnes(live, candidates, rule.name)
      : pickedOnes(candidates, rule.name, which === '' ? form.all('id') : [which.trim()]);
  const back = form.back(urls.redactRule(rule.name));
  if (chosen.length === 0) return back;
  const reason = isRedactionReason(form.text('reason')) ? form.text('reason') : 'private person';
  const did = live.desk.write((db, act) => {
    if (what === 'reopen')
      reopen(
        db,
        act,
        rule.name,
        chosen.map(({ value }) => value),
      );
    else
      decide(
        db,
        act,
        chosen.map(
          ({ value, written }): NewRedaction => ({
            target: 'value',
            thing: rule.kind,
            decision: what === 'show' ? 'show' : 'redact',
            reason,
            rule: rule.name,
            value,
            written,
          }),
        ),
      );
    return act.id;
  });
  return withDid(back, what === 'reopen' ? undefined : did);
}

const pickedOnes = (candidates: Candidates, rule: string, ids: readonly string[]): CandidateRow[] =>
  ids.flatMap((id) => {
    const candidate = /^\d{1,15}$/.test(id) ? candidates.find(Number(id)) : undefined;
    return candidate?.rule === rule ? candidate : [];
  });

function openOnes(live: LiveArchive, candidates: Candidates, rule: string): CandidateRow[] {
  const stateOf = stateFinder(live.desk);
  return Array.from(candidates.ofRule(rule)).filter((candidate) => stateOf(candidate) === 'open');
}

/** The page that the reader came from, saying what was done. */
function withDid(back: string, did: string | undefined): string {
  const url = new URL(back, 'http://own.invalid');
  url.searchParams.delete('did');
  if (did !== undefined) url.searchParams.set('did', did);
  return url.pathname + url.search;
}

function mark(live: LiveArchive, form: Form): string {
  const { archive } = getOpen(live);
  const { sha256 } = archive.resolve(form.text('message'));
  const target = form.text('target');
  const words = form.text('words', limits.maxRedactionCharacters).trim();
  const reason = isRedactionReason(form.text('reason')) ? form.text('reason') : 'private person';
  const did = live.desk.write((db, act) => {
    decide(db, act, [redactionOf(target, words, sha256, reason, form)]);
    return act.id;
  });
  return withDid(form.back(urls.redactMessage(sha256)), did);
}

function redactionOf(
  target: string,
  words: string,
  sha256: string,
  reason: string,
  form: Form,
): NewRedaction {
  if (target === 'message')
    return { message: sha256, target, thing: 'message', decision: 'redact', reason, value: '', written: '' };
  if (target === 'field')
    return {
      message: sha256,
      target,
      thing: 'header field',
      decision: 'redact',
      reason,
      value: words.toLowerCase(),
      written: words,
    };
  if (!isTerm(words))
    throw new OperatorError(
      'redaction-malformed',
      'Words to redact need two letters or digits.',
      'Nothing was written. Copy the words out of the message.',
    );
  const thing = isRedactionKind(form.text('thing')) ? form.text('thing') : 'passage';
  const message = form.text('where') === 'here' ? sha256 : undefined;
  return {
    message,
    target: 'passage',
    thing,
    decision: 'redact',
    reason,
    value: words,
    written: words,
    place: `message ${sha256}`,
  };
}

function state(live: LiveArchive, form: Form): string {
  const subjects = form.all('subject').filter((subject) => subject.trim() !== '');
  const back = form.back(urls.redactPeople());
  if (subjects.length === 0) return back;
  const verdict = form.text('verdict') === 'public' ? 'public' : 'private';
  const did = live.desk.write((db, act) => {
    statePublicity(db, act, subjects, verdict, form.text('reason'));
    return act.id;
  });
  return withDid(back, did);
}
