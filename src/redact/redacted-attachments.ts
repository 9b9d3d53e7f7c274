/** The attachments of a message as a release lists them: withheld unless somebody cleared the file, and then checked once more. */
import { hash } from 'node:crypto';
import { decodeBody } from '../message/body.js';
import type { Message } from '../message/message.js';
import { judgeFile } from './active-content.js';
import type { Clearance } from './decisions.js';
import type { LeakCheck } from './leak-check.js';
import { applySpans, type Masker, type TermPassages } from './masker.js';
import { attachedLeaves } from './raw-segments.js';
import type { RedactionReason } from './reasons.js';
import type { ClearedFile, RedactedAttachment } from './redacted-message.js';

/** Pictures of the pages of a cleared file, by the SHA-256 of its bytes; undefined where they were not made. */
export type FindPages = (sha256: string) => readonly ClearedFile[] | undefined;

export interface AttachmentRules {
  readonly clearances: ReadonlyMap<string, Clearance>;
  readonly findPages: FindPages;
  readonly check: LeakCheck;
}

export interface JudgedAttachment {
  readonly entity: number;
  readonly attachment: (segment: number | undefined) => RedactedAttachment;
  readonly withheld: RedactionReason | undefined;
  /** The encoded body may be shown. */
  readonly isOriginal: boolean;
  /** What HTML refers to it by. */
  readonly contentId: string;
}

export function redactAttachments(
  message: Message,
  masker: Masker,
  passages: TermPassages | undefined,
  rules: AttachmentRules,
): JudgedAttachment[] {
  return attachedLeaves(message).flatMap((index) => {
    const entity = message.entities[index];
    if (entity === undefined) return [];
    const { bytes } = decodeBody(entity);
    const { filename, contentId } = entity;
    const name = applySpans(filename, masker.spans(filename, passages));
    const judged = judge(bytes, filename, rules);
    const isOriginal = judged.form === 'original';
    return {
      entity: index,
      contentId,
      isOriginal,
      withheld: judged.form === undefined ? judged.reason : undefined,
      attachment: (segment: number | undefined): RedactedAttachment =>
        judged.form === undefined
          ? {
              cleared: false,
              mediaType: judged.mediaType,
              size: bytes.length,
              reason: judged.reason,
              segment,
            }
          : { cleared: true, name, form: judged.form, files: judged.files, segment },
    };
  });
}

type Judged =
  | { readonly form: 'original' | 'pages'; readonly files: readonly ClearedFile[] }
  | { readonly form: undefined; readonly mediaType: string; readonly reason: RedactionReason };

function judge(bytes: Buffer, filename: string, { clearances, findPages, check }: AttachmentRules): Judged {
  const { type, danger } = judgeFile(bytes, filename);
  const { mediaType } = type;
  const sha256 = hash('sha256', bytes, 'hex');
  const clearance = clearances.get(sha256);
  if (clearance?.form === 'pages') {
    const files = findPages(sha256);
    // Pictures cannot act, whatever the file did.
    if (files !== undefined && files.length > 0) return { form: 'pages', files };
  }
  if (danger !== undefined) return { form: undefined, mediaType, reason: danger };
  if (clearance?.form !== 'original') return { form: undefined, mediaType, reason: 'unreviewed' };
  // Cleared before something in it was decided on.
  if (check.find(bytes).length > 0) return { form: undefined, mediaType, reason: 'private person' };
  return { form: 'original', files: [{ mediaType, bytes, sha256 }] };
}
