/**
 * A letter to the bytes its author's program would have sent (RFC 5322, RFC 2045, RFC 2046): byte strings,
 * LF line ends, without trace fields and signatures.
 *
 *   From: Ruth Abara <r.abara@eastmarch-harbour.example>
 *   Content-Type: multipart/mixed; boundary="_002_6f3a…"
 */
import { encodeText, isAscii } from './charset.ts';
import { formatMailDate, parseMoment } from './dates.ts';
import {
  displayName,
  encodeBase64,
  encodeFlowed,
  encodeQuotedPrintable,
  encodeWords,
  parameter2231,
  wrap,
} from './encode.ts';
import { outlookHtml, webmailHtml } from './html.ts';
import type { Client, File, Letter, Person } from './letter.ts';
import { type Find, fullText } from './quote.ts';
import { signDetached } from './smime.ts';
import { digits, messageIdOf, threadIndex } from './trace.ts';

export interface Composed {
  /** Header section, ends with one LF. */
  readonly header: string;
  readonly body: string;
}

interface Entity {
  readonly fields: readonly string[];
  readonly body: string;
}

/** Letters from the thread's first to this one. */
export function chainOf(letter: Letter, find: Find): Letter[] {
  const chain = [letter];
  for (let at: Letter = letter; at.answers !== undefined; chain.unshift(at)) at = find(at.answers);
  return chain;
}

function clientOf(letter: Letter): Client {
  return letter.client ?? letter.from.client;
}

function charsetFor(letter: Letter, text: string): string {
  return letter.charset ?? (isAscii(text) ? 'us-ascii' : 'utf-8');
}

function transferred(text: string, charset: string, letter: Letter): { encoding: string; body: string } {
  const bytes = encodeText(text, charset);
  const long = text.split('\n').some((line) => line.length > 900);
  const isSevenBit = bytes.every((byte) => byte < 128);
  const fallback = isSevenBit && !long ? '7bit' : 'quoted-printable';
  const encoding = letter.encoding === '7bit' && !isSevenBit ? fallback : (letter.encoding ?? fallback);
  if (encoding === 'base64') return { encoding, body: encodeBase64(bytes) };
  if (encoding === 'quoted-printable')
    return { encoding, body: encodeQuotedPrintable(bytes.toString('latin1')) };
  return { encoding, body: bytes.toString('latin1') };
}

function textEntity(letter: Letter, subtype: string, text: string, more = ''): Entity {
  const charset = charsetFor(letter, text);
  const { encoding, body } = transferred(text.endsWith('\n') ? text : `${text}\n`, charset, letter);
  const declared =
    charset === '' ? '' : `; charset=${/^[a-z0-9-]+$/.test(charset) ? charset : `"${charset}"`}`;
  return {
    fields: [`Content-Type: text/${subtype}${declared}${more}`, `Content-Transfer-Encoding: ${encoding}`],
    body,
  };
}

function nameParameter(name: 'name' | 'filename', file: File): string {
  if (isAscii(file.name)) return `${name}="${file.name}"`;
  if (file.nameForm === 'rfc2047')
    return `${name}="${encodeWords(file.name, 'utf-8', 'B').replace(/\n /g, ' ')}"`;
  return parameter2231(name, file.name, 'utf-8');
}

function fileEntity(file: File): Entity {
  const encoding = file.encoding ?? 'base64';
  const plain = file.bytes.toString('latin1');
  const coded = encoding === 'quoted-printable' ? encodeQuotedPrintable(plain) : plain;
  const body = encoding === 'base64' ? encodeBase64(file.bytes) : coded;
  const inline = file.contentId === undefined ? [] : [`Content-ID: <${file.contentId}>`];
  const disposition = file.contentId === undefined ? 'attachment' : 'inline';
  return {
    fields: [
      `Content-Type: ${file.mediaType};\n\t${nameParameter('name', file)}`,
      `Content-Disposition: ${disposition};\n\t${nameParameter('filename', file)}`,
      `Content-Transfer-Encoding: ${encoding}`,
      ...inline,
    ],
    body,
  };
}

function boundaryOf(letter: Letter, part: string): string {
  const seed = digits(`${part}/${letter.key}`, 24);
  switch (clientOf(letter)) {
    case 'outlook':
      return `_00${part.length % 7}_${seed.toUpperCase()}EXCH01_`;
    case 'apple':
      return `Apple-Mail=_${seed.toUpperCase()}`;
    case 'webmail':
      return `${'0'.repeat(12)}${seed.slice(0, 16)}`;
    default:
      return `------------0${seed.slice(0, 23)}`;
  }
}

function multipart(letter: Letter, subtype: string, parts: readonly Entity[]): Entity {
  const [first] = parts;
  if (first && parts.length === 1) return first;
  const boundary = boundaryOf(letter, subtype);
  const sections = parts.map((entity) => `--${boundary}\n${entity.fields.join('\n')}\n\n${entity.body}\n`);
  const note = clientOf(letter) === 'thunderbird' ? 'This is a multi-part message in MIME format.\n' : '';
  const field = `Content-Type: multipart/${subtype};\n\tboundary="${boundary}"`;
  return { fields: [field], body: `${note}${sections.join('')}--${boundary}--\n` };
}

function htmlText(letter: Letter, text: string): string | undefined {
  const client = clientOf(letter);
  if (letter.html !== undefined) return letter.html;
  if (letter.plainOnly) return undefined;
  const picture = letter.files?.find((file) => file.contentId !== undefined)?.contentId;
  if (client === 'outlook') return outlookHtml(text, charsetFor(letter, text), picture);
  return client === 'webmail' ? webmailHtml(text) : undefined;
}

