/**
 * Things in a header section that did not exist on the day that Date states. Each day is that of the first public
 * document or release that has the thing, so that no honest message can be earlier.
 */
import { parseMailboxes } from '../message/address.js';
import { show } from './context-time.js';
import type { Finding } from './finding.js';
import type { SignatureJudgement } from './judgement.js';
import type { SignedMessage } from './signed-message.js';

interface Novelty {
  readonly what: string;
  /** First day on which it could be met. */
  readonly since: string;
  readonly source: string;
  occursIn(message: SignedMessage, signatures: readonly SignatureJudgement[]): boolean;
}

const hasField =
  (name: string) =>
  (message: SignedMessage): boolean =>
    message.named(name).length > 0;

const inReceived =
  (word: string) =>
  (message: SignedMessage): boolean =>
    message.named('received').some(({ body }) => body.includes(word));

const inField =
  (names: readonly string[], word: string) =>
  (message: SignedMessage): boolean =>
    names.some((name) => message.named(name).some(({ body }) => body.includes(word)));

const programs = ['x-mailer', 'user-agent'];

/** Of the first programme of new domains that people meet in addresses; none of it was there before the first of it was. */
const newTopLevels =
  /\.(?:agency|app|blog|buzz|cloud|club|dev|digital|email|global|group|guru|life|link|live|media|news|online|page|press|rocks|services|shop|site|social|solutions|space|store|studio|systems|team|tech|today|top|website|work|works|world|xyz|zone)$/i;

const fromTopLevel =
  (pattern: RegExp) =>
  (message: SignedMessage): boolean =>
    parseMailboxes(message.named('from')[0]?.body ?? '').mailboxes.some(({ addrSpec }) =>
      pattern.test(addrSpec),
    );

/** The dated table; docs/verification.md prints it, and a test compares the two. Where a day is not known, an earlier one. */
export const novelties: readonly Novelty[] = [
  {
    what: 'Received-SPF',
    since: '2003-06-01',
    source: 'first drafts of SPF',
    occursIn: hasField('received-spf'),
  },
  {
    what: 'DomainKey-Signature',
    since: '2004-05-17',
    source: 'draft-delany-domainkeys-base-00',
    occursIn: hasField('domainkey-signature'),
  },
  {
    what: 'DKIM-Signature',
    since: '2005-07-09',
    source: 'draft-allman-dkim-base-00',
    occursIn: hasField('dkim-signature'),
  },
  {
    what: 'ed25519-sha256 in DKIM-Signature',
    since: '2016-10-01',
    source: 'first drafts of RFC 8463',
    occursIn: (_message, signatures) => signatures.some(({ algorithm }) => algorithm === 'ed25519-sha256'),
  },
  {
    what: 'ARC-Seal',
    since: '2015-01-01',
    source: 'draft-andersen-arc-00 is of 2015',
    occursIn: hasField('arc-seal'),
  },
  {
    what: 'List-Unsubscribe-Post',
    since: '2015-01-01',
    source: 'first drafts of RFC 8058 are of 2016',
    occursIn: hasField('list-unsubscribe-post'),
  },
  {
    what: 'TLS 1.2 in Received',
    since: '2006-01-01',
    source: 'first drafts of RFC 5246 are of 2006',
    occursIn: inReceived('TLSv1.2'),
  },
  {
    what: 'TLS 1.3 in Received',
    since: '2014-04-17',
    source: 'draft-ietf-tls-tls13-00',
    occursIn: inReceived('TLSv1.3'),
  },
  {
    what: 'a Message-ID of Gmail',
    since: '2004-03-21',
    source: 'Gmail was announced on 1 April 2004',
    occursIn: inField(['message-id'], '@mail.gmail.com>'),
  },
  {
    what: 'Thunderbird',
    since: '2003-07-28',
    source: 'Thunderbird 0.1',
    occursIn: inField(programs, 'Thunderbird'),
  },
  {
    what: 'iPhone Mail',
    since: '2007-01-09',
    source: 'the iPhone was announced on that day',
    occursIn: inField(programs, 'iPhone Mail'),
  },
  {
    what: 'Outlook 12 (2007)',
    since: '2005-11-01',
    source: 'first beta in November 2005',
    occursIn: inField(programs, 'Microsoft Office Outlook 12.'),
  },
  {
    what: 'Outlook 14 (2010)',
    since: '2009-05-01',
    source: 'first preview in July 2009',
    occursIn: inField(programs, 'Microsoft Outlook 14.'),
  },
  {
    what: 'Outlook 15 (2013)',
    since: '2012-01-01',
    source: 'first preview in January 2012',
    occursIn: inField(programs, 'Microsoft Outlook 15.'),
  },
  {
    what: 'Outlook 16 (2016)',
    since: '2014-07-01',
    source: 'first previews in 2015',
    occursIn: inField(programs, 'Microsoft Outlook 16.'),
  },
  {
    what: 'a sender under .info',
    since: '2001-06-01',
    source: 'in the root zone since June 2001',
    occursIn: fromTopLevel(/\.info$/i),
  },
  {
    what: 'a sender under .eu',
    since: '2005-03-01',
    source: 'in the root zone since 2005',
    occursIn: fromTopLevel(/\.eu$/i),
  },
  {
    what: 'a sender under a top-level domain of 2013 or later (.xyz, .online, .email …)',
    since: '2013-10-23',
    source: 'the first of them were delegated on that day',
    occursIn: fromTopLevel(newTopLevels),
  },
];

export function findAnachronisms(
  date: number,
  message: SignedMessage,
  signatures: readonly SignatureJudgement[],
): Finding[] {
  const young = novelties.filter(
    (novelty) => date < Date.parse(novelty.since) && novelty.occursIn(message, signatures),
  );
  if (young.length === 0) return [];
  const facts = young.map(
    ({ what, since, source }) => `it has ${what}, which exists since ${since} (${source})`,
  );
  return [
    { code: 'anachronism', level: 'conflict', facts: [`Date says ${show(date)}`, ...facts], others: [] },
  ];
}
