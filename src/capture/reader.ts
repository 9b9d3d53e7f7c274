/** Starts the process that reads a page, and bounds what it may take: time, memory, what it says. */
import { join } from 'node:path';
import { FrameReader } from '../confined/frames.js';
import { askConfined, endedForMemory, startConfined } from '../confined/start.js';
import { limits } from '../limits.js';
import { htmlToText } from '../message/text/html-text.js';
import { tidy } from './plain.js';
import { type CaptureFinding, type CaptureHint, type CaptureReading, emptyReading } from './reading.js';

export interface ReaderLimits {
  readonly maxMilliseconds: number;
  readonly maxHeapMegabytes: number;
}

const defaultLimits: ReaderLimits = {
  maxMilliseconds: limits.maxReaderMilliseconds,
  maxHeapMegabytes: limits.maxReaderHeapMegabytes,
};

/** Never rejects: whatever the page does is a finding, and its plain text is what there is of it. */
export async function readInProcess(
  bytes: Buffer,
  hint: CaptureHint,
  options: Partial<ReaderLimits> = {},
): Promise<CaptureReading> {
  const outcome = await run(bytes, hint, { ...defaultLimits, ...options });
  if (!('code' in outcome)) return outcome;
  return {
    ...emptyReading,
    url: hint.url,
    format: 'html',
    text: plainText(bytes),
    extractor: 'text of the whole page',
    findings: [outcome],
  };
}

/** Without a DOM, in one linear pass. */
const plainText = (bytes: Buffer): string =>
  tidy(htmlToText(bytes.toString('utf8').slice(0, limits.maxCaptureCharacters)));

function run(
  bytes: Buffer,
  hint: CaptureHint,
  bounds: ReaderLimits,
): Promise<CaptureReading | CaptureFinding> {
  return new Promise((resolve) => {
    const child = startConfined(join(import.meta.dirname, 'reader-main.js'), bounds);
    let killedFor: CaptureFinding | undefined;
    const kill = (finding: CaptureFinding): void => {
      killedFor = finding;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => {
      kill({ code: 'timeout', note: `the page was not read within ${bounds.maxMilliseconds / 1000} s` });
    }, bounds.maxMilliseconds);
    let reading: CaptureReading | undefined;
    const reader = new FrameReader(
      limits.maxReaderAnswerBytes,
      (frame) => {
        reading = parseReading(frame);
      },
      () => kill({ code: 'too-large', note: 'the page says too much to be read' }),
    );
    child.stdio[3]?.on('data', (chunk: Buffer) => reader.push(chunk));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const ended: CaptureFinding = endedForMemory(code, signal)
        ? { code: 'out-of-memory', note: 'reading the page needed more memory than it may have' }
        : { code: 'damaged', note: `the reader ended (${signal ?? `exit status ${code ?? '?'}`})` };
      resolve(killedFor ?? reading ?? ended);
    });
    askConfined(child, Buffer.from(JSON.stringify(hint)));
    askConfined(child, bytes);
  });
}

/** The answer is from this program, but what it read may have made anything of it: shapes are checked. */
function parseReading(answer: Buffer): CaptureReading | undefined {
  try {
    const value = JSON.parse(answer.toString('utf8')) as Record<string, unknown>;
    const isWhole =
      Object.keys(emptyReading).every((name) => name === 'findings' || typeof value[name] === 'string') &&
      Array.isArray(value.findings) &&
      value.findings.every(
        (finding: CaptureFinding) => typeof finding.code === 'string' && typeof finding.note === 'string',
      );
    return isWhole ? (value as unknown as CaptureReading) : undefined;
  } catch {
    return undefined;
  }
}
