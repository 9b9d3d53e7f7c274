/**
 * Everything that is said of one message by itself: signatures, the chain of receivers, findings from its own header
 * section. What other messages add (answers, copies, quotations) comes later and may change the label.
 */
import { type ArcChain, judgeArc } from './arc.js';
import { type AuthorKeys, type AuthorSignature, noAuthorKeys } from './author/author-signature.js';
import { judgeAuthorSignatures } from './author/judge.js';
import { dateOf, findInContext } from './context.js';
import type { JudgingContext } from './dkim.js';
import type { Finding } from './finding.js';
import type { SignatureJudgement } from './judgement.js';
import { judgeMessage } from './repairs.js';
import { SignedMessage } from './signed-message.js';

export interface Examination {
  readonly signatures: readonly SignatureJudgement[];
  readonly arc: ArcChain;
  readonly author: readonly AuthorSignature[];
  readonly findings: readonly Finding[];
  /** Date, milliseconds since 1970. */
  readonly dated: number | undefined;
}

/** Pure; never throws on mail. */
export function examineMessage(
  raw: Buffer,
  context: JudgingContext,
  authorKeys: AuthorKeys = noAuthorKeys,
): Examination {
  const message = new SignedMessage(raw, raw.includes('\r\n', 0, 'latin1') ? 'network' : 'local');
  const isSigned = message.named('dkim-signature').length > 0;
  const signatures = isSigned ? judgeMessage(raw, context) : [];
  return {
    signatures,
    arc: judgeArc(message, context),
    author: judgeAuthorSignatures(raw, message, authorKeys, context.now * 1_000),
    findings: findInContext(message, signatures),
    dated: dateOf(message),
  };
}
