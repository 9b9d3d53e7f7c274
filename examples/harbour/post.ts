/**
 * Carries a letter to one of the places that keep it: signs what leaves a domain, stamps the hops, lets the
 * list server add its tag and footer, and applies what somebody changed afterwards.
 */
import type { KeyObject } from 'node:crypto';
import { isAscii } from './charset.ts';
import { type Composed, compose } from './compose.ts';
import { type SigningPlan, sealMessage, signMessage } from './dkim.ts';
import { encodeWords } from './encode.ts';
import type { Letter } from './letter.ts';
import { exchangeDomain, listAddress, listDomain, type Place, signingPolicy } from './places.ts';
import type { Find } from './quote.ts';
import {
  authenticationResults,
  deliveryTrace,
  domainOf,
  internalTrace,
  stampMoment,
  submissionTrace,
} from './trace.ts';

/** What a verifier must find for one DKIM-Signature of a stored copy. */
export interface ExpectedSignature {
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: 'rsa-sha256' | 'ed25519-sha256';
  readonly canonicalization: string;
  /** File in keys/, without `.pem`. */
  readonly key: string;
  readonly result: 'pass' | 'body-hash-differs';
  /** `expired`, `partial-body`, `list-copy`, `altered-copy`. */
  readonly flags: readonly string[];
}

export interface Stored {
  /** Byte string, LF line ends. */
  readonly message: string;
  readonly signatures: readonly ExpectedSignature[];
}

export interface Post {
  readonly find: Find;
  readonly key: (name: string) => KeyObject;
}

const footer = `
_______________________________________________
harbour-users mailing list
harbour-users@${listDomain}
https://${listDomain}/listinfo/harbour-users
`;

function plansFor(letter: Letter): SigningPlan[] {
  const policy = signingPolicy(letter);
  if (!policy) return [];
  const signedAt = Math.floor(stampMoment(letter).time / 1000) + 1;
  const expires =
    letter.signing?.days === undefined ? {} : { expiresAt: signedAt + letter.signing.days * 86_400 };
  const plan = { ...policy, ...expires, signedAt, withLength: letter.signing?.withLength ?? false };
  if (!letter.signing?.alsoEd25519) return [plan];
  return [plan, { ...plan, selector: 'ed1', key: 'northfen-ed1' }];
}

function isForList(letter: Letter): boolean {
  return [...letter.to, ...(letter.cc ?? [])].some((person) => person.address === listAddress);
}

/** Mailman 2: tag in the Subject, List-* fields (RFC 2369, RFC 2919), footer under the text. */
function throughList(letter: Letter, composed: Composed): Composed {
  const plain = letter.subject.includes('[harbour-users]') ? letter.subject : taggedSubject(letter.subject);
  const subject = isAscii(plain) ? plain : encodeWords(plain, 'utf-8', 'Q');
  const header = composed.header.replace(/^Subject: .*(?:\n[ \t].*)*/m, () => `Subject: ${subject}`);
  const fields = [
    'X-BeenThere: harbour-users@lists.eastmarch-moorings.example',
    'X-Mailman-Version: 2.1.18',
    'Precedence: list',
    `List-Id: Users of Eastmarch harbour <harbour-users.${listDomain}>`,
    `List-Unsubscribe: <https://${listDomain}/options/harbour-users>,\n\t<mailto:harbour-users-request@${listDomain}?subject=unsubscribe>`,
    `List-Archive: <https://${listDomain}/pipermail/harbour-users/>`,
    `List-Post: <mailto:${listAddress}>`,
    `List-Help: <mailto:harbour-users-request@${listDomain}?subject=help>`,
    `Sender: harbour-users-bounces@${listDomain}`,
  ];
  return {
    header: `${header}${fields.join('\n')}\n`,
    body: `${composed.body.replace(/\n*$/, '\n')}${footer}`,
  };
}

function taggedSubject(subject: string): string {
  const answer = /^(Re: )(.*)$/.exec(subject);
  return answer ? `Re: [harbour-users] ${answer[2]}` : `[harbour-users] ${subject}`;
}

function dkimVerdict(signatures: readonly ExpectedSignature[]): string {
  const [first] = signatures;
  return first ? `pass header.d=${first.domain} header.s=${first.selector}` : 'none';
}

