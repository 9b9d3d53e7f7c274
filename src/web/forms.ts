/**
 * The write path of the pages: a form with a token, checked, its fields bounded; then a redirect, so that reloading
 * the next page writes nothing twice.
 *
 *   <form method="post" action="/desk/tag"><input type="hidden" name="token" value="…"/> …     (<Token/> in pages/form.tsx)
 *   app.post(routes.tag, async (context) => {
 *     const form = await readForm(context);
 *     desk.write((db, act) => addTag(db, act, …, form.text('name')));
 *     return seeOther(form.back(urls.desk()));
 *   })
 *
 * Another site can make a browser send a form here. It is refused three times: its Origin is not ours, its
 * Sec-Fetch-Site is not same-origin (both in security.ts), and it cannot know the token, which only our pages hold
 * and which no other site may read.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { OperatorError } from '../errors.js';
import { limits } from '../limits.js';

/** One per process: a page of an earlier run must be loaded anew. */
export const formToken: string = randomBytes(32).toString('base64url');
export const tokenField = 'token';
/** The page to go back to. */
export const backField = 'back';

export interface Form {
  /** The field's text, '' where the form lacks it. Throws OperatorError `form-too-large` beyond `maxCharacters`. */
  text(name: string, maxCharacters?: number): string;
  /** All values of a field that stands more than once: boxes that were ticked. */
  all(name: string): readonly string[];
  has(name: string): boolean;
  /** Bytes of an uploaded file; undefined where none was chosen. */
  file(name: string): Promise<{ readonly name: string; readonly bytes: Buffer } | undefined>;
  /** Where the reader came from: an address of this server, or `otherwise`. */
  back(otherwise: string): string;
}

/** Throws OperatorError `form-refused` (no or another token), `form-too-large`, `form-malformed`. */
export async function readForm(context: Context): Promise<Form> {
  const data = await parsed(context.req.raw);
  if (!isOurs(data.get(tokenField))) {
    throw new OperatorError(
      'form-refused',
      'This form was not made by a page of this run of the server. Nothing was written.',
      'Go back, reload the page, and send it again. Keep what you wrote: copy it before you reload.',
    );
  }
  return formOf(data);
}

async function parsed(request: Request): Promise<FormData> {
  const type = request.headers.get('Content-Type') ?? '';
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) throw malformed();
  const body = new Response(await boundedBody(request), { headers: { 'Content-Type': type } });
  const data = await body.formData().catch((error: unknown) => {
    throw malformed(error);
  });
  if (Array.from(data.keys()).length > limits.maxFormFields)
    throw tooLarge(`a form may have ${limits.maxFormFields} fields`);
  return data;
}

/** Counted as it arrives: what a request says of its own length proves nothing. */
async function boundedBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > limits.maxFormBytes) throw tooLarge(`a form may hold ${limits.maxFormBytes} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** In constant time: how long the comparison takes must not tell how much of a guess was right. */
function isOurs(value: FormDataEntryValue | null): boolean {
  if (typeof value !== 'string') return false;
  const given = Buffer.from(value);
  const wanted = Buffer.from(formToken);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function formOf(data: FormData): Form {
  return {
    text(name, maxCharacters = 4_000) {
      const value = data.get(name);
      if (typeof value !== 'string') return '';
      if (value.length > maxCharacters)
        throw tooLarge(`“${name}” may hold ${maxCharacters} characters, and has ${value.length}`);
      return value.toWellFormed().replace(/\r\n?/g, '\n');
    },
    all: (name) => data.getAll(name).flatMap((value) => (typeof value === 'string' ? [value] : [])),
    has: (name) => data.has(name),
    async file(name) {
      const value = data.get(name);
      // A browser sends a nameless empty file where none was chosen.
      if (value === null || typeof value === 'string' || value.size === 0) return undefined;
      return { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) };
    },
    back(otherwise) {
      const value = data.get(backField);
      return typeof value === 'string' && isOwnAddress(value) ? value : otherwise;
    },
  };
}

/** `//evil.example/` and `/\evil.example/` begin with a slash, and lead away. */
function isOwnAddress(value: string): boolean {
  if (!value.startsWith('/') || value.length > 8_000) return false;
  const base = 'http://own.invalid';
  return URL.canParse(value, base) && new URL(value, base).origin === base;
}

/** After a form: the browser loads `address` with GET. */
export function seeOther(address: string): Response {
  return new Response(undefined, { status: 303, headers: { Location: address } });
}

const tooLarge = (what: string): OperatorError =>
  new OperatorError(
    'form-too-large',
    `This is too large: ${what}.`,
    'Nothing was written. Send less at a time.',
  );
const malformed = (cause?: unknown): OperatorError =>
  new OperatorError(
    'form-malformed',
    'This request is no form.',
    'Nothing was written. Use the forms of the pages.',
    cause,
  );
