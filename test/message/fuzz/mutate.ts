/** Deterministic damage to real mail: the same seed gives the same bytes on every machine. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { corpora, listCorpus, readCorpus } from '../conformance/comparison.js';

const folders = [
  'mail-parser',
  'mime4j',
  'python-email',
  'ruby-mail',
  'rspamd',
  'postal-mime',
  'tika-mail',
  'email-outlook-message',
];
const isMail = /\.(?:eml|msg|txt)$|testRFC822/;

/** Seeds to start from: every mail of the corpora up to 100 kB; a few built-in ones where the corpora are absent. */
export function loadSeeds(): Buffer[] {
  const seeds: Buffer[] = [
    'From: a@b.example\r\nTo: c@d.example\r\nDate: Mon, 1 Jan 2001 00:00:00 +0000\r\nSubject: =?utf-8?Q?=C3=A9?=\r\n\r\nhello\r\n',
    'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\ny\n--b\n\nbegin 644 a\n#0V%T\n`\nend\n--b--\n',
  ].map((text) => Buffer.from(text, 'latin1'));
  for (const folder of folders) {
    if (!existsSync(join(corpora, folder))) continue;
    for (const path of listCorpus(folder, (name) => isMail.test(name))) {
      const bytes = readCorpus(`${folder}/${path}`);
      // Compound-file .msg is no RFC 5322 mail.
      if (bytes.length <= 100_000 && bytes[0] !== 0xd0) seeds.push(bytes);
    }
  }
  return seeds;
}

/** mulberry32: small, seeded, good enough to spread damage. */
export function makeRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, below);
  };
}

const tokens = [
  '\r\n',
  '\n',
  '\r',
  '\r\n\r\n',
  '\n\n',
  '\0',
  '--',
  '--\r\n',
  ':',
  ';',
  '"',
  '(',
  ')',
  '<',
  '>',
  '@',
  ',',
  '=?',
  '?=',
  '=?utf-8?Q?',
  '=?utf-8?B?',
  '=',
  '=\r\n',
  '=41',
  '%41',
  '*0*=',
  '*',
  '\\',
  '\xff',
  '\xc3\xa9',
  '\x1b$B',
  '~{',
  '+AGE-',
  'From ',
  '>From ',
  '\nContent-Type: multipart/mixed; boundary=b\n\n--b\n',
  '\nContent-Type: message/rfc822\n\n',
  '\nContent-Transfer-Encoding: base64\n',
  '\nContent-Transfer-Encoding: quoted-printable\n',
  '\nContent-Type: text/plain; charset=utf-16\n',
  '\nContent-Type: text/plain; charset=utf-7\n',
  '\nbegin 644 x\n#0V%T\n`\nend\n',
  '\nTo: a@b, c <d@e>, f:g@h;\n',
  '\nDate: 1 Jan 01 1:1 Z\n',
  'boundary=',
  'charset=',
  'filename*=',
];

/** One damaged message: one to eight changes to a seed. */
export function mutate(seeds: readonly Buffer[], seed: number): Buffer {
  const random = makeRandom(seed);
  let bytes: Buffer = Buffer.from(seeds[random(seeds.length)] ?? Buffer.alloc(0));
  const changes = 1 + random(8);
  for (let change = 0; change < changes; change++) bytes = applyChange(bytes, seeds, random);
  return bytes.length > 400_000 ? bytes.subarray(0, 400_000) : bytes;
}

function applyChange(bytes: Buffer, seeds: readonly Buffer[], random: (below: number) => number): Buffer {
  const at = random(bytes.length + 1);
  const end = Math.min(bytes.length, at + random(200));
  switch (random(9)) {
    case 0:
      if (at < bytes.length) bytes[at] = random(256);
      return bytes;
    case 1:
      if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
      return bytes;
    case 2:
      return bytes.subarray(0, at);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
    case 4: {
      const other = seeds[random(seeds.length)] ?? bytes;
      const from = random(other.length + 1);
      return Buffer.concat([
        bytes.subarray(0, at),
        other.subarray(from, from + random(2_000)),
        bytes.subarray(at),
      ]);
    }
    case 5:
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at, end), bytes.subarray(end)]);
    case 6: {
      const token = Buffer.from(tokens[random(tokens.length)] ?? '', 'latin1');
      return Buffer.concat([
        bytes.subarray(0, at),
        ...Array<Buffer>(1 + random(30)).fill(token),
        bytes.subarray(at),
      ]);
    }
    case 7:
      return repeatDelimiter(bytes, random);
    default:
      return swapLineEnds(bytes, random);
  }
}

/** Copies a line that starts with "--" to another place. */
function repeatDelimiter(bytes: Buffer, random: (below: number) => number): Buffer {
  const start = bytes.indexOf('\n--', random(bytes.length + 1), 'latin1');
  if (start === -1) return bytes;
  const stop = bytes.indexOf(10, start + 1);
  const line = bytes.subarray(start, stop === -1 ? bytes.length : stop + 1);
  const at = random(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), line, bytes.subarray(at)]);
}

function swapLineEnds(bytes: Buffer, random: (below: number) => number): Buffer {
  const unified = bytes.toString('latin1').replace(/\r\n?/g, '\n');
  const ends = ['\n', '\r\n', '\r'];
  return Buffer.from(unified.replaceAll('\n', ends[random(ends.length)] ?? '\n'), 'latin1');
}
