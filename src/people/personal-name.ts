/**
 * Display names as names of persons, for comparing.
 *
 *   Allen, Phillip K.      → { key: 'phillip allen', initials: 'k' }
 *   "Phillip K Allen" (HR) → { key: 'phillip allen', initials: 'k' }
 *   Admin, IT Helpdesk, Bob via a-list, anna@x.example, 王伟   → undefined: no name that tells one person from others
 */

export interface PersonalName {
  /** First and last names in lower case, without accents; single letters left out. */
  readonly key: string;
  /** The single letters, in order. */
  readonly initials: string;
}

/** Names that stand for a function, not for a person: one of these words is enough. */
const roleWords = new Set(
  `and at by for from in of on or to with account accounts admin administration administrator agent alert alerts announce announcement announcements answers
   assistant auction automatic billing bot broadcast bulletin business call calendar campaign center centre chairman
   circulation committee communication communications community company conference confirmation contact corporate
   corporation council customer customers daemon daily database delivery department desk digest director directory
   distribution editor editorial editors email employee employees events exchange executive feedback
   finance foundation general global group groups help helpdesk hotline human inc info information institute internal
   internet invoice it jobs journal learning legal letter list listserv llc login ltd magazine mail mailbox mailer
   mailing management manager market marketers marketing markets media meeting member members membership message monitor
   network new news newsletter no noreply notice notification notifications notify office official online operations
   operator order orders outlook payroll personnel postmaster press program project promotion
   promotions publications publisher recipient recipients records registration reminder reply report reports request research
   resources response root sales scheduler secretary security seminar server service services shipping shop society
   software solutions special specials staff store studio subscription subscriptions support survey system systems team
   technical technology test the tickets tips today trade trading training travel trial undisclosed unknown update
   updates user users via voice web webmaster weekly wire world your`.split(/\s+/u),
);

/** Titles and degrees around a name; generations (Jr., III) stay, because they tell father from son. */
const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'sir', 'phd', 'md', 'mba', 'cpa', 'esq']);

const maxCharacters = 100;

/** An address, a domain, a firm's ampersand. */
const notPersonal = /[@&]|\p{L}\.\p{L}{2}/u;

/** undefined where the name does not tell one person from others. */
export function parsePersonalName(display: string): PersonalName | undefined {
  if (display.length > maxCharacters || notPersonal.test(display)) return undefined;
  const plain = display
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\([^)]*\)?|\[[^\]]*\]?/gu, ' ')
    .replace(/\/.*$/u, '')
    .replace(/["“”„]/gu, ' ');
  if (/\d|\bon behalf of\b/u.test(plain)) return undefined;
  const words = inOrder(plain).filter((word) => !titles.has(word));
  if (words.some((word) => roleWords.has(word))) return undefined;
  const names = words.filter((word) => word.length > 1);
  if (names.length < 2 || names.length > 5) return undefined;
  return { key: names.join(' '), initials: words.filter((word) => word.length === 1).join('') };
}

/** `Allen, Phillip K.` as `phillip k allen`. More commas are a list or a firm. */
function inOrder(plain: string): string[] {
  const parts = plain.split(',').map(wordsOf);
  const [last = [], first = [], ...more] = parts;
  if (more.length > 0) return [];
  return first.length > 0 && first.some((word) => !titles.has(word)) ? [...first, ...last] : last;
}

const wordsOf = (text: string): string[] =>
  text
    .split(/[^\p{L}'’-]+/u)
    .map((word) => word.replace(/^['’-]+|['’-]+$/gu, ''))
    .filter(Boolean);

/** Whether two names with one key can be one person's: initials that both give must agree. */
export function initialsAgree(a: PersonalName, b: PersonalName): boolean {
  return a.initials === '' || b.initials === '' || a.initials[0] === b.initials[0];
}
