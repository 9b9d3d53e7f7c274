/** `/redact/a/SHA256`: an attachment is looked at, covered and cleared, or withheld again. */
import type { Hono } from 'hono';
import { OperatorError } from '../../errors.js';
import { attachmentBytes } from '../../rasterize/cleared.js';
import { drawable } from '../../rasterize/drawable.js';
import { judgeFile } from '../../redact/active-content.js';
import { boxesOf, clear, clearanceOf, type PageBox, withdrawClearance } from '../../store/desk/clearances.js';
import { bodyOf } from '../download.js';
import { type Form, readForm, seeOther } from '../forms.js';
import type { LiveArchive } from '../live-archive.js';
import { RedactAttachmentPage, shownWidth } from '../pages/redact-attachment.js';
import type { RedactionState } from '../redaction-state.js';
import { frameOf, getOpen, numberIn, page } from '../respond.js';
import { bytesPolicy } from '../security.js';
import { routes, urls } from '../urls.js';

export function registerRedactAttachments(app: Hono, live: LiveArchive, redaction: RedactionState): void {
  app.get(routes.redactAttachment, (context) =>
    answer(live, redaction, context.req.param('sha256'), context.req.query()),
  );
  app.get(routes.redactPage, async (context) => {
    const { archive } = getOpen(live);
    const sha256 = context.req.param('sha256');
    const pages = await redaction.pages(archive, sha256, standing(live, sha256).boxes);
    const picture = pages[Number(context.req.param('page')) - 1];
    if (picture === undefined) throw missing('It has no such page.');
    return new Response(bodyOf(Buffer.from(picture.bytes)), {
      headers: {
        'Content-Type': 'image/png',
        'Content-Security-Policy': bytesPolicy,
        'Cache-Control': 'no-store',
      },
    });
  });
  app.post(routes.redactClear, async (context) => {
    const form = await readForm(context);
    const sha256 = form.text('attachment');
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw missing('No attachment was named.');
    const size =
      form.text('do') === 'box'
        ? await sizeOf(live, redaction, sha256, numberIn(form.text('page')) ?? 1)
        : undefined;
    return seeOther(write(live, form, sha256, size));
  });
}

const missing = (message: string): OperatorError =>
  new OperatorError('attachment-missing', message, 'The gallery lists the attachments of this trove.');

interface Standing {
  readonly form: 'original' | 'pages' | undefined;
  readonly boxes: readonly PageBox[];
}

function standing(live: LiveArchive, sha256: string): Standing {
  const row = live.desk.read((db) => clearanceOf(db, sha256), undefined);
  const boxes = row === undefined ? undefined : boxesOf(row);
  if (row === undefined || boxes === undefined) return { form: undefined, boxes: [] };
  return { form: row.form === 'original' || row.form === 'pages' ? row.form : undefined, boxes };
}

async function answer(
  live: LiveArchive,
  redaction: RedactionState,
  sha256: string,
  query: Readonly<Record<string, string | undefined>>,
): Promise<Response> {
  const { archive } = getOpen(live);
  const blob = archive.index.attachments.findBlob(sha256);
  if (blob === undefined) throw missing('No attachment with this SHA-256 has been listed yet.');
  const { type, danger } = judgeFile(await attachmentBytes(archive, sha256), blob.name);
  const { form, boxes } = standing(live, sha256);
  const isDrawable = drawable.has(type.mediaType);
  const wanted = Math.max(1, numberIn(query.page) ?? 1);
  const drawn = isDrawable
    ? await draw(live, redaction, sha256, boxes, wanted)
    : 'It is of a type that is not drawn.';
  const isDrawn = typeof drawn !== 'string';
  const x = numberIn(query['at.x']);
  const y = numberIn(query['at.y']);
  return page(
    <RedactAttachmentPage
      frame={frameOf(live)}
      sha256={sha256}
      name={blob.name}
      typeName={type.name}
      size={blob.size}
      places={blob.places}
      danger={danger}
      isDrawable={isDrawn}
      form={form}
      boxes={boxes}
      page={isDrawn ? Math.min(wanted, drawn.pages) : 1}
      drawn={isDrawn ? drawn : undefined}
      problem={isDrawn ? '' : drawn}
      corner={
        isDrawn && x !== undefined && y !== undefined
          ? { x: share(x, shownWidth), y: share(y, drawn.height) }
          : undefined
      }
      did={query.did !== undefined && /^[\w-]{22}$/.test(query.did) ? query.did : undefined}
    />,
  );
}

