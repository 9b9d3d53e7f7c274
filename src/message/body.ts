/**
 * Bodies of entities: transfer decoding (RFC 2045 6) to bytes, charset (RFC 2046 4.1.2) to text.
 *
 *   base64 "Y2Fmw6k=" in utf-8   → bytes 63 61 66 c3 a9 → text "café"
 */
import { limits } from '../limits.js';
import { decodeText } from './charset.js';
import type { Defect, Entity } from './message.js';
import { decodeTransfer } from './transfer.js';
import { uuencodedBlocks, withoutUuencoded } from './uuencode-entity.js';

export interface DecodedBody {
  /** Shares memory with `Entity.body` where nothing was encoded. */
  readonly bytes: Buffer;
  readonly defects: Defect[];
}

export interface EntityText {
  /** What the text was read from: decoded, without uuencoded files. */
  readonly bytes: Buffer;
  /** Line ends are \n; at most `limits.maxTextCharacters` characters. */
  readonly text: string;
  /** What the bytes were read as, lower case. */
  readonly charset: string;
  readonly defects: Defect[];
}

/** The bytes that an entity stands for. uuencoded files within a text are part of its bytes. */
export function decodeBody(entity: Entity): DecodedBody {
  const { bytes, defect } = decodeTransfer(entity.body, entity.transferEncoding);
  return { bytes, defects: defect === undefined ? [] : [{ ...defect, offset: entity.offset }] };
}

/** The text of a `text/*` entity (of any entity, read as text), without the uuencoded files in it. */
export function decodeEntityText(entity: Entity): EntityText {
  const { bytes, defects } = decodeBody(entity);
  const own = withoutUuencoded(bytes, uuencodedBlocks(entity));
  // No charset makes more characters than bytes; four bytes a character leave room to cut exactly.
  const maxBytes = limits.maxTextCharacters * 4;
  const decoded = decodeText(own.length > maxBytes ? own.subarray(0, maxBytes) : own, entity.charset);
  if (decoded.defect !== undefined) defects.push({ ...decoded.defect, offset: entity.offset });
  let text = decoded.text.includes('\r') ? decoded.text.replace(/\r\n?/g, '\n') : decoded.text;
  if (text.length > limits.maxTextCharacters || own.length > maxBytes) {
    text = cutText(text, limits.maxTextCharacters);
    defects.push({
      code: 'text-truncated',
      offset: entity.offset,
      note: `cut at ${String(text.length)} characters`,
    });
  }
  return { bytes: own, text, charset: decoded.charset, defects };
}

/** Never cuts between the halves of a surrogate pair. */
function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}
