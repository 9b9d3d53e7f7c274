/**
 * Key records in JSON: recorded DNS answers, as mailauth reads them, and dated observations, as this program exports
 * them.
 *
 *   {"s1._domainkey.example.org":{"TXT":[["v=DKIM1; k=rsa; p=MIIB…","…"]]}}
 *   [{"domain":"example.org","selector":"s1","txt":"v=DKIM1; …","firstSeen":"2014-05-20","lastSeen":"2019-02-11"}]
 */
import { limits } from '../../limits.js';
import { isDomainName, readDomain } from '../dkim-signature.js';
import {
  type FoundRecord,
  type KeyFile,
  type KeyFileProblem,
  keyName,
  splitKeyName,
} from './found-record.js';

/** `value` is parsed JSON of any shape. */
export function readAnswers(value: unknown): KeyFile {
  const problems: KeyFileProblem[] = [];
  const found = Array.isArray(value) ? readObservations(value, problems) : readNames(value, problems);
  if (found.length > limits.maxImportedKeys)
    problems.push({ place: 'the file', note: `more than ${limits.maxImportedKeys} records` });
  return { records: found.slice(0, limits.maxImportedKeys), problems };
}

function readNames(value: unknown, problems: KeyFileProblem[]): FoundRecord[] {
  const records: FoundRecord[] = [];
  for (const [name, answers] of Object.entries(isObject(value) ? value : {})) {
    const names = splitKeyName(name);
    if (names === undefined) continue;
    const texts = isObject(answers) && Array.isArray(answers.TXT) ? (answers.TXT as unknown[]) : [];
    for (const strings of texts) {
      const txt = joined(strings);
      if (txt === undefined) problems.push({ place: name.slice(0, 300), note: 'TXT is no list of strings' });
      else records.push({ ...names, txt, source: 'answers', ...unsaid, evidence: JSON.stringify(strings) });
    }
  }
  return records;
}

const unsaid = { provenance: undefined, observer: undefined, firstSeen: undefined, lastSeen: undefined };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One TXT record: a list of strings, or one string. */
function joined(strings: unknown): string | undefined {
  const list: readonly unknown[] = Array.isArray(strings) ? strings : [strings];
  if (!list.every((string) => typeof string === 'string')) return undefined;
  const txt = list.join('');
  return txt.length > limits.maxKeyRecordCharacters ? undefined : txt;
}

function readObservations(list: readonly unknown[], problems: KeyFileProblem[]): FoundRecord[] {
  return list.slice(0, limits.maxImportedKeys + 1).flatMap((item, index): FoundRecord[] => {
    const record = readObservation(item);
    if (typeof record !== 'string') return [record];
    problems.push({ place: `entry ${index + 1}`, note: record });
    return [];
  });
}

function readObservation(item: unknown): FoundRecord | string {
  if (!isObject(item)) return 'no object';
  const domain = readDomain(typeof item.domain === 'string' ? item.domain : '');
  const selector = readDomain(typeof item.selector === 'string' ? item.selector : '');
  if (!isDomainName(domain) || !isDomainName(selector)) return 'domain or selector is no name';
  const txt = joined(item.txt);
  if (txt === undefined) return 'txt is no text, or too long';
  const firstSeen = readTime(item.firstSeen);
  const lastSeen = readTime(item.lastSeen);
  if (firstSeen === null || lastSeen === null) return 'firstSeen or lastSeen is no time';
  const observer =
    typeof item.observer === 'string' && item.observer !== '' ? item.observer.slice(0, 300) : undefined;
  const evidence = JSON.stringify(item);
  // The file's word on its own worth is not taken: whoever imports it says what it is.
  return {
    domain,
    selector,
    txt,
    source: 'observations',
    provenance: undefined,
    observer,
    firstSeen,
    lastSeen,
    evidence,
  };
}

/** ISO 8601; undefined where nothing is said, null where it is no time. */
export function readTime(value: unknown): number | undefined | null {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d(?:T[\d:.]{5,15}Z)?$/.test(value)) return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : time;
}

/** Records as recorded answers: what `mailauth report -n FILE` reads. Of several keys all are given. */
export function formatAnswers(
  records: readonly { readonly domain: string; readonly selector: string; readonly txt: string }[],
): string {
  const answers = new Map<string, string[][]>();
  for (const { domain, selector, txt } of records) {
    const name = keyName(domain, selector);
    answers.set(name, [...(answers.get(name) ?? []), txt.match(/[\s\S]{1,255}/g) ?? ['']]);
  }
  const object = Object.fromEntries(Array.from(answers, ([name, TXT]) => [name, { TXT }]));
  return `${JSON.stringify(object, undefined, 2)}\n`;
}