interface Route {
  readonly isOwn: boolean;
  readonly isInternal: boolean;
  readonly isList: boolean;
}

function routeOf(letter: Letter, place: Place): Route {
  const from = letter.from.address;
  const isOwn =
    place.owners.includes(from) &&
    /sent|outbox/i.test(`${place.folder}${place.source === 'procurement' ? 'sent' : ''}`);
  const isList = isForList(letter) && !isOwn && !place.isDirect;
  return {
    isOwn,
    isInternal: !isList && domainOf(from) === place.domain && place.domain === exchangeDomain,
    isList,
  };
}

function trace(letter: Letter, place: Place, route: Route, signatures: readonly ExpectedSignature[]): string {
  const domain = domainOf(letter.from.address);
  if (route.isList) {
    const bounce = `harbour-users-bounces@${listDomain}`;
    const toList = deliveryTrace(letter, bounce, domain, listDomain, 4).replace(/^Return-Path: .*\n/, '');
    const onward =
      place.domain === listDomain ? '' : deliveryTrace(letter, bounce, listDomain, place.domain, 31);
    return `${onward}${toList}`;
  }
  const results = place.checksMail
    ? authenticationResults(`gw.${place.domain}`, letter, dkimVerdict(signatures))
    : '';
  const hop = deliveryTrace(letter, letter.from.address, domain, place.domain, 5);
  return `${hop}${results}`;
}

function expectations(
  letter: Letter,
  plans: readonly SigningPlan[],
  route: Route,
  isAltered: boolean,
): ExpectedSignature[] {
  return plans.map((plan) => {
    const isRsa = plan.key !== 'northfen-ed1';
    const flags = [
      ...(plan.expiresAt ? ['expired'] : []),
      ...(plan.withLength && letter.appended ? ['partial-body'] : []),
      ...(route.isList ? ['list-copy'] : []),
      ...(isAltered ? ['altered-copy'] : []),
    ];
    return {
      domain: plan.domain,
      selector: plan.selector,
      algorithm: isRsa ? 'rsa-sha256' : 'ed25519-sha256',
      canonicalization: `${plan.header}/${plan.body}`,
      key: plan.key,
      result: route.isList || isAltered ? 'body-hash-differs' : 'pass',
      flags,
    };
  });
}

/** The bytes that `place` holds of `letter`. */
export function deliver(letter: Letter, place: Place, post: Post): Stored {
  const route = routeOf(letter, place);
  const changes = letter.altered?.[place.source];
  const original = compose(letter, post.find);
  const shown = changes ? compose({ ...letter, ...changes }, post.find) : original;
  const kept = route.isList ? throughList(letter, shown) : shown;
  const body = kept.body + (route.isOwn ? '' : (letter.appended ?? ''));
  if (route.isOwn) return finish(letter, `${kept.header}\n${body}`, []);
  if (route.isInternal) return finish(letter, `${internalTrace(letter)}${kept.header}\n${body}`, []);
  const plans = plansFor(letter);
  const signatures = plans.map((plan) =>
    signMessage(original.header, original.body, plan, post.key(plan.key)),
  );
  const expected = expectations(letter, plans, route, changes !== undefined);
  const sealed = letter.isSealed ? seal(letter, place, original, post) : '';
  const head = trace(letter, place, route, expected) + sealed + signatures.join('') + submissionTrace(letter);
  return finish(letter, `${head}${kept.header}\n${body}`, expected);
}

/** What the receiving server saw when the letter arrived, under its own signature. */
function seal(letter: Letter, place: Place, { header, body }: Composed, post: Post): string {
  const from = letter.from.address;
  const signedAt = Math.floor(stampMoment(letter).time / 1000) + 5;
  const plan: SigningPlan = { ...sealing, signedAt };
  const results = `mx.${place.domain};\n\tspf=pass smtp.mailfrom=${from};\n\tdkim=none`;
  return sealMessage(header, body, results, plan, post.key(plan.key));
}

const sealing = {
  domain: 'postbox.example',
  selector: 'pb2014',
  key: 'postbox-pb2014',
  header: 'relaxed',
  body: 'relaxed',
} as const;

function finish(letter: Letter, message: string, signatures: readonly ExpectedSignature[]): Stored {
  return { message: letter.damageStored?.(message) ?? message, signatures };
}
