/**
 * One message that fills a file or an entry (RFC 5322), and Apple Mail's emlx.
 *
 *   Received: from …                 1204\n                       bytes of the message, in decimal
 *                                    Received: from …             the message
 *                                    <?xml version="1.0" …        Apple's own data, no part of it
 */
import { failed, failedStream, type Limits, wholeFile } from './reader.js';
import type { Format } from './sniff.js';
import type { SourceEvent } from './source.js';
import type { Window } from './window.js';

type MessageFormat = Extract<Format, { type: 'message' }>;

export interface Found {
  readonly container: number;
  readonly path: string;
  readonly folder: string;
  /** Where the file's first byte lies in the original. */
  readonly direct: number | undefined;
}

/** The event of a message whose file is in memory as a whole. */
export function messageEvent(
  bytes: Buffer,
  format: MessageFormat,
  found: Found,
  limits: Limits,
): SourceEvent {
  const { container, path, folder, direct } = found;
  const stop = format.length === undefined ? bytes.length : format.start + format.length;
  if (stop > bytes.length) {
    const note = `the first line counts ${format.length ?? 0} bytes, the file holds ${bytes.length - format.start}`;
    return failed(container, wholeFile(path, bytes.length, direct), 'truncated', note);
  }
  const raw = bytes.subarray(format.start, stop);
  if (raw.length > limits.maxMessageBytes) return tooLarge(found, bytes.length, limits);
  const kept = direct === undefined ? undefined : { offset: direct + format.start, length: raw.length };
  return {
    type: 'message',
    container,
    place: { path, offset: 0, length: bytes.length, direct: kept },
    folder,
    raw,
  };
}

/** Reads the rest of the file and gives its event, and that of damage. Invalidates earlier views of `window`. */
export async function readSingle(
  window: Window,
  format: MessageFormat,
  found: Found,
  limits: Limits,
): Promise<SourceEvent[]> {
  // A little more than the bound: an emlx file holds more than its message.
  const isLarger = await window.fill(
    limits.maxMessageBytes + format.start + (format.length === undefined ? 1 : 1 << 20),
  );
  const bytes = window.view();
  const { failure } = window;
  const place = wholeFile(found.path, bytes.length, found.direct);
  const failures = failure === undefined ? [] : [failedStream(found.container, place, failure)];
  if (failure !== undefined && !failure.isAfterEnd) return failures;
  if (!isLarger) return [messageEvent(bytes, format, found, limits), ...failures];
  while (await window.discard(window.length + 1));
  return [tooLarge(found, window.offset, limits)];
}

function tooLarge(found: Found, bytes: number, limits: Limits): SourceEvent {
  const note = `a message of ${bytes} bytes; the bound is ${limits.maxMessageBytes}`;
  return failed(found.container, wholeFile(found.path, bytes, found.direct), 'too-large', note);
}
