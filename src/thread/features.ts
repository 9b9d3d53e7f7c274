/**
 * What threading needs of a message, as numbers: computed once when the message is parsed, stored with the
 * index, so that linking a million messages reads no mail again.
 */
import type { Attachment } from '../message/attachment.js';
import type { Message } from '../message/message.js';
import type { Segment } from '../message/text/segments.js';
import { hash32, hash52 } from './hash.js';
import { type TextKeys, textKeys } from './text-keys.js';

export interface Features {
  /** 52-bit hash of the Message-ID, 0 where there is none. */
  readonly id: number;
  /** 52-bit hashes: References, then In-Reply-To where not among them; the nearest ancestor last. */
  readonly ancestors: readonly number[];
  /** 32-bit hash of the base subject, 0 where it says too little to join by. */
  readonly subject: number;
  /** The subject began with a reply or forward prefix. */
  readonly isReply: boolean;
  /** 32-bit hash of the first distinctive line of own text, 0 where there is none. */
  readonly lead: number;
  /** The same for each quoted block: what a parent's `lead` is compared with. */
  readonly quotedLeads: readonly number[];
  /** 32-bit hashes of addr-specs in lower case. */
  readonly from: number;
  readonly recipients: readonly number[];
  /** By what it is known for a near-copy of another. */
  readonly texts: TextKeys;
}

/** Kept per message; the thread's shape needs no more, and a hostile field cannot make the index grow. */
const maxAncestors = 32;
const maxQuotedLeads = 4;
const maxRecipients = 16;
/** Letters and digits that a text begins with; less is too common to recognise a message by. */
const leadCharacters = 32;
/** UTF-16 units in which these must be found. */
const searchedForLead = 600;
/** Base subjects shorter than this ("hi", "fyi") join strangers. */
const minSubjectCharacters = 5;

const replyPrefix =
  /^(?:(?:re|aw|antw|antwort|sv|vs|ref|rif|rés?|odp|ynt|res|fw|fwd|wg|tr|rv|doorst|enc|i|vl|továbbítás|回复|答复|回覆|转发|轉寄|返信|転送|답장|전달|ответ|пересл)(?:\[\d{1,3}\]|\(\d{1,3}\))?\s{0,4}[:：]\s{0,8}|\[[^\]\n]{1,40}\]\s{0,8}|\((?:fwd|re)\)\s{0,4})/iu;

/** RFC 5256 2.1 in spirit: prefixes and list tags removed, white space collapsed, case folded. */
export function baseSubject(subject: string): { base: string; isReply: boolean } {
  let rest = subject.slice(0, 400).replace(/\s+/gu, ' ').trim();
  let isReply = false;
  for (let match = replyPrefix.exec(rest); match !== null; match = replyPrefix.exec(rest)) {
    if (!match[0].startsWith('[')) isReply = true;
    rest = rest.slice(match[0].length).trimStart();
  }
  const trailing = / \((?:fwd|re)\)$/iu.exec(rest);
  if (trailing !== null) rest = rest.slice(0, trailing.index);
  return { base: rest.toLowerCase(), isReply };
}

export function messageFeatures(
  message: Message,
  segments: readonly Segment[],
  attachments: readonly Attachment[],
): Features {
  const ancestors = ancestorIds(message);
  const { base, isReply } = baseSubject(message.subject);
  return {
    id: message.messageId === '' ? 0 : hash52(message.messageId),
    ancestors: ancestors.slice(-maxAncestors).map(hash52),
    subject: base.length < minSubjectCharacters ? 0 : hash32(base),
    isReply,
    lead: leadOf(segments.find((segment) => segment.kind === 'own')?.text ?? ''),
    quotedLeads: quotedLeads(segments),
    from: mailboxHash(message.from[0]?.addrSpec),
    recipients: [...message.to, ...message.cc]
      .slice(0, maxRecipients)
      .map((mailbox) => mailboxHash(mailbox.addrSpec)),
    texts: textKeys(message, base, segments, attachments),
  };
}

function ancestorIds(message: Message): string[] {
  if (message.inReplyTo.length === 0) return message.references.slice();
  const ids = message.references.slice();
  // RFC 5322 3.6.4: the parent is the last of References. In-Reply-To adds what References lacks.
  for (const id of message.inReplyTo) if (!ids.includes(id)) ids.unshift(id);
  return ids;
}

const mailboxHash = (addrSpec: string | undefined): number =>
  addrSpec === undefined || addrSpec === '' ? 0 : hash32(addrSpec.toLowerCase());

function quotedLeads(segments: readonly Segment[]): number[] {
  const leads: number[] = [];
  for (const segment of segments) {
    if (segment.kind !== 'quoted') continue;
    const lead = leadOf(segment.text);
    if (lead !== 0 && !leads.includes(lead)) leads.push(lead);
    if (leads.length === maxQuotedLeads) break;
  }
  return leads;
}

/** Hash of the first letters and digits that identify a text, insensitive to wrapping, case and punctuation. */
export function leadOf(text: string): number {
  let lead = '';
  for (let i = 0; i < text.length && i < searchedForLead; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f ? letterOrDigit.test(text.charAt(i)) : isAsciiWord[code] === 1) lead += text.charAt(i);
    if (lead.length === leadCharacters) return hash32(lead.toLowerCase());
  }
  return 0;
}

const letterOrDigit = /[\p{L}\p{N}]/u;
const isAsciiWord = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9]/.test(String.fromCharCode(code)) ? 1 : 0,
);
