/**
 * One pass over the attachments that have not been read yet: bytes out of a message, text out of the bytes, text into
 * the store. It may be stopped at any time and goes on where it was; run again, it does nothing.
 */
import { OperatorError } from '../errors.js';
import { recognize } from '../extract/recognize.js';
import { fileTypes } from '../extract/type.js';
import { Archive } from '../read/archive.js';
import { readBlob } from '../read/blob.js';
import { lockTrove, type Trove } from '../store/trove.js';
import { Extractor, type ExtractorLimits, type Outcome } from './extractor.js';
import { AttachmentStore, type WaitingBlob } from './store.js';

export interface PassProgress {
  readonly done: number;
  readonly total: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Files whose text could not be had although there may be some. */
  readonly failed: number;
}

export interface PassOptions {
  readonly onProgress?: (progress: PassProgress) => void;
  /** Told of each file that cost the extractor its life, or that is damaged. */
  readonly onFailure?: (sha256: string, outcome: Outcome) => void;
  /** Ends the pass after the file that is being read. */
  readonly signal?: AbortSignal;
  /** Reads files again that failed. */
  readonly retry?: boolean;
  readonly extractor?: Partial<ExtractorLimits>;
}

const failures = new Set(['failed', 'timeout', 'out-of-memory', 'too-large']);

/** Throws OperatorError `trove-locked` while another pass runs. */
export async function extractAttachments(trove: Trove, options: PassOptions = {}): Promise<PassProgress> {
  const unlock = lockTrove(trove, 'attachments.lock');
  const store = new AttachmentStore(trove);
  const archive = new Archive(trove);
  const extractor = new Extractor(options.extractor);
  const stop = (): void => extractor.close();
  options.signal?.addEventListener('abort', stop);
  try {
    if (options.retry === true) store.retryFailed();
    store.takePlaces();
    const waiting = store.waiting();
    let progress = {
      done: 0,
      total: waiting.length,
      bytesDone: 0,
      bytesTotal: waiting.reduce((sum, { size }) => sum + size, 0),
      failed: 0,
    };
    for (const blob of waiting) {
      const outcome = await outcomeOf(archive, extractor, blob);
      // What was cut short by the end of the run says nothing of the file.
      if (options.signal?.aborted === true) break;
      store.save(blob.id, outcome);
      const hasFailed = failures.has(outcome.status);
      if (hasFailed) options.onFailure?.(blob.sha256, outcome);
      progress = {
        ...progress,
        done: progress.done + 1,
        bytesDone: progress.bytesDone + blob.size,
        failed: progress.failed + (hasFailed ? 1 : 0),
      };
      options.onProgress?.(progress);
    }
    return progress;
  } finally {
    options.signal?.removeEventListener('abort', stop);
    extractor.close();
    archive.close();
    store.close();
    unlock();
  }
}

async function outcomeOf(archive: Archive, extractor: Extractor, blob: WaitingBlob): Promise<Outcome> {
  try {
    const bytes = await readBlob(archive, blob.sha256, [blob]);
    const outcome = await extractor.extract(bytes);
    // Its first bytes tell the type also of a file that could not be read.
    return outcome.mediaType === '' ? { ...outcome, ...nameOf(bytes) } : outcome;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { status: 'failed', note: error.message, mediaType: '', typeName: '', pieces: [], findings: [] };
  }
}

function nameOf(bytes: Buffer): { mediaType: string; typeName: string } {
  const { mediaType, name } = fileTypes[recognize(bytes)];
  return { mediaType, typeName: name };
}
