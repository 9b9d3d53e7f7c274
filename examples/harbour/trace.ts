/**
 * What programs and servers stamp on mail: Message-ID, Received, Authentication-Results, Thread-Index.
 * Every number comes from the letter's key, so that a build is repeatable.
 *
 *   Received: from smtp.caldermarine.example (smtp.caldermarine.example [198.51.100.7]) by … ; Mon, 23 Mar …
 */
import { createHash } from 'node:crypto';
import { formatDigits, formatMailDate, later, type Moment, parseMoment } from './dates.ts';
import type { Client, Letter } from './letter.ts';

/** Deterministic hex digits for a purpose. */
export function digits(seed: string, length: number): string {
  return createHash('sha256').update(`harbour/${seed}`).digest('hex').slice(0, length);
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

export function stampMoment(letter: Letter): Moment {
  return parseMoment(letter.truly ?? letter.at);
}

function uuid(seed: string): string {
  const hex = digits(seed, 32).toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** msg-id without angle brackets, in the form that the client gives it. */
export function messageIdOf(letter: Letter): string {
  if (letter.messageId !== undefined) return letter.messageId;
  const client: Client = letter.client ?? letter.from.client;
  const domain = domainOf(letter.from.address);
  const stamp = formatDigits(stampMoment(letter));
  const seconds = Math.floor(stampMoment(letter).time / 1000);
  switch (client) {
    case 'outlook':
      return `${digits(letter.key, 32).toUpperCase()}@EXCH01.${domain}`;
    case 'thunderbird':
      return `${seconds.toString(16).toUpperCase()}.${1_000_000 + (Number.parseInt(digits(letter.key, 6), 16) % 9_000_000)}@${domain}`;
    case 'mutt':
      return `${stamp}.GA${1000 + (Number.parseInt(digits(letter.key, 4), 16) % 30_000)}@${domain}`;
    case 'webmail':
      return `CA+${Buffer.from(digits(letter.key, 48), 'hex').toString('base64url')}@mail.${domain}`;
    case 'apple':
      return `${uuid(letter.key)}@${domain}`;
    case 'device':
      return `${stamp}.${digits(letter.key, 8).toUpperCase()}@${domain}`;
  }
}

/** An address of the documentation ranges (RFC 5737). */
export function addressOf(host: string): string {
  const value = Number.parseInt(digits(`ip/${host}`, 4), 16);
  const net = ['192.0.2', '198.51.100', '203.0.113'][value % 3] ?? '192.0.2';
  return `${net}.${2 + (value % 250)}`;
}

export function mailHost(domain: string): string {
  return domain === 'eastmarch-harbour.example' ? `gw.${domain}` : `mx.${domain}`;
}

function received(from: string, by: string, rest: string, at: Moment): string {
  return `Received: from ${from}\n\tby ${by}\n\t${rest}; ${formatMailDate(at)}\n`;
}

/** The hop from the author's program to its own server; stamped before signing. */
export function submissionTrace(letter: Letter): string {
  const domain = domainOf(letter.from.address);
  const client = `[${addressOf(`desk/${letter.from.address}`)}]`;
  const id = `with ESMTPSA id ${digits(`submit/${letter.key}`, 10).toUpperCase()}`;
  return received(client, `${mailHost(domain)} (Postfix)`, id, later(stampMoment(letter), 1));
}

/** Inside one Exchange organisation. */
export function internalTrace(letter: Letter): string {
  const at = later(stampMoment(letter), 2);
  const domain = domainOf(letter.from.address);
  return received(
    `EXCH02.${domain} ([${addressOf(`exch2.${domain}`)}])`,
    `EXCH01.${domain} ([${addressOf(`exch1.${domain}`)}])`,
    'with mapi id 14.03.0210.002',
    at,
  );
}

/** Return-Path and the hop between two organisations' servers. */
export function deliveryTrace(
  letter: Letter,
  envelopeFrom: string,
  sender: string,
  recipient: string,
  delay: number,
): string {
  const host = mailHost(sender);
  const id = `with ESMTPS id ${digits(`deliver/${letter.key}/${recipient}`, 12)}`;
  const hop = received(
    `${host} (${host} [${addressOf(host)}])`,
    `${mailHost(recipient)} (Postfix)`,
    id,
    later(stampMoment(letter), delay),
  );
  return `Return-Path: <${envelopeFrom}>\n${hop}`;
}

export function authenticationResults(host: string, letter: Letter, dkim: string): string {
  const domain = domainOf(letter.from.address);
  return `Authentication-Results: ${host};\n\tdkim=${dkim};\n\tspf=pass smtp.mailfrom=${domain}\n`;
}

const fileTimeEpoch = 116_444_736_000_000_000n;

function fileTime(at: Moment): bigint {
  return BigInt(at.time) * 10_000n + fileTimeEpoch;
}

/** MS-OXOMSG 2.2.1.3: 6 bytes of FILETIME and a GUID, then 5 bytes for each answer. */
export function threadIndex(chain: readonly Letter[]): string {
  const [root] = chain;
  if (!root) return '';
  const base = fileTime(stampMoment(root));
  const head = Buffer.alloc(22);
  head.writeBigUInt64BE(base, 0);
  Buffer.from(digits(`thread/${root.key}`, 32), 'hex').copy(head, 6);
  const blocks = chain.slice(1).map((letter) => {
    const block = Buffer.alloc(5);
    const difference = fileTime(stampMoment(letter)) - base;
    const isLong = difference >> 49n !== 0n;
    const delta = Number((difference >> (isLong ? 23n : 18n)) & 0x7fffffffn);
    block.writeUInt32BE((isLong ? 0x80000000 : 0) + delta, 0);
    block[4] = Number.parseInt(digits(`block/${letter.key}`, 2), 16) & 0xf0;
    return block;
  });
  return Buffer.concat([head, ...blocks]).toString('base64');
}

/** UID of an Outlook meeting, which holds the moment of its making as a FILETIME. */
export function outlookMeetingUid(seed: string, at: string): string {
  const time = Buffer.alloc(8);
  time.writeBigUInt64LE(fileTime(parseMoment(at)));
  const head = '040000008200E00074C5B7101A82E00800000000';
  return `${head}${time.toString('hex').toUpperCase()}000000000000000010000000${digits(`uid/${seed}`, 32).toUpperCase()}`;
}
