/** Addr-specs (RFC 5322 3.4.1) as they are written in text: dot-atoms on both sides of an @, the domain with a point in it. */
import type { Place, Rule } from './rule.js';

/** RFC 5321 4.5.3.1: octets of a local part, of a domain. */
const maxLocal = 64;
const maxDomain = 255;

export const addrSpecRule: Rule = {
  name: 'address',
  version: 1,
  kind: 'address',
  title: 'Mail addresses',
  precision:
    'Nearly all are addresses. Message-IDs quoted in a text look the same. Addresses written as "name at domain" are not found.',
  find: findAddrSpecs,
};

export function* findAddrSpecs(text: string): Generator<Place> {
  let after = 0;
  for (let sign = text.indexOf('@'); sign >= 0; sign = text.indexOf('@', sign + 1)) {
    let start = sign;
    const first = Math.max(after, sign - maxLocal);
    while (start > first && isLocal(text.charCodeAt(start - 1))) start--;
    while (start < sign && isPoint(text.charCodeAt(start))) start++;
    const end = domainEnd(text, sign + 1);
    if (start === sign || end < 0) continue;
    after = end;
    yield { start, end, value: text.slice(start, end).toLowerCase() };
  }
}

/** Where the domain ends, -1 where there is none: letters, digits and hyphens, with points between, a name of letters last. */
function domainEnd(text: string, from: number): number {
  let end = from;
  const last = Math.min(text.length, from + maxDomain);
  while (end < last && isDomain(text.charCodeAt(end))) end++;
  while (end > from && isPoint(text.charCodeAt(end - 1))) end--;
  const point = text.lastIndexOf('.', end - 1);
  return point > from && /^[\p{L}][\p{L}\d-]{1,}$/u.test(text.slice(point + 1, end)) ? end : -1;
}

const isPoint = (code: number): boolean => code === 46 || code === 45 || code === 39;

/** RFC 5322 atext and the point, without what stands around addresses in text: / = ? ` { | }. Letters beyond ASCII: RFC 6531. */
function isLocal(code: number): boolean {
  return isDomain(code) || (code < 128 && "_+%&'*!#$^~".includes(String.fromCharCode(code)));
}

function isDomain(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    ((code | 32) >= 97 && (code | 32) <= 122) ||
    code === 46 ||
    code === 45 ||
    code === 95 ||
    (code >= 0xc0 && code !== 0xd7 && code !== 0xf7 && code < 0x2000)
  );
}
