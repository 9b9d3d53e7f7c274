/** Pictures of all attachments that were cleared as pages, drawn before a release so that redacting needs not wait. */
import { OperatorError } from '../errors.js';
import type { Archive } from '../read/archive.js';
import { readBlob } from '../read/blob.js';
import { judgeFile } from '../redact/active-content.js';
import type { Clearance } from '../redact/decisions.js';
import type { FindPages } from '../redact/redacted-attachments.js';
import type { ClearedFile } from '../redact/redacted-message.js';
import { rasterize } from './rasterizer.js';

export interface DrawnPages {
  readonly findPages: FindPages;
  /** Those that could not be drawn and so stay withheld. */
  readonly failures: readonly { readonly sha256: string; readonly error: OperatorError }[];
}

/** `only`: SHA-256 (hex) of the attachments that are wanted; undefined for all that were cleared. Needs `impart extract` to have listed them. */
export async function drawCleared(
  archive: Archive,
  clearances: ReadonlyMap<string, Clearance>,
  only?: ReadonlySet<string>,
): Promise<DrawnPages> {
  const drawn = new Map<string, readonly ClearedFile[]>();
  const failures: { sha256: string; error: OperatorError }[] = [];
  archive.index.attachments.refresh();
  for (const [sha256, { form, boxes }] of clearances) {
    if (form !== 'pages' || only?.has(sha256) === false) continue;
    try {
      const bytes = await attachmentBytes(archive, sha256);
      drawn.set(sha256, await rasterize(bytes, judgeFile(bytes, '').type.mediaType, boxes));
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      failures.push({ sha256, error });
    }
  }
  return { findPages: (sha256) => drawn.get(sha256), failures };
}

/** Compared with the SHA-256. Throws OperatorError `attachment-missing`. */
export async function attachmentBytes(archive: Archive, sha256: string): Promise<Buffer> {
  const { attachments } = archive.index;
  const blob = attachments.findBlob(sha256);
  return readBlob(archive, sha256, blob === undefined ? [] : attachments.places(blob.id, 0, 5));
}
