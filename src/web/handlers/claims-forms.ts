/** What writes to the ledger: capture, decide, settle, assess, reply. Each is a form, a transaction, a redirect. */
import type { Hono } from 'hono';
import { keepCapture } from '../../capture/keep.js';
import { type Proposal, proposerOf } from '../../capture/proposals.js';
import { acts } from '../../claims/acts.js';
import { anchorOf } from '../../claims/anchor.js';
import { invocationKinds } from '../../claims/invocation.js';
import { OperatorError } from '../../errors.js';
import { anchorFor, passageText } from '../../read/passage.js';
import {
  type AcceptedStatement,
  acceptStatement,
  addAssessment,
  addReply,
} from '../../store/desk/claims/record.js';
import { addReview, type Decision, reviewsOf } from '../../store/desk/claims/reviews.js';
import {
  type CaptureProposals,
  getProposal,
  getProposition,
  ledgerOf,
  readCaptureOf,
} from '../claim-facts.js';
import { type Form, readForm, seeOther } from '../forms.js';
import type { LiveArchive } from '../live-archive.js';
import { getOpen } from '../respond.js';
import { routes, urls } from '../urls.js';
import { visibleName } from '../visible-text.js';

export function registerClaimForms(app: Hono, live: LiveArchive): void {
  app.post(routes.claimsUpload, async (context) => {
    const form = await readForm(context);
    const file = await form.file('file');
    if (file === undefined) throw malformed('No file was chosen.');
    const said = {
      url: form.text('url').trim(),
      outlet: form.text('outlet').trim(),
      published: dateIn(form, 'published'),
    };
    const kept = await keepCapture(
      live.desk,
      file.bytes,
      { name: file.name.slice(0, 200), contentType: '' },
      said,
    );
    return seeOther(urls.claimsCapture(kept.id));
  });
  app.post(routes.claimsDecide, async (context) => {
    const form = await readForm(context);
    const read = readCaptureOf(live, ledgerOf(live), form.text('capture'));
    const place = form.text('place');
    const proposal = getProposal(read, place);
    if (form.text('decision') === 'reject') {
      const { subject, statement } = proposal;
      live.desk.write((db, act) =>
        addReview(db, act, {
          subject,
          decision: 'rejected',
          proposer: proposerOf(statement.rule),
          changes: {},
        }),
      );
    } else {
      const accepted = acceptedOf(live, form, read, proposal);
      live.desk.write((db, act) => acceptStatement(db, act, accepted));
    }
    return seeOther(urls.claimsNext(read.capture.id, place));
  });
  app.post(routes.claimsSettle, async (context) => {
    const form = await readForm(context);
    settle(live, form.text('subject'), form.text('decision'));
    return seeOther(form.back(urls.claims()));
  });
  app.post(routes.claimsAssess, async (context) => {
    const form = await readForm(context);
    const proposition = getProposition(ledgerOf(live), form.text('proposition'));
    const message = await messageIn(live, form);
    live.desk.write((db, act) =>
      addAssessment(db, act, {
        proposition: proposition.row.id,
        relation: oneOf(form.text('relation'), [
          'supports',
          'contradicts',
          'partly',
          'silent',
          'not_checkable',
        ]),
        search: form.text('search'),
        why: form.text('why', 20_000),
        ...message,
      }),
    );
    return seeOther(urls.claimsProposition(proposition.row.id));
  });
  app.post(routes.claimsReply, async (context) => {
    const form = await readForm(context);
    const subject = getSubject(live, form.text('subject'));
    const reply = {
      subject,
      sort: form.text('sort'),
      from: form.text('from'),
      at: dateIn(form, 'at'),
      text: form.text('text', 20_000),
    };
    live.desk.write((db, act) => addReply(db, act, reply));
    return seeOther(form.back(urls.claims()));
  });
}

