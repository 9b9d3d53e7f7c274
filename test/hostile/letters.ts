/**
 * An attack as a message that tries it everywhere at once: subject, display names, text, HTML, file names, and the
 * files themselves. What a reader must still be able to read stands before and after it.
 */
import type { Attack } from './attacks.js';

export interface HostileLetter {
  readonly attack: Attack;
  readonly eml: Buffer;
  /** Stands before the attack in the subject, the names and the bodies; `after` behind it. */
  readonly before: string;
  readonly after: string;
}

/** So many are one thread: all of them on one page of it. */
export const lettersPerThread = 25;

export function hostileLetter(attack: Attack, index: number): HostileLetter {
  const before = `before${index}x`;
  const after = `after${index}x`;
  const marked = `${before} ${attack.html} ${after}`;
  const parts = [
    ['Content-Type: text/plain; charset=utf-8', `${before}\n${attack.html}\n${after}\n`],
    ['Content-Type: text/html; charset=utf-8', `<p>${before}</p>${attack.html}<p>${after}</p>\n`],
    [`Content-Type: text/html\nContent-Disposition: attachment; filename*=${extended(marked)}`, attack.html],
    [
      `Content-Type: image/svg+xml\nContent-Disposition: inline; filename="${index}.svg"`,
      `<svg xmlns="http://www.w3.org/2000/svg">${attack.html}</svg>`,
    ],
  ].map(([fields, body]) => `--hostile${index}\n${fields}\nContent-Transfer-Encoding: 8bit\n\n${body}\n`);
  const fields = [
    `Message-ID: <${index}@hostile.example>`,
    `Date: ${new Date(Date.UTC(2016, 0, 1) + index * 60_000).toUTCString().replace('GMT', '+0000')}`,
    `From: ${encodedWords(marked)} <from${index}@hostile.example>`,
    `To: ${encodedWords(marked)} <to${index}@hostile.example>`,
    `Subject: ${encodedWords(marked)}`,
    `References: <${index - (index % lettersPerThread)}@hostile.example>`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary=hostile${index}`,
  ];
  return {
    attack,
    before,
    after,
    eml: Buffer.from(`${fields.join('\n')}\n\n${parts.join('')}--hostile${index}--\n`),
  };
}

/** RFC 2047, in words of at most 75 characters that end between characters. */
function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > 42) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((each) => `=?utf-8?B?${Buffer.from(each).toString('base64')}?=`).join('\n ');
}

/** RFC 2231. `encodeURIComponent` leaves `*'()` as they are, which the standard does not allow. */
const extended = (text: string): string =>
  `utf-8''${encodeURIComponent(text.toWellFormed()).replace(/[*'()]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)}`;
