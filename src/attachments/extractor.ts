/**
 * Extraction in a process of its own, started when there is a file to read, killed when a file takes too long, too
 * much memory or says too much, and started anew for the next.
 *
 *   extract(bytes) → { status: 'extracted', pieces: […] }      { status: 'timeout', note: 'killed after 60 s' }
 */
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { FrameReader } from '../confined/frames.js';
import { askConfined, endedForMemory, startConfined } from '../confined/start.js';
import type { Extracted, ExtractionStatus } from '../extract/extraction.js';
import { limits } from '../limits.js';

export type Status = ExtractionStatus | 'too-large' | 'timeout' | 'out-of-memory';

export interface Outcome extends Omit<Extracted, 'status'> {
  readonly status: Status;
  /** Why there is no text, '' where there is. */
  readonly note: string;
}

export interface ExtractorLimits {
  readonly maxMilliseconds: number;
  readonly maxHeapMegabytes: number;
  readonly maxAnswerBytes: number;
}

const defaultLimits: ExtractorLimits = {
  maxMilliseconds: limits.maxExtractorMilliseconds,
  maxHeapMegabytes: limits.maxExtractorHeapMegabytes,
  // Four bytes for a character, escapes, and names of pieces.
  maxAnswerBytes: limits.maxAttachmentCharacters * 6,
};

interface Waiting {
  readonly resolve: (outcome: Outcome) => void;
  readonly timer: NodeJS.Timeout;
}

export class Extractor {
  readonly #limits: ExtractorLimits;
  readonly #main: string;
  #child: ChildProcess | undefined;
  #waiting: Waiting | undefined;
  /** Why this side ended the process. */
  #killedFor: Outcome | undefined;

  /** `main` is another program than the extractor, for tests. */
  constructor(options: Partial<ExtractorLimits> = {}, main = join(import.meta.dirname, 'extractor-main.js')) {
    this.#limits = { ...defaultLimits, ...options };
    this.#main = main;
  }

  /** One at a time. Never rejects: whatever the file does is an outcome. */
  extract(bytes: Buffer): Promise<Outcome> {
    if (bytes.length > limits.maxAttachmentBytes)
      return Promise.resolve(failure('too-large', `larger than ${limits.maxAttachmentBytes} bytes`));
    return new Promise((resolve) => {
      const child = this.#running();
      const timer = setTimeout(() => {
        this.#kill(failure('timeout', `killed after ${this.#limits.maxMilliseconds / 1000} s`));
      }, this.#limits.maxMilliseconds);
      this.#waiting = { resolve, timer };
      askConfined(child, bytes);
    });
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #running(): ChildProcess {
    if (this.#child !== undefined) return this.#child;
    const child = startConfined(this.#main, this.#limits);
    this.#child = child;
    this.#killedFor = undefined;
    const reader = new FrameReader(
      this.#limits.maxAnswerBytes,
      (frame) => this.#answered(child, frame),
      () => this.#kill(failure('too-large', `said more than ${this.#limits.maxAnswerBytes} bytes`)),
    );
    child.stdio[3]?.on('data', (chunk: Buffer) => reader.push(chunk));
    child.on('close', (code, signal) => this.#ended(child, code, signal));
    return child;
  }

  #answered(child: ChildProcess, frame: Buffer): void {
    if (child !== this.#child) return;
    const { megabytes, ...outcome } = parseAnswer(frame);
    // Libraries keep what they have seen: before that becomes a bound, a fresh process takes over.
    if (megabytes > limits.maxExtractorMegabytes / 3) this.close();
    this.#settle(outcome);
  }

  #kill(why: Outcome): void {
    this.#killedFor = why;
    this.#child?.kill('SIGKILL');
  }

  #ended(child: ChildProcess, code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#child === child) this.#child = undefined;
    else if (this.#child !== undefined) return;
    this.#settle(
      this.#killedFor ??
        (endedForMemory(code, signal)
          ? failure('out-of-memory', 'needed more memory than it may have')
          : failure('failed', `the extractor ended (${signal ?? `exit status ${code ?? '?'}`})`)),
    );
  }

  #settle(outcome: Outcome): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return;
    clearTimeout(waiting.timer);
    waiting.resolve(outcome);
  }
}

function failure(status: Status, note: string): Outcome {
  return { status, note, mediaType: '', typeName: '', pieces: [], findings: [] };
}

/** The answer is from this program, but what it read may have made anything of it: shapes are checked, nothing is believed. */
function parseAnswer(frame: Buffer): Outcome & { megabytes: number } {
  const broken = {
    ...failure('failed', 'the extractor gave no readable answer'),
    megabytes: Number.POSITIVE_INFINITY,
  };
  try {
    const value = JSON.parse(frame.toString('utf8')) as Outcome & { megabytes: number };
    const isWhole =
      typeof value.mediaType === 'string' &&
      typeof value.status === 'string' &&
      Array.isArray(value.pieces) &&
      Array.isArray(value.findings) &&
      value.pieces.every(
        (piece) =>
          typeof piece.where === 'string' && typeof piece.text === 'string' && typeof piece.kind === 'string',
      ) &&
      value.findings.every((finding) => typeof finding.code === 'string' && typeof finding.note === 'string');
    return isWhole ? { ...value, note: whyNoText(value) } : broken;
  } catch {
    return broken;
  }
}

/** The finding that says most about a file without text. */
function whyNoText({ pieces, findings }: Outcome): string {
  if (pieces.length > 0) return '';
  const told = ['encrypted', 'damaged', 'truncated', 'not-read', 'scanned'];
  return told.flatMap((code) => findings.filter((finding) => finding.code === code))[0]?.note ?? '';
}
