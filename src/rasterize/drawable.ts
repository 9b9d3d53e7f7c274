/** What can be drawn. Apart from draw.ts, which loads native code. */

/** Types, by content, that are drawn. SVG is not: it is a program that draws. */
export const drawable: ReadonlySet<string> = new Set([
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp',
  'image/avif',
]);
