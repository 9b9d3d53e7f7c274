/**
 * Quotations beside their originals, among the messages of one thread: where words of a quotation are not those of
 * the message that it quotes. People shorten and correct what they quote, so that this is never a conflict.
 */
import { parseMessage } from '../message/parse.js';
import { readableText } from '../message/readable.js';
import type { Part } from '../thread/quotation/compare.js';
import { Originals, type Quotation } from '../thread/quotation/originals.js';
import { originalText, quotedPassages } from '../thread/quotation/passages.js';
import type { Found, Quoting } from './job.js';
import { tellSpans } from './spans.js';

/** Clocks differ: an original may seem to be later than what quotes it. */
const clockSkew = 24 * 60 * 60 * 1000;

export function compareQuotations(members: readonly Quoting[], raws: readonly Buffer[]): Found[] {
  const originals = new Originals();
  const sentAt = new Map<number, number>();
  const texts = raws.map((raw) => readableText(parseMessage(raw)).segments);
  for (const [index, { number, sentAt: time }] of members.entries()) {
    originals.add(number, originalText(texts[index] ?? []));
    if (time !== undefined) sentAt.set(number, time);
  }
  return members.flatMap(({ number, sentAt: time = Number.POSITIVE_INFINITY }, index): Found[] => {
    const isEarlier = (other: number): boolean =>
      other !== number && (sentAt.get(other) ?? time) <= time + clockSkew;
    return quotedPassages(texts[index] ?? []).flatMap(({ text }): Found[] => {
      const quotation = originals.find(text, isEarlier);
      return quotation === undefined ? [] : judge(number, quotation);
    });
  });
}

/** Share of the passage that its original must have: below it two texts are merely alike. */
const minShare = 0.8;
/** Places that differ: beyond it the passage is a rewriting, or of another version. */
const maxDifferences = 8;

function judge(number: number, { of, agreement, parts }: Quotation): Found[] {
  const differing = parts.filter(({ isSame }) => !isSame);
  if (agreement !== 'words' || differing.length > maxDifferences || shareOf(parts) < minShare) return [];
  const facts = [`it quotes message ${of} with other words`, ...tellSpans(differing, 'quoted', 'original')];
  const level = differing.some(changesMeaning) ? 'notice' : 'info';
  return [{ number, finding: { code: 'quotation-differs', level, facts, others: [of] } }];
}

function shareOf(parts: readonly Part[]): number {
  const letters = (of: readonly Part[]): number => of.reduce((sum, { quoted }) => sum + quoted.length, 0);
  return letters(parts.filter(({ isSame }) => isSame)) / Math.max(1, letters(parts));
}

/** A number, or whether something is denied, is not the same on both sides. */
function changesMeaning({ quoted, original }: Part): boolean {
  return numbersIn(quoted) !== numbersIn(original) || isDenied(quoted) !== isDenied(original);
}

const numbersIn = (text: string): string => (text.match(/\d+(?:[.,]\d+)*/g) ?? []).join(' ');

const isDenied = (text: string): boolean =>
  /\b(?:not|no|never|none|without|nicht|kein\w*|nie|pas|jamais)\b|n['’]t\b/i.test(text);
