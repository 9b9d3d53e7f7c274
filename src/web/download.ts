/**
 * Bytes out of a message, as a file to keep: never shown in place, never under a name that does harm.
 *
 *   Content-Disposition: attachment; filename="Bericht_.pdf"; filename*=UTF-8''Bericht%E2%80%89.pdf   (RFC 6266, RFC 8187)
 */
import { bytesPolicy } from './security.js';

/** Characters of a file name: some file systems end at 255 bytes, and a browser may add " (1)". */
const maxNameCharacters = 120;

/** Separators, control characters, and marks that turn the direction of writing so that `exe.pdf` reads as `fdp.exe`. */
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\\/:*?"<>|]/gu;

/** Names that Windows gives to devices. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

/** A name that is safe to keep a file under; `fallback` where nothing is left of it. */
export function safeFileName(declared: string, fallback: string): string {
  const name = declared
    .toWellFormed()
    .replace(unsafe, '_')
    .replace(/^[.\s]+|[.\s]+$/gu, '');
  if (name === '') return fallback;
  const shortened = Array.from(name).length <= maxNameCharacters ? name : shorten(name);
  return device.test(shortened) ? `_${shortened}` : shortened;
}

/** Keeps the ending, which says what the file is. */
function shorten(name: string): string {
  const characters = Array.from(name);
  const dot = characters.lastIndexOf('.');
  const ending = dot > 0 && characters.length - dot <= 12 ? characters.slice(dot) : [];
  return [...characters.slice(0, maxNameCharacters - ending.length), ...ending].join('');
}

/** Value of Content-Disposition; `name` must be safe already. */
export function contentDisposition(name: string): string {
  const ascii = name.replace(/[^ -~]/gu, '_').replace(/[%\\"]/gu, '_');
  const extended = encodeURIComponent(name).replace(
    /['()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${extended}`;
}

export function downloadResponse(
  bytes: Buffer,
  name: string,
  mediaType = 'application/octet-stream',
): Response {
  return new Response(bodyOf(bytes), {
    headers: {
      'Content-Type': mediaType,
      'Content-Disposition': contentDisposition(name),
      'Content-Length': String(bytes.length),
      'Content-Security-Policy': bytesPolicy,
    },
  });
}

/** A view that `Response` takes: message bytes are never in shared memory. */
export const bodyOf = (bytes: Buffer): Uint8Array<ArrayBuffer> =>
  new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
