/** Signs messages for tests with the signer of the sample trove, which shares no code with the verifier. */
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type SigningPlan, signMessage } from '../../examples/harbour/dkim.js';
import type { KeyFinder } from '../../src/verify/candidate.js';
import { readKeyRecord } from '../../src/verify/key-record.js';

export const rsaKey = (bits: number): KeyObject =>
  generateKeyPairSync('rsa', { modulusLength: bits }).privateKey;

export const recordOf = (key: KeyObject): string =>
  `v=DKIM1; k=rsa; p=${createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')}`;

export const finderFor = (...records: readonly string[]): KeyFinder => {
  const keys = records.map((txt) => ({ record: readKeyRecord(txt), burned: false }));
  return () => keys;
};

const plan: SigningPlan = {
  domain: 'harbour.example',
  selector: 's1',
  key: '',
  header: 'relaxed',
  body: 'relaxed',
  signedAt: 1_457_344_800,
};

export interface Signed {
  readonly body?: string;
  readonly header?: string;
  readonly plan?: Partial<SigningPlan>;
}

export const plainHeader =
  'From: Anna <anna@harbour.example>\nTo: bob@calder.example\nSubject: Dredging\nDate: Mon, 7 Mar 2016 10:00:00 +0000\n';

/** A signed message with LF line ends. */
export function signed(key: KeyObject, of: Signed = {}): string {
  const header = of.header ?? plainHeader;
  const body = of.body ?? 'The dredger is late again.\n';
  return `${signMessage(header, body, { ...plan, ...of.plan }, key)}${header}\n${body}`;
}

export const onTheWire = (text: string): Buffer => Buffer.from(text.replace(/\r?\n/g, '\r\n'), 'latin1');
