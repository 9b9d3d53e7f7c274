/** `/redact` and below: pages that show candidates, the register, and a message as it would be published. */
import type { Hono } from 'hono';
import { OperatorError } from '../../errors.js';
import { foldedText } from '../../redact/fold.js';
import { findRule, maskedByDefault } from '../../redact/rules/all.js';
import type { PlaceRow } from '../../review/candidate-store.js';
import { candidateStates, queueLines, queuePage } from '../../review/queue.js';
import { publicityStatements, publicityTest } from '../../store/desk/publicity.js';
import { markedByHand, redactionsOn } from '../../store/desk/redactions.js';
import type { LiveArchive } from '../live-archive.js';
import { RedactMessagePage } from '../pages/redact-message.js';
import { RedactPeoplePage, type RegisterLine } from '../pages/redact-people.js';
import { RedactQueuePage } from '../pages/redact-queue.js';
import { RedactRulePage } from '../pages/redact-rule.js';
import type { RedactionState } from '../redaction-state.js';
import { frameOf, getOpen, numberIn, page } from '../respond.js';
import { type RedactPeopleState, routes } from '../urls.js';

/** Boxes of one form, with its other fields, stay below `limits.maxFormFields`. */
const linesPerPage = 30;
const placesPerLine = 3;
const placesRead = 20;
const markedShown = 200;
const domainsShown = 8;
const maxNamePart = 200;

export function registerRedact(app: Hono, live: LiveArchive, redaction: RedactionState): void {
  app.get(routes.redact, () => answerQueue(live, redaction));
  app.get(routes.redactRule, (context) => {
    const { state, from, did } = context.req.query();
    return answerRule(live, redaction, context.req.param('rule'), state, numberIn(from) ?? 0, actIn(did));
  });
  app.get(routes.redactPeople, (context) => {
    const { name = '', from, did } = context.req.query();
    return answerPeople(live, {
      name: name.trim().slice(0, maxNamePart),
      from: numberIn(from) ?? 0,
      did: actIn(did),
    });
  });
  app.get(routes.redactMessage, (context) =>
    answerMessage(live, redaction, context.req.param('id'), actIn(context.req.query('did'))),
  );
}

const actIn = (id: string | undefined): string | undefined =>
  id !== undefined && /^[\w-]{22}$/.test(id) ? id : undefined;

function answerQueue(live: LiveArchive, redaction: RedactionState): Response {
  const { archive } = getOpen(live);
  const candidates = redaction.candidates(archive.trove);
  const { desk } = live;
  return page(
    <RedactQueuePage
      frame={frameOf(live)}
      trove={archive.trove.dir}
      lines={candidates === undefined ? undefined : queueLines(candidates, desk)}
      scanned={candidates?.last ?? 0}
      messages={archive.index.catalog.messageCount()}
      publicSubjects={desk.read(publicityStatements, []).filter(({ verdict }) => verdict === 'public').length}
      marked={desk.read((db) => markedByHand(db, markedShown), [])}
    />,
  );
}

function answerRule(
  live: LiveArchive,
  redaction: RedactionState,
  name: string,
  wanted: string | undefined,
  from: number,
  did: string | undefined,
): Response {
  const rule = findRule(name);
  const candidates = redaction.candidates(getOpen(live).archive.trove);
  if (rule === undefined || candidates === undefined)
    throw new OperatorError(
      'rule-unknown',
      'There is no such rule, or nothing was looked for yet.',
      'The redaction page lists all rules.',
    );
  const state = candidateStates.find((each) => each === wanted) ?? 'open';
  const counts = queueLines(candidates, live.desk).find((line) => line.rule === rule)?.counts ?? {
    open: 0,
    redacted: 0,
    shown: 0,
  };
  const { rows, total } = queuePage(candidates, live.desk, name, state, from, linesPerPage);
  return page(
    <RedactRulePage
      frame={frameOf(live)}
      rule={rule}
      isMaskedByDefault={maskedByDefault.includes(name)}
      state={state}
      counts={counts}
      from={from}
      lines={rows.map((candidate) => ({
        candidate,
        places: tellingPlaces(candidates.places(candidate.id, placesRead)),
      }))}
      next={from + rows.length < total ? from + rows.length : undefined}
      did={did}
    />,
  );
}

/** Those that say something new: a signature below a hundred letters is one. */
function tellingPlaces(places: readonly PlaceRow[]): PlaceRow[] {
  const seen = new Set<string>();
  const telling = places.filter(({ before, exact }) => {
    const context = foldedText(before.slice(-30) + exact);
    const isNew = !seen.has(context);
    seen.add(context);
    return isNew;
  });
  return telling.slice(0, placesPerLine);
}

function answerPeople(live: LiveArchive, state: RedactPeopleState): Response {
  const { persons } = getOpen(live).archive.index.context;
  const statements = live.desk.read(publicityStatements, []);
  const isPublic = publicityTest(statements);
  const named = new Set(statements.map(({ subject }) => subject));
  const wanted = (state.name ?? '').toLowerCase();
  const lines: RegisterLine[] = [];
  const domains = new Map<string, { addresses: number; messages: number }>();
  for (const person of persons.all)
    for (const id of persons.addressesOf(person)) {
      const address = persons.correspondence.addresses.names[id] ?? '';
      const at = address.lastIndexOf('@');
      if (at < 1) continue;
      const messages = (persons.sent[person] ?? 0) + (persons.received[person] ?? 0);
      const domain = domains.get(address.slice(at + 1)) ?? { addresses: 0, messages: 0 };
      domains.set(address.slice(at + 1), {
        addresses: domain.addresses + 1,
        messages: domain.messages + messages,
      });
      const name = persons.name(person);
      if (wanted !== '' && !address.includes(wanted) && !name.toLowerCase().includes(wanted)) continue;
      const by = named.has(address) ? undefined : address.slice(at);
      lines.push({ address, name, messages, isPublic: isPublic(address), by });
    }
  lines.sort((a, b) => b.messages - a.messages || (a.address < b.address ? -1 : 1));
  const from = state.from ?? 0;
  const shown = lines.slice(from, from + linesPerPage);
  const most = [...domains].sort((a, b) => b[1].messages - a[1].messages).slice(0, domainsShown);
  return page(
    <RedactPeoplePage
      frame={frameOf(live)}
      state={state}
      lines={shown}
      found={lines.length}
      next={from + shown.length < lines.length ? from + shown.length : undefined}
      statements={statements.slice(0, markedShown)}
      domains={most.map(([domain, { addresses }]) => ({
        domain,
        addresses,
        isPublic: isPublic(`@${domain}`),
      }))}
    />,
  );
}

async function answerMessage(
  live: LiveArchive,
  redaction: RedactionState,
  id: string,
  did: string | undefined,
): Promise<Response> {
  const { archive } = getOpen(live);
  const source = await archive.read(archive.resolve(id));
  const redactor = redaction.redactor(archive.trove);
  const withheld = redactor.withheld(source.sha256);
  return page(
    <RedactMessagePage
      frame={frameOf(live)}
      number={source.number}
      sha256={source.sha256}
      subject={source.message.subject}
      fieldNames={[...new Set(source.message.fields.map(({ name }) => name))].slice(0, 200)}
      withheld={withheld}
      redacted={withheld === undefined ? redactor.redact(source) : undefined}
      rows={live.desk.read((db) => redactionsOn(db, source.sha256), [])}
      did={did}
    />,
  );
}
