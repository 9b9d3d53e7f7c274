/**
 * Signs the sample's messages (RFC 6376, RFC 8463), so that a verifier has something real to say.
 * The verifying half is mailauth's, in the test: this module never checks itself.
 *
 *   DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=northfen-labs.example; s=s1; …
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Canonicalization = 'simple' | 'relaxed';

export interface SigningPlan {
  readonly domain: string;
  readonly selector: string;
  /** File name in keys/, without `.pem`. */
  readonly key: string;
  readonly header: Canonicalization;
  readonly body: Canonicalization;
  /** Seconds since 1970 (`t=`). */
  readonly signedAt: number;
  /** Seconds since 1970 (`x=`). */
  readonly expiresAt?: number;
  /** `l=`: the canonical body at signing time is signed, and says its length. */
  readonly withLength?: boolean;
}

const signedFields = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'mime-version',
  'content-type',
];

export function readKey(keysFolder: string, name: string): KeyObject {
  return createPrivateKey(readFileSync(join(keysFolder, `${name}.pem`)));
}

/** The `p=` value of a key record: SubjectPublicKeyInfo for RSA, the bare 32 bytes for Ed25519 (RFC 8463 3). */
export function publicKeyText(key: KeyObject): string {
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return (key.asymmetricKeyType === 'ed25519' ? der.subarray(-32) : der).toString('base64');
}

function relaxedField(field: string): string {
  const colon = field.indexOf(':');
  const name = field.slice(0, colon).trimEnd().toLowerCase();
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${name}:${value}`;
}

/** Byte string with CRLF line ends in, canonical body out (RFC 6376 3.4.3, 3.4.4). */
function canonicalBody(body: string, form: Canonicalization): string {
  let text = body;
  if (form === 'relaxed') text = text.replace(/[ \t]+/g, ' ').replace(/ \r\n/g, '\r\n');
  while (text.endsWith('\r\n\r\n')) text = text.slice(0, -2);
  if (text === '\r\n' && form === 'relaxed') return '';
  if (text !== '' && !text.endsWith('\r\n')) text += '\r\n';
  return text === '' && form === 'simple' ? '\r\n' : text;
}

function splitFields(header: string): string[] {
  return header.split(/\r\n(?![ \t])/).filter((field) => field !== '');
}

function toCrlf(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}

/**
 * The DKIM-Signature field (LF line ends, final LF) for a message given as byte strings with LF line ends:
 * `header` ends with one LF and holds no empty line.
 */
export function signMessage(header: string, body: string, plan: SigningPlan, key: KeyObject): string {
  return signatureField('DKIM-Signature: v=1', header, body, plan, key);
}

/**
 * The first ARC set (RFC 8617 4.1) that a receiver puts on top of a message, newest field first. `results` is the body
 * of its ARC-Authentication-Results.
 */
export function sealMessage(
  header: string,
  body: string,
  results: string,
  plan: SigningPlan,
  key: KeyObject,
): string {
  const testimony = `ARC-Authentication-Results: i=1; ${results}\n`;
  const signature = signatureField('ARC-Message-Signature: i=1', header, body, plan, key);
  const unsigned = `ARC-Seal: i=1; a=rsa-sha256; cv=none; d=${plan.domain}; s=${plan.selector};\n\tt=${plan.signedAt};\n\tb=`;
  const input = [testimony, signature, unsigned].map((field) => relaxedField(toCrlf(field))).join('\r\n');
  return `${unsigned}${foldedSignature(Buffer.from(input, 'latin1'), key)}\n${signature}${testimony}`;
}

const foldedSignature = (input: Buffer, key: KeyObject): string =>
  (key.asymmetricKeyType === 'ed25519'
    ? sign(null, createHash('sha256').update(input).digest(), key)
    : sign('sha256', input, key)
  )
    .toString('base64')
    .replace(/.{72}(?=.)/g, '$&\n\t ');

function signatureField(
  lead: string,
  header: string,
  body: string,
  plan: SigningPlan,
  key: KeyObject,
): string {
  const fields = splitFields(toCrlf(header));
  const names = signedFields.filter((name) =>
    fields.some((field) => field.toLowerCase().startsWith(`${name}:`)),
  );
  const content = canonicalBody(toCrlf(body), plan.body);
  const hash = createHash('sha256').update(content, 'latin1').digest('base64');
  const isEd25519 = key.asymmetricKeyType === 'ed25519';
  const tags = [
    `${lead}; a=${isEd25519 ? 'ed25519' : 'rsa'}-sha256; c=${plan.header}/${plan.body}; d=${plan.domain}; s=${plan.selector}`,
    `\tt=${plan.signedAt}${plan.expiresAt ? `; x=${plan.expiresAt}` : ''}${plan.withLength ? `; l=${content.length}` : ''}`,
    `\th=${names.join(':')}`,
    `\tbh=${hash}`,
    '\tb=',
  ];
  const unsigned = tags.join(';\r\n');
  const canonical = (field: string) => (plan.header === 'relaxed' ? relaxedField(field) : field);
  const chosen = names.map(
    (name) => fields.findLast((field) => field.toLowerCase().startsWith(`${name}:`)) ?? '',
  );
  const input = Buffer.from([...chosen, unsigned].map(canonical).join('\r\n'), 'latin1');
  return `${unsigned.replace(/\r\n/g, '\n')}${foldedSignature(input, key)}\n`;
}
