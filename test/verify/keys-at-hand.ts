/** Keys for tests: recorded DNS answers as a finder of ours and as a resolver of mailauth's. */
import { readFileSync } from 'node:fs';
import type { CandidateKey, KeyFinder } from '../../src/verify/candidate.js';
import { readKeyRecord } from '../../src/verify/key-record.js';

export type DnsAnswers = Record<string, { readonly TXT?: readonly (readonly string[])[] }>;

export const readAnswers = (path: string): DnsAnswers => JSON.parse(readFileSync(path, 'utf8')) as DnsAnswers;

/** Every record of every snapshot is a candidate. */
export function finderOf(...snapshots: readonly DnsAnswers[]): KeyFinder {
  const keys = new Map<string, CandidateKey[]>();
  for (const [name, { TXT }] of snapshots.flatMap((answers) => Object.entries(answers))) {
    for (const strings of TXT ?? []) {
      const found = keys.get(name) ?? [];
      keys.set(name, [...found, { record: readKeyRecord(strings.join('')), burned: false }]);
    }
  }
  return (domain, selector) => keys.get(`${selector}._domainkey.${domain}`) ?? [];
}

export const noKeys: KeyFinder = () => [];

/** What mailauth asks; it knows one record a name. */
export function resolverOf(answers: DnsAnswers): (name: string) => Promise<string[][]> {
  return (name) => {
    const found = answers[name]?.TXT;
    return found === undefined
      ? Promise.reject(Object.assign(new Error('no record'), { code: 'ENOTFOUND' }))
      : Promise.resolve(found.map((strings) => [...strings]));
  };
}