function plainEntity(letter: Letter, text: string): Entity {
  if (letter.flowed) return textEntity(letter, 'plain', encodeFlowed(text), '; format=flowed');
  const client = clientOf(letter);
  return textEntity(letter, 'plain', client === 'outlook' || client === 'apple' ? text : wrap(text, 72));
}

function bodyEntity(letter: Letter, find: Find): Entity {
  const text = fullText(letter, find);
  const html = htmlText(letter, text);
  const calendar =
    letter.calendar === undefined
      ? []
      : [textEntity(letter, 'calendar', letter.calendar, '; method=REQUEST')];
  const plain = letter.htmlOnly ? [] : [plainEntity(letter, text)];
  const rich = html === undefined ? [] : [textEntity(letter, 'html', html)];
  const inline = (letter.files ?? []).filter((file) => file.contentId !== undefined).map(fileEntity);
  const attached = (letter.files ?? []).filter((file) => file.contentId === undefined).map(fileEntity);
  const related = rich.length === 0 ? [] : [multipart(letter, 'related', [...rich, ...inline])];
  const alternative = multipart(letter, 'alternative', [...plain, ...related, ...calendar]);
  return multipart(letter, 'mixed', [alternative, ...attached]);
}

function addressList(letter: Letter, people: readonly Person[]): string {
  const charset = headerCharset(letter);
  const form = letter.wordForm ?? 'Q';
  return people
    .map((person) => `${displayName(person.name, charset, form)} <${person.address}>`)
    .join(',\n\t');
}

/** Header words go in the body's charset where that can hold them, as programs of the time did. */
function headerCharset(letter: Letter): string {
  return letter.charset === undefined || letter.charset === '' || letter.charset === 'us-ascii'
    ? 'utf-8'
    : letter.charset;
}

function unstructured(letter: Letter, text: string): string {
  if (isAscii(text)) return text;
  return encodeWords(text, headerCharset(letter), letter.wordForm ?? 'Q');
}

function programFields(letter: Letter, chain: readonly Letter[]): string[] {
  switch (clientOf(letter)) {
    case 'outlook': {
      const topic = letter.subject.replace(/^(?:(?:Re|RE|FW|Fwd): ?)+/, '');
      const flags = [`Thread-Topic: ${unstructured(letter, topic)}`, `Thread-Index: ${threadIndex(chain)}`];
      const attached = letter.files?.some((file) => file.contentId === undefined) ? 'yes' : '';
      return [
        ...flags,
        'Accept-Language: en-GB, en-US',
        'Content-Language: en-GB',
        `X-MS-Has-Attach: ${attached}`,
        'X-MS-TNEF-Correlator:',
      ];
    }
    case 'thunderbird':
      return ['User-Agent: Mozilla/5.0 (Windows NT 6.1; rv:31.0) Gecko/20100101 Thunderbird/31.5.0'];
    case 'mutt':
      return ['User-Agent: Mutt/1.5.23 (2014-03-12)'];
    case 'apple':
      return ['X-Mailer: Apple Mail (2.2070.6)'];
    default:
      return [];
  }
}

function threadFields(letter: Letter, chain: readonly Letter[]): string[] {
  const parents = chain.slice(0, -1).map((parent) => `<${messageIdOf(parent)}>`);
  const last = parents.at(-1);
  if (last === undefined || letter.forgetsParent) return [];
  return [`In-Reply-To: ${last}`, `References: ${parents.join('\n\t')}`];
}

/** multipart/signed (RFC 1847 2.1): the entity as it was signed, and the signature. */
function signedEntity(letter: Letter, entity: Entity, key: string): Entity {
  const content = `${entity.fields.join('\n')}\n\n${entity.body}`;
  const bytes = signDetached(Buffer.from(content.replace(/\n/g, '\r\n'), 'latin1'), key);
  const signature = {
    fields: [
      'Content-Type: application/pkcs7-signature; name="smime.p7s"',
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment; filename="smime.p7s"',
    ],
    body: encodeBase64(bytes),
  };
  const type = 'signed;\n\tprotocol="application/pkcs7-signature"; micalg=sha-256';
  return multipart(letter, type, [entity, signature]);
}

export function compose(letter: Letter, find: Find): Composed {
  const chain = chainOf(letter, find);
  const plain = bodyEntity(letter, find);
  const entity = letter.smime === undefined ? plain : signedEntity(letter, plain, letter.smime);
  const fields = [
    `From: ${addressList(letter, [letter.from])}`,
    ...(letter.to.length > 0 ? [`To: ${addressList(letter, letter.to)}`] : []),
    ...(letter.cc ? [`Cc: ${addressList(letter, letter.cc)}`] : []),
    `Subject: ${unstructured(letter, letter.subject)}`,
    `Date: ${formatMailDate(parseMoment(letter.at))}`,
    ...(letter.messageId === '' ? [] : [`Message-ID: <${messageIdOf(letter)}>`]),
    ...threadFields(letter, chain),
    ...programFields(letter, letter.forgetsParent ? [letter] : chain),
    ...(letter.fields ?? []).map(([name, value]) => `${name}: ${value}`),
    'MIME-Version: 1.0',
    ...entity.fields,
  ];
  const message = `${fields.join('\n')}\n\n${entity.body}`;
  const damaged = letter.damage?.(message) ?? message;
  const end = damaged.indexOf('\n\n');
  if (end < 0) throw new Error(`${letter.key}: no end of header section`);
  return { header: damaged.slice(0, end + 1), body: damaged.slice(end + 2) };
}
