/**
 * Checkpoints: c2sp.org/tlog-checkpoint. What a log is at one size, as the text of a signed note.
 *
 *     harbour.example/log
 *     42
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 */
import { parseBase64 } from './base64.js';
import { hashBytes } from './merkle.js';

export interface Checkpoint {
  /** Names the log: the name of the key that signs it. */
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/** Undefined for any other text, one with extension lines included: this log writes none. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin = '', sizeText = '', rootText = ''] = text.split('\n');
  const size = parseDecimal(sizeText);
  const root = parseBase64(rootText);
  if (origin === '' || size === undefined || root?.length !== hashBytes) return undefined;
  const checkpoint = { origin, size, root };
  return formatCheckpoint(checkpoint) === text ? checkpoint : undefined;
}

/** ASCII decimal without leading zeroes, up to 2^53 - 1. */
export function parseDecimal(text: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : undefined;
}
