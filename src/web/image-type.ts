/**
 * Pictures that every browser draws without running anything, told by their first bytes, whatever the message says.
 *
 *   89 50 4e 47 0d 0a 1a 0a → image/png      ff d8 ff → image/jpeg      RIFF....WEBP → image/webp
 */

/** undefined for everything else, SVG above all: it can carry scripts. */
export function imageType(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 12).toString('latin1');
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'image/gif';
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'image/webp';
  return undefined;
}
