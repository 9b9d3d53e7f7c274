/**
 * Things in a header section that did not exist on the day that Date states. Each day is that of the first public
 * document or release that has the thing, so that no honest message can be earlier.
 */
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

/** The dated table; docs/verification.md prints it, and a test compares the two. */
export const novelties: readonly Novelty[] = [
  {
    what: 'Received-SPF',
    since: '2003-12-01',
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
    what: 'an ed25519-sha256 signature',
    since: '2017-01-01',
    source: 'first drafts of RFC 8463',
    occursIn: (_message, signatures) => signatures.some(({ algorithm }) => algorithm === 'ed25519-sha256'),
  },
  { what: 'ARC-Seal', since: '2015-10-01', source: 'draft-andersen-arc-00', occursIn: hasField('arc-seal') },
  {
    what: 'List-Unsubscribe-Post',
    since: '2016-01-01',
    source: 'first drafts of RFC 8058',
    occursIn: hasField('list-unsubscribe-post'),
  },
  {
    what: 'TLS 1.2 in a Received field',
    since: '2008-08-01',
    source: 'RFC 5246',
    occursIn: inReceived('TLSv1.2'),
  },
  {
    what: 'TLS 1.3 in a Received field',
    since: '2014-04-17',
    source: 'draft-ietf-tls-tls13-00',
    occursIn: inReceived('TLSv1.3'),
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
