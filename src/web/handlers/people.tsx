/** `/people`, `/p/ADDRESS`, and what readers state about who is who. */
import type { Hono } from 'hono';
import { OperatorError } from '../../errors.js';
import { type PersonStatement, personStatements, statePerson, undoPerson } from '../../store/desk/people.js';
import { readForm, seeOther } from '../forms.js';
import type { LiveArchive, OpenArchive } from '../live-archive.js';
import { PeoplePage, type PersonLine } from '../pages/people.js';
import { PersonPage } from '../pages/person.js';
import { type SuggestionLine, SuggestionsPage } from '../pages/suggestions.js';
import { listPersons, openSuggestions, pairKey, personFacts } from '../person-facts.js';
import { frameOf, getOpen, numberIn, page } from '../respond.js';
import { type PeopleState, personOrders, routes, urls } from '../urls.js';
import { namesOf } from './pictures.js';

const peoplePerPage = 50;
const suggestionsPerPage = 25;
/** Characters of a name that is searched for. */
const maxNamePart = 200;
const maxAddressCharacters = 400;

export function registerPeople(app: Hono, live: LiveArchive): void {
  app.get(routes.people, (context) => {
    const { name = '', sort, from } = context.req.query();
    return answerPeople(live, {
      name: name.trim().slice(0, maxNamePart),
      sort: personOrders.find((order) => order === sort),
      from: numberIn(from) ?? 0,
    });
  });
  app.get(routes.suggestions, (context) => answerSuggestions(live, numberIn(context.req.query('from')) ?? 0));
  app.post(routes.statePerson, async (context) => {
    const form = await readForm(context);
    const address = form.text('address', maxAddressCharacters);
    const other = getAddress(getOpen(live), form.text('other', maxAddressCharacters).trim());
    const verdict = form.text('verdict') === 'different' ? 'different' : 'same';
    live.desk.write((db, act) =>
      statePerson(db, act, {
        address: getAddress(getOpen(live), address),
        other,
        verdict,
        reason: form.text('reason'),
      }),
    );
    return seeOther(form.back(urls.person(address)));
  });
  app.post(routes.undoPerson, async (context) => {
    const form = await readForm(context);
    live.desk.write((db, act) => undoPerson(db, act, form.text('id')));
    return seeOther(form.back(urls.suggestions()));
  });
  app.get(routes.person, (context) => answerPerson(live, context.req.param('address')));
}

/** As the trove spells it. Throws OperatorError `person-missing`. */
function getAddress(open: OpenArchive, wanted: string): string {
  const { addresses } = open.archive.index.context.correspondence;
  const known = [wanted.toLowerCase(), wanted].find((address) => addresses.find(address) !== undefined);
  if (known === undefined) throw noSuchPerson(wanted);
  return known;
}

const noSuchPerson = (address: string): OperatorError =>
  new OperatorError(
    'person-missing',
    `No message of this trove bears the address ${address.slice(0, maxAddressCharacters)}.`,
    'Addresses are written whole, as in anna@example.net. The list of people can be searched by a part of one.',
  );

const statementsOf = (live: LiveArchive): PersonStatement[] => live.desk.read(personStatements, []);

const decidedIn = (statements: readonly PersonStatement[]): Set<string> =>
  new Set(statements.map(({ address, other }) => pairKey(address, other)));

function answerPeople(live: LiveArchive, state: PeopleState): Response {
  const open = getOpen(live);
  const { persons } = open.archive.index.context;
  const found = listPersons(open, state.name ?? '', state.sort ?? 'messages');
  const from = state.from ?? 0;
  const shown = found.slice(from, from + peoplePerPage);
  const statements = statementsOf(live);
  return page(
    <PeoplePage
      frame={frameOf(live)}
      state={state}
      lines={shown.map((person) => personLine(open, person))}
      found={found.length}
      total={persons.all.length}
      suggestions={openSuggestions(open, decidedIn(statements)).length}
      statements={statements.length}
      next={from + peoplePerPage < found.length ? from + peoplePerPage : undefined}
    />,
  );
}

export function personLine(open: OpenArchive, person: number): PersonLine {
  const { persons } = open.archive.index.context;
  const dated = (time: number | undefined): number | undefined =>
    time !== undefined && Number.isFinite(time) ? time : undefined;
  return {
    name: persons.name(person),
    address: persons.address(person),
    others: persons.addressesOf(person).length - 1,
    sent: persons.sent[person] ?? 0,
    received: persons.received[person] ?? 0,
    first: dated(persons.first[person]),
    last: dated(persons.last[person]),
  };
}

function answerSuggestions(live: LiveArchive, from: number): Response {
  const open = getOpen(live);
  const { persons } = open.archive.index.context;
  const statements = statementsOf(live);
  const all = openSuggestions(open, decidedIn(statements));
  const facts = (address: string): { name: string; messages: number } => {
    const person = persons.find(address) ?? 0;
    return {
      name: persons.name(person),
      messages: (persons.sent[person] ?? 0) + (persons.received[person] ?? 0),
    };
  };
  const lines = all.slice(from, from + suggestionsPerPage).map((suggestion): SuggestionLine => {
    const [one, other] = [facts(suggestion.address), facts(suggestion.other)];
    return { ...suggestion, names: [one.name, other.name], messages: [one.messages, other.messages] };
  });
  return page(
    <SuggestionsPage
      frame={frameOf(live)}
      lines={lines}
      total={all.length}
      from={from}
      next={from + suggestionsPerPage < all.length ? from + suggestionsPerPage : undefined}
      statements={statements}
      back={urls.suggestions(from)}
    />,
  );
}

function answerPerson(live: LiveArchive, wanted: string): Response {
  const open = getOpen(live);
  const facts = personFacts(open, wanted);
  if (facts === undefined) throw noSuchPerson(wanted);
  const [main = ''] = facts.addresses;
  // One page a person: every address leads to it, and to another one again once a statement is taken back.
  if (wanted !== main)
    return new Response(undefined, { status: 302, headers: { Location: urls.person(main) } });
  const theirs = new Set(facts.addresses);
  const statements = statementsOf(live);
  return page(
    <PersonPage
      frame={frameOf(live)}
      facts={facts}
      statements={statements.filter(({ address, other }) => theirs.has(address) || theirs.has(other))}
      suggestions={openSuggestions(open, decidedIn(statements)).filter(
        ({ address, other }) => theirs.has(address) || theirs.has(other),
      )}
      {...namesOf(open)}
    />,
  );
}
