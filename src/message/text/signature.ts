/**
 * The line that starts a signature: `-- ` (RFC 3676 4.3), or what people and programs use for it.
 *
 *   "-- "    "--"    "Sent from my iPhone"    "_______________________________________________"
 */

import type { Line } from './lines.js';

const programLines = [
  'Sent from my ',
  'Sent from Mail for ',
  'Sent via ',
  'Sent from Yahoo',
  'Get Outlook for ',
  'Envoyé de mon ',
  'Envoyé depuis ',
  'Von meinem ',
  'Gesendet von ',
  'Enviado desde mi ',
  'Enviado do meu ',
  'Inviato da ',
  'Verzonden vanaf ',
  'Отправлено с ',
  '发自我的',
  '從我的 ',
  'iPhoneから送信',
];

/** 2 where `line` is the standard's mark, 1 where it is another that signatures start with, else 0. */
export function signatureStrength(text: string, line: Line): number {
  const length = line.to - line.from;
  const first = text.charCodeAt(line.from);
  if (first === 0x2d) {
    if (length !== 2 || text.charCodeAt(line.from + 1) !== 0x2d) return 0;
    return text.charCodeAt(line.to) === 0x20 ? 2 : 1;
  }
  if (first === 0x5f) return length >= 20 && isUnderscores(text, line) ? 1 : 0;
  if (
    first === 0x53 ||
    first === 0x47 ||
    first === 0x45 ||
    first === 0x56 ||
    first === 0x49 ||
    first >= 0x69
  ) {
    if (first < 0x80 && !startsWithOne(text, line.from)) return 0;
    return length < 80 && programLines.some((known) => text.startsWith(known, line.from)) ? 1 : 0;
  }
  return 0;
}

function isUnderscores(text: string, line: Line): boolean {
  for (let i = line.from; i < line.to; i++) if (text.charCodeAt(i) !== 0x5f) return false;
  return true;
}

/** The letters after the first in the lines of programs. */
function startsWithOne(text: string, from: number): boolean {
  const second = text.charCodeAt(from + 1);
  return second === 0x65 || second === 0x6e || second === 0x6f || second === 0x50;
}