/** Thousandths. */
const share = (part: number, whole: number): number =>
  Math.min(1_000, Math.max(0, Math.round((part * 1_000) / whole)));

/** What the page needs of the pictures, or why there are none. */
async function draw(
  live: LiveArchive,
  redaction: RedactionState,
  sha256: string,
  boxes: readonly PageBox[],
  wanted: number,
): Promise<{ pages: number; height: number; state: string } | string> {
  try {
    const pages = await redaction.pages(getOpen(live).archive, sha256, boxes);
    const picture = pages[Math.min(wanted, pages.length) - 1];
    return {
      pages: pages.length,
      height: shownHeight(picture?.bytes),
      state: picture?.sha256.slice(0, 12) ?? '',
    };
  } catch (error) {
    if (error instanceof OperatorError && error.code === 'pages-not-drawn') return error.message;
    throw error;
  }
}

/** From the picture's own header (PNG 11.2.2). */
function shownHeight(png: Uint8Array | undefined): number {
  if (png === undefined || png.length < 24) return shownWidth;
  const header = Buffer.from(png.buffer, png.byteOffset, 24);
  return Math.max(1, Math.round((header.readUInt32BE(20) * shownWidth) / header.readUInt32BE(16)));
}

async function sizeOf(
  live: LiveArchive,
  redaction: RedactionState,
  sha256: string,
  wanted: number,
): Promise<number> {
  const drawn = await draw(live, redaction, sha256, standing(live, sha256).boxes, wanted);
  return typeof drawn === 'string' ? shownWidth : drawn.height;
}

function write(live: LiveArchive, form: Form, sha256: string, height: number | undefined): string {
  const { boxes, form: before } = standing(live, sha256);
  const what = form.text('do');
  const changed = changedBoxes(form, boxes, height ?? shownWidth);
  const did = live.desk.write((db, act) => {
    if (what === 'withhold') withdrawClearance(db, act, sha256);
    else if (what === 'original') clear(db, act, sha256, 'original', boxes);
    else if (what === 'pages') clear(db, act, sha256, 'pages', boxes);
    // A box covers nothing of an original; and who draws the first one has not cleared anything yet.
    else clear(db, act, sha256, before === undefined ? 'draft' : 'pages', changed);
    return act.id;
  });
  const at = numberIn(form.text('page')) ?? 1;
  return urls.redactAttachment(sha256, at, what === 'withhold' ? undefined : did);
}

function changedBoxes(form: Form, boxes: readonly PageBox[], height: number): PageBox[] {
  const what = form.text('do');
  const number = (name: string): number => numberIn(form.text(name)) ?? 0;
  const page = Math.max(1, number('page'));
  const removed = /^remove (\d{1,4})$/.exec(what)?.[1];
  if (removed !== undefined) return boxes.filter((_, at) => at !== Number(removed));
  if (what === 'numbers')
    return [
      ...boxes,
      { page, left: number('left'), top: number('top'), width: number('width'), height: number('height') },
    ];
  if (what !== 'box') return [...boxes];
  const [x, y] = [share(number('at.x'), shownWidth), share(number('at.y'), height)];
  const left = Math.min(x, number('x'));
  const top = Math.min(y, number('y'));
  return [...boxes, { page, left, top, width: Math.abs(x - number('x')), height: Math.abs(y - number('y')) }];
}
