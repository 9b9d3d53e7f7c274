/**
 * Everything that is said of one message by itself: signatures, the chain of receivers, findings, label.
 * What other messages add (answers, copies) comes later and may change the label.
 */
import { parseMessageIds } from '../message/msg-id.js';
import { type ArcChain, judgeArc } from './arc.js';
import { dateOf, findInContext } from './context.js';
import type { JudgingContext } from './dkim.js';
import type { Finding } from './finding.js';
import type { SignatureJudgement } from './judgement.js';
import { judgeMessage } from './repairs.js';
import { SignedMessage } from './signed-message.js';

export interface Examination {
  readonly signatures: readonly SignatureJudgement[];
  readonly arc: ArcChain;
  /** Kinds of signatures that are there and were not checked. */
  readonly present: readonly string[];
  readonly findings: readonly Finding[];
  /** For rules between messages. */
  readonly links: MessageLinks;
}

export interface MessageLinks {
  /** '' where there is none. */
  readonly messageId: string;
  readonly parent: string;
  /** Milliseconds since 1970. */
  readonly date: number | undefined;
}

/** Pure; never throws on mail. */
export function examineMessage(raw: Buffer, context: JudgingContext): Examination {
  const message = new SignedMessage(raw, raw.includes('\r\n', 0, 'latin1') ? 'network' : 'local');
  const isSigned = message.named('dkim-signature').length > 0;
  const signatures = isSigned ? judgeMessage(raw, context) : [];
  const arc = judgeArc(message, context);
  const id = (name: string): string => parseMessageIds(message.named(name)[0]?.body ?? '').ids[0] ?? '';
  return {
    signatures,
    arc,
    present: presentSignatures(message),
    findings: findInContext(message, signatures),
    links: { messageId: id('message-id'), parent: id('in-reply-to'), date: dateOf(message) },
  };
}

/** S/MIME (RFC 8551 3.5) and PGP/MIME (RFC 3156 5), by the type of the whole message. */
function presentSignatures(message: SignedMessage): string[] {
  const type = (message.named('content-type')[0]?.body ?? '').toLowerCase();
  if (/^application\/(?:x-)?pkcs7-mime/.test(type)) return type.includes('enveloped') ? [] : ['S/MIME'];
  if (!type.startsWith('multipart/signed')) return [];
  if (type.includes('pkcs7-signature')) return ['S/MIME'];
  return type.includes('pgp-signature') ? ['PGP/MIME'] : ['multipart/signed'];
}
