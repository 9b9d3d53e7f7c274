/**
 * Signed notes: c2sp.org/signed-note. A text, an empty line, and a line for each signature.
 *
 *     harbour.example/log
 *     42
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *
 *     — harbour.example/log Az3grlgtzPICa5OS8npVmf1M…
 *
 * A verifier key (vkey) names who signs:  harbour.example/log+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k
 */
import { createHash } from 'node:crypto';
import { parseBase64 } from './base64.js';
import { publicKeyBytes, type SigningKey, signEd25519, verifyEd25519 } from './ed25519.js';

/** The signature type of plain Ed25519; the one that this program makes and knows. */
const ed25519Type = 0x01;

/** Signature lines of a note: our own and those of witnesses. The specification asks for 16 at least. */
const maxSignatures = 64;

export interface VerifierKey {
  readonly name: string;
  readonly publicKey: Buffer;
}

export interface NoteSignature {
  readonly name: string;
  readonly keyId: number;
  readonly signature: Buffer;
}

export interface SignedNote {
  /** With its final line break. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Not empty, no spaces, no plus, no control characters. */
export function isKeyName(name: string): boolean {
  return name !== '' && !/[\p{White_Space}\p{Cc}+]/u.test(name) && name.isWellFormed();
}

export function keyIdOf({ name, publicKey }: VerifierKey): number {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.of(ed25519Type))
    .update(publicKey)
    .digest()
    .readUInt32BE();
}

export function formatVerifierKey(key: VerifierKey): string {
  const id = keyIdOf(key).toString(16).padStart(8, '0');
  return `${key.name}+${id}+${Buffer.concat([Buffer.of(ed25519Type), key.publicKey]).toString('base64')}`;
}

/** Undefined for anything but an Ed25519 vkey whose id is the one of its name and key. */
export function parseVerifierKey(text: string): VerifierKey | undefined {
  const [name = '', , ...encoded] = text.split('+');
  // The base64 may have plus signs of its own.
  const bytes = parseBase64(encoded.join('+'));
  if (!isKeyName(name) || bytes?.[0] !== ed25519Type || bytes.length !== 1 + publicKeyBytes) return undefined;
  const key = { name, publicKey: bytes.subarray(1) };
  return formatVerifierKey(key) === text ? key : undefined;
}

/** Throws RangeError for a text that cannot be a note's. */
export function signNote(text: string, name: string, key: SigningKey): string {
  if (!isNoteText(text) || !isKeyName(name)) throw new RangeError('not the text of a signed note');
  const id = Buffer.alloc(4);
  id.writeUInt32BE(keyIdOf({ name, publicKey: key.publicKey }));
  const signature = Buffer.concat([id, signEd25519(key, Buffer.from(text))]);
  return `${text}\n— ${name} ${signature.toString('base64')}\n`;
}

/** Undefined for what is no signed note. Verifies nothing. */
export function parseNote(note: string): SignedNote | undefined {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return undefined;
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  if (!isNoteText(text) || lines.length > maxSignatures) return undefined;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignature(line);
    if (signature === undefined) return undefined;
    signatures.push(signature);
  }
  return { text, signatures };
}

function parseSignature(line: string): NoteSignature | undefined {
  const found = /^— ([^ ]+) ([^ ]+)$/u.exec(line);
  const bytes = parseBase64(found?.[2] ?? '');
  const name = found?.[1] ?? '';
  if (bytes === undefined || bytes.length <= 4 || !isKeyName(name)) return undefined;
  return { name, keyId: bytes.readUInt32BE(), signature: bytes.subarray(4) };
}

/**
 * Whether `key` signed the note: it has a signature under the key's name and id, and each such signature is good.
 * Signatures of others are passed over, as the specification asks.
 */
export function isSignedBy(note: SignedNote, key: VerifierKey): boolean {
  const id = keyIdOf(key);
  const own = note.signatures.filter(({ name, keyId }) => name === key.name && keyId === id);
  const text = Buffer.from(note.text);
  return own.length > 0 && own.every(({ signature }) => verifyEd25519(key.publicKey, text, signature));
}

function isNoteText(text: string): boolean {
  return text.endsWith('\n') && text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
}
