/**
 * The DNS records of the sample's signing keys, as two snapshots and as dated observations.
 *
 *   {"s1._domainkey.northfen-labs.example":{"TXT":[["v=DKIM1; k=rsa; p=MIIB…"]]}}
 */
import type { KeyObject } from 'node:crypto';
import { publicKeyText } from './dkim.ts';

interface Observation {
  readonly domain: string;
  readonly selector: string;
  readonly key: string;
  /** Days on which the record was first and last seen in DNS. */
  readonly firstSeen: string;
  readonly lastSeen: string;
}

const observations: readonly Observation[] = [
  {
    domain: 'eastmarch-harbour.example',
    selector: 'gw2014',
    key: 'eastmarch-gw2014',
    firstSeen: '2014-02-03',
    lastSeen: '2019-02-11',
  },
  {
    domain: 'eastmarch-harbour.example',
    selector: 'gw2016',
    key: 'eastmarch-gw2016',
    firstSeen: '2016-01-04',
    lastSeen: '2019-02-11',
  },
  {
    domain: 'caldermarine.example',
    selector: 'mail',
    key: 'calder-mail-2013',
    firstSeen: '2013-06-17',
    lastSeen: '2015-09-30',
  },
  {
    domain: 'caldermarine.example',
    selector: 'mail',
    key: 'calder-mail-2015',
    firstSeen: '2015-10-01',
    lastSeen: '2019-02-11',
  },
  {
    domain: 'northfen-labs.example',
    selector: 's1',
    key: 'northfen-s1',
    firstSeen: '2014-05-20',
    lastSeen: '2019-02-11',
  },
  {
    domain: 'northfen-labs.example',
    selector: 'ed1',
    key: 'northfen-ed1',
    firstSeen: '2018-11-05',
    lastSeen: '2019-02-11',
  },
  {
    domain: 'postbox.example',
    selector: 'pb2014',
    key: 'postbox-pb2014',
    firstSeen: '2014-07-31',
    lastSeen: '2019-02-11',
  },
  {
    domain: 'eastmarchcourier.example',
    selector: 'k1',
    key: 'courier-k1',
    firstSeen: '2014-09-01',
    lastSeen: '2019-02-11',
  },
  {
    domain: 'dredging-weekly.example',
    selector: 'nl',
    key: 'dredging-weekly-nl',
    firstSeen: '2013-01-10',
    lastSeen: '2019-02-11',
  },
];

/** Nobody recorded the key of the newsletter over the years: it stands in the last snapshot alone. */
const recorded = observations.filter(({ domain }) => domain !== 'dredging-weekly.example');

/** A key record (RFC 6376 3.6.1) in DNS strings of at most 255 bytes. */
function record(key: KeyObject): string[] {
  const kind = key.asymmetricKeyType === 'ed25519' ? 'ed25519' : 'rsa';
  return `v=DKIM1; k=${kind}; p=${publicKeyText(key)}`.match(/.{1,255}/g) ?? [];
}

function snapshot(day: string, key: (name: string) => KeyObject): Record<string, { TXT: string[][] }> {
  const live = observations.filter((seen) => seen.firstSeen <= day && day <= seen.lastSeen);
  return Object.fromEntries(
    live.map((seen) => [`${seen.selector}._domainkey.${seen.domain}`, { TXT: [record(key(seen.key))] }]),
  );
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`, 'utf8');
}

/** File name in keys/ → bytes. */
export function keyRecordFiles(key: (name: string) => KeyObject): Map<string, Buffer> {
  return new Map([
    ['dns.json', json(snapshot('2019-02-11', key))],
    ['dns-2015-06.json', json(snapshot('2015-06-30', key))],
    ['observations.json', json(recorded.map((seen) => ({ ...seen, txt: record(key(seen.key)).join('') })))],
  ]);
}