/** What the form says, over what the rules proposed. */
function acceptedOf(
  live: LiveArchive,
  form: Form,
  { capture, text }: CaptureProposals,
  { subject, statement }: Proposal,
): AcceptedStatement {
  const anchor = (span: { start: number; end: number }) => anchorOf(text, span);
  const optional = (span: { start: number; end: number } | undefined) =>
    span === undefined ? undefined : anchor(span);
  const speaker = form.text('speaker').trim();
  const does = form.all('does').filter((act) => (acts as readonly string[]).includes(act));
  const kind = oneOf(form.text('invocation') || statement.invocation.kind, invocationKinds);
  const changes: Record<string, [string, string]> = {};
  const compare = (field: string, proposed: string, decided: string): void => {
    if (proposed !== decided) changes[field] = [proposed, decided];
  };
  compare('speaker', visibleName(statement.speaker.name).slice(0, 100), speaker);
  compare('does', statement.acts.join(' '), does.join(' '));
  compare('invocation', statement.invocation.kind, kind);
  const isCapacityKept = statement.speaker.capacity !== undefined && form.has('capacity');
  compare(
    'capacity',
    statement.speaker.capacity?.text ?? '',
    isCapacityKept ? (statement.speaker.capacity?.text ?? '') : '',
  );
  const utterance = form.text('utterance');
  if (utterance !== '' && !ledgerOf(live).utterances.some(({ row }) => row.id === utterance))
    throw malformed('The ledger has no such utterance.');
  const said = dateIn(form, 'said');
  return {
    capture: capture.id,
    digest: capture.digest,
    subject,
    proposer: proposerOf(statement.rule),
    changes,
    rule: statement.rule,
    mode: statement.mode,
    anchors: statement.content.map(anchor),
    verbatim: statement.verbatim.map(anchor),
    hedges: statement.hedges.map(anchor),
    cue: optional(statement.cue),
    negation: optional(statement.negation),
    speaker: {
      name: speaker,
      sort: oneOf(form.text('sort') || 'person', ['person', 'organisation', 'unnamed']),
      address: statement.speaker.known,
    },
    capacity:
      isCapacityKept && statement.speaker.capacity !== undefined
        ? { text: statement.speaker.capacity.text, anchor: anchor(statement.speaker.capacity.span) }
        : undefined,
    said: {
      at: said,
      precision:
        said === ''
          ? capture.published_at === ''
            ? 'unknown'
            : 'published'
          : said.length === 10
            ? 'day'
            : said.length === 7
              ? 'month'
              : 'year',
    },
    utterance: utterance === '' ? undefined : utterance,
    hops: statement.hops.map(({ name, cueText, source }) => ({
      name,
      cue: cueText,
      anchor: optional(source),
    })),
    does,
    target: form.text('target'),
    proposition: form.text('proposition'),
    stance: oneOf(form.text('stance') || 'asserts', ['asserts', 'denies', 'concedes']),
    invocation: {
      kind,
      by:
        statement.invocation.span !== undefined && isWithin(statement.invocation.span, statement.verbatim)
          ? 'speaker'
          : 'outlet',
      anchor: optional(statement.invocation.span),
      message:
        form.text('message').trim() === ''
          ? undefined
          : getOpen(live).archive.resolve(form.text('message').trim()).sha256,
    },
  };
}

/** What stands in the speaker's own words is theirs; the rest is the outlet's. */
const isWithin = (
  span: { start: number; end: number },
  pieces: readonly { start: number; end: number }[],
): boolean => pieces.some(({ start, end }) => start <= span.start && span.end <= end);

/** Nobody approves what they accepted. */
function settle(live: LiveArchive, written: string, decided: string): void {
  const subject = getSubject(live, written);
  const decision: Decision = oneOf(decided, ['approved', 'withdrawn', 'published']);
  live.desk.write((db, act) => {
    const reviews = reviewsOf(db, subject);
    const isOwn = reviews.some(
      (review) =>
        (review.decision === 'accepted' || review.decision === 'edited') && review.madeBy === act.by,
    );
    if (decision === 'approved' && isOwn)
      throw malformed(
        'Who accepted it cannot be its second person. Another reader approves it under their own name.',
      );
    addReview(db, act, { subject, decision, proposer: act.by, changes: {} });
  });
}

async function messageIn(live: LiveArchive, form: Form) {
  const id = form.text('message').trim();
  if (id === '') return { message: undefined, anchor: undefined, digest: undefined };
  const { archive } = getOpen(live);
  const row = archive.resolve(id);
  const passage = form.text('passage', 5_000);
  if (passage.trim() === '') return { message: row.sha256, anchor: undefined, digest: undefined };
  const found = anchorFor(passageText((await archive.read(row)).text), passage);
  if (found === undefined)
    throw new OperatorError(
      'passage-missing',
      'The text of this message does not hold that passage.',
      'Nothing was written. Copy the passage from the message.',
    );
  const { exact, prefix, suffix, start, digest } = found;
  return { message: row.sha256, anchor: { exact, prefix, suffix, start, end: start + exact.length }, digest };
}

/** The id of an utterance, a proposition or an assessment. */
function getSubject(live: LiveArchive, id: string): string {
  const { utterances, propositions } = ledgerOf(live);
  const isKnown =
    utterances.some(({ row }) => row.id === id) ||
    propositions.some(
      ({ row, assessments }) => row.id === id || assessments.some((one) => one.row.id === id),
    );
  if (isKnown) return id;
  throw malformed('The ledger has nothing of that id.');
}

function dateIn(form: Form, field: string): string {
  const date = form.text(field).trim();
  if (date === '' || /^\d{4}(?:-\d\d(?:-\d\d)?)?$/.test(date)) return date;
  throw malformed(`“${date.slice(0, 40)}” is no date: write 2016-11-12, 2016-11 or 2016.`);
}

function oneOf<T extends string>(value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found === undefined) throw malformed(`“${value.slice(0, 40)}” is not one of: ${known.join(', ')}.`);
  return found;
}

const malformed = (why: string): OperatorError =>
  new OperatorError('claim-malformed', why, 'Nothing was written.');
