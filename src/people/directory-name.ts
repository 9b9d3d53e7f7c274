/**
 * What a mail system's own directory called a mailbox, as X-From fields keep it (Exchange and Notes wrote them when
 * mail was taken out of their stores).
 *
 *   Allen, Phillip K. </O=ENRON/OU=NA/CN=RECIPIENTS/CN=PALLEN>   → { name: 'Allen, Phillip K.', dn: '/o=enron/…/cn=pallen' }
 *   Phillip K Allen                                              → { name: 'Phillip K Allen', dn: '' }
 *   flash@icruise.com                                            → undefined: an address, which From has already
 */

export interface DirectoryEntry {
  /** As written, blanks collapsed; '' where there is only a distinguished name. */
  readonly name: string;
  /** Exchange's legacy distinguished name in lower case ([MS-OXOABK] 2.2.1.1), '' where there is none. */
  readonly dn: string;
}

/** Longer ones name nobody. */
const maxNameCharacters = 120;
const maxDnCharacters = 300;

/** undefined where the field says nothing that an address would not. */
export function parseDirectoryName(field: string): DirectoryEntry | undefined {
  const body = field.slice(0, 1_000).replace(/\s+/gu, ' ');
  const angle = body.indexOf('<');
  const name = (angle < 0 ? body : body.slice(0, angle)).replace(/["']/g, '').trim();
  const close = body.indexOf('>', angle);
  const inside = angle < 0 ? '' : body.slice(angle + 1, close < 0 ? undefined : close).trim();
  const dn = parseLegacyDn(inside);
  // Notes writes "Phillip K Allen/HOU/ECT@ECT": the person ends at the first slash.
  const person = name.replace(/\/.*$/u, '').trim();
  const isName = person !== '' && !person.includes('@') && person.length <= maxNameCharacters;
  if (!isName && dn === '') return undefined;
  return { name: isName ? person : '', dn };
}

/** Lower case; '' for what is none. Placeholders that Exchange made up for outside senders (`?Sname@host`) are none. */
export function parseLegacyDn(text: string): string {
  const dn = text.toLowerCase();
  return /^\/o=[^/]+\/.*\/cn=[a-z0-9._-]+$/u.test(dn) && dn.length <= maxDnCharacters ? dn : '';
}
