/**
 * Values of `size:` → whole bytes, both ends inclusive, and back. k, M and G are powers of 1,024.
 *
 *   >1M      <10k      >=500      100k..2M      2M..      ..10k      1234
 */
import { Refusal, type Value } from './lex.js';
import type { SizeCondition } from './query.js';

const units: readonly (readonly [letter: string, bytes: number])[] = [
  ['G', 1024 ** 3],
  ['M', 1024 ** 2],
  ['k', 1024],
];

const form = 'Write size:>1M, size:<10k or size:100k..2M.';

/** Throws a Refusal. Parts of a byte are rounded so that the range holds the sizes that are truly within. */
export function parseSizeRange(value: Value): SizeCondition {
  const text = value.text.replace(/\s+/g, '');
  const dots = text.indexOf('..');
  if (dots >= 0) return parseBetween(text.slice(0, dots), text.slice(dots + 2), value);
  const comparison = /^(>=|<=|>|<)(.*)$/.exec(text);
  if (comparison === null) return parseExact(text, value);
  const bytes = parseBytes(comparison[2] ?? '', value);
  switch (comparison[1]) {
    case '>':
      return { kind: 'size', min: Math.floor(bytes) + 1 };
    case '>=':
      return { kind: 'size', min: Math.ceil(bytes) };
    case '<':
      if (bytes === 0) throw new Refusal('Nothing is smaller than 0 bytes.', value, form);
      return { kind: 'size', max: Math.ceil(bytes) - 1 };
    default:
      return { kind: 'size', max: Math.floor(bytes) };
  }
}

function parseBetween(left: string, right: string, value: Value): SizeCondition {
  if (left === '' && right === '') throw new Refusal('This range has neither end.', value, form);
  const min = left === '' ? undefined : Math.ceil(parseBytes(left, value));
  const max = right === '' ? undefined : Math.floor(parseBytes(right, value));
  if (min !== undefined && max !== undefined && min > max) {
    throw new Refusal('This range ends before it starts.', value, `Did you mean size:${right}..${left}?`);
  }
  return { kind: 'size', ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** Exactly 1,048,576 bytes is not what anyone means by `size:1M`. */
function parseExact(text: string, value: Value): SizeCondition {
  const bytes = parseBytes(text, value);
  if (/^\d+$/.test(text)) return { kind: 'size', min: bytes, max: bytes };
  throw new Refusal(
    `size:${text} would be exact to the byte.`,
    value,
    `Write size:>${text} or size:<${text}.`,
  );
}

function parseBytes(text: string, value: Value): number {
  const parts = /^(\d{1,15}(?:\.\d{1,6})?)(?:([kmg])(?:i?b)?|b)?$/i.exec(text);
  if (parts === null) throw new Refusal(`${text === '' ? 'Nothing' : text} is not a size.`, value, form);
  const letter = parts[2]?.toLowerCase();
  const unit = units.find(([name]) => name.toLowerCase() === letter)?.[1] ?? 1;
  const bytes = Number(parts[1]) * unit;
  if (bytes <= Number.MAX_SAFE_INTEGER - 1) return bytes;
  throw new Refusal(`${text} is larger than any message.`, value, form);
}

/** What `parseSizeRange` reads as the same range. */
export function formatSizeRange({ min, max }: SizeCondition): string {
  if (min !== undefined && min === max) return String(min);
  if (min !== undefined && max !== undefined) return `${formatBytes(min)}..${formatBytes(max)}`;
  if (min !== undefined)
    return min > 0 && hasUnit(min - 1) ? `>${formatBytes(min - 1)}` : `>=${formatBytes(min)}`;
  const end = max ?? 0;
  return hasUnit(end + 1) ? `<${formatBytes(end + 1)}` : `<=${formatBytes(end)}`;
}

/** `100k`; bytes that are no whole number of a unit stay bytes. */
export function formatBytes(bytes: number): string {
  const unit = units.find(([, size]) => bytes > 0 && bytes % size === 0);
  return unit === undefined ? String(bytes) : `${String(bytes / unit[1])}${unit[0]}`;
}

function hasUnit(bytes: number): boolean {
  return bytes > 0 && bytes % 1024 === 0;
}
