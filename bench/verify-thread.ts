/**
 * One of the threads that verify signatures for `verify.ts`. It signs its share of the mail first, then does whole
 * passes over it on demand: ours, mailauth's, or the least that any verifier must do.
 */
import { createPrivateKey, createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { signMessage } from '../examples/harbour/dkim.js';
import type { KeyFinder } from '../src/verify/candidate.js';
import { readDkimSignature } from '../src/verify/dkim-signature.js';
import { readKeyRecord } from '../src/verify/key-record.js';
import { judgeMessage } from '../src/verify/repairs.js';
import { SignedMessage } from '../src/verify/signed-message.js';
import type { VerifyKind, VerifyReply, VerifyThreadData } from './verify-job.js';

/** What signing servers of the last years write. */
const plan = {
  header: 'relaxed',
  body: 'relaxed',
  selector: 's1',
  key: '',
  signedAt: 1_700_000_000,
} as const;

interface Signed {
  readonly raw: Buffer;
  /** What the platform is given for the limit. */
  readonly input: Buffer;
  readonly signature: Buffer;
  readonly key: KeyObject;
}

const domainOf = (at: number): string => `d${at}.bench.example`;

/** Former signatures and seals are taken off, so that each message has one signature, with its key at hand. */
const former = /^(?:dkim-signature|arc-[a-z-]+):.*\n(?:[ \t].*\n)*/gim;

function sign(bytes: Uint8Array, at: number, key: KeyObject, publicKey: KeyObject): Signed | undefined {
  const text = Buffer.from(bytes).toString('latin1');
  const end = text.indexOf('\n\n');
  if (end === -1 || text.includes('\r')) return undefined;
  const header = text.slice(0, end + 1).replace(former, '');
  // RFC 6376 5.4: only what has one From can be signed.
  if ((header.match(/^from:/gim) ?? []).length !== 1) return undefined;
  const body = text.slice(end + 2);
  const field = signMessage(header, body, { ...plan, domain: domainOf(at) }, key);
  const raw = Buffer.from(`${field}${header}\n${body}`, 'latin1');
  const message = new SignedMessage(raw, 'local');
  const own = message.named('dkim-signature')[0];
  const read = own === undefined ? undefined : readDkimSignature(own.body);
  if (own === undefined || read === undefined || 'unreadable' in read) return undefined;
  return {
    raw,
    input: Buffer.from(message.headerInput(read.signedNames, read.headerForm, own)),
    signature: read.signature,
    key: publicKey,
  };
}

const { messages, keys } = workerData as VerifyThreadData;
const pairs = keys.map((pem) => {
  const key = createPrivateKey(pem);
  return { key, publicKey: createPublicKey(key) };
});
const records = new Map(
  pairs.map(({ publicKey }, at) => {
    const p = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    return [`s1._domainkey.${domainOf(at)}`, `v=DKIM1; k=rsa; p=${p}`];
  }),
);
const candidates = new Map(
  Array.from(records, ([name, txt]) => [name, [{ record: readKeyRecord(txt), burned: false }]]),
);
const findKeys: KeyFinder = (domain, selector) => candidates.get(`${selector}._domainkey.${domain}`) ?? [];
const resolver = (name: string): Promise<string[][]> => Promise.resolve([[records.get(name) ?? '']]);

const signed = messages.flatMap((bytes, index) => {
  const at = index % pairs.length;
  const pair = pairs[at];
  return pair === undefined ? [] : (sign(bytes, at, pair.key, pair.publicKey) ?? []);
});

const passes: Readonly<Record<VerifyKind, () => number | Promise<number>>> = {
  impart: () =>
    signed.filter(({ raw }) => judgeMessage(raw, { findKeys, now: plan.signedAt })[0]?.result === 'verified')
      .length,
  mailauth: async () => {
    let verified = 0;
    for (const { raw } of signed) {
      const { results } = await dkimVerify(raw, { resolver, curTime: new Date(plan.signedAt * 1_000) });
      if (results[0]?.status.result === 'pass') verified += 1;
    }
    return verified;
  },
  limit: () =>
    signed.filter(({ raw, input, signature, key }) => {
      hash('sha256', raw, 'buffer');
      return verify('sha256', input, key, signature);
    }).length,
};

/** The bodies of the mail as it came, which need no keys. */
function countBodies(): { signed: number; intact: number } {
  const judged = messages
    .map((bytes) => judgeMessage(Buffer.from(bytes), { findKeys: () => [], now: 0 }))
    .filter((signatures) => signatures.length > 0);
  return {
    signed: judged.length,
    intact: judged.filter((all) => all.some(({ body }) => body === 'intact')).length,
  };
}

const port = parentPort;
if (port === null) throw new Error('this runs in a thread of bench/verify.ts');
const bytes = signed.reduce((sum, { raw }) => sum + raw.length, 0);
port.postMessage({ ready: true, signatures: signed.length, bytes, ...countBodies() } satisfies VerifyReply);
port.on('message', (kind: VerifyKind) => {
  void Promise.resolve(passes[kind]()).then((verified) =>
    port.postMessage({ verified } satisfies VerifyReply),
  );
});
