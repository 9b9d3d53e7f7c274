/** Judges every signature of the author that a message carries, each by its kind. */
import { parseMailboxes } from '../../message/address.js';
import { parseMessage } from '../../message/parse.js';
import type { SignedMessage } from '../signed-message.js';
import { type AuthorContext, type AuthorKeys, type AuthorSignature, unread } from './author-signature.js';
import { judgePgp } from './pgp.js';
import { isSignedMail, listSignedParts, type SignedPart } from './signed-part.js';
import { judgeSmime } from './smime.js';

/** All of them, in the order of the bytes. Never throws on mail. */
export function judgeAuthorSignatures(
  raw: Buffer,
  message: SignedMessage,
  keys: AuthorKeys,
  now: number,
): AuthorSignature[] {
  if (!isSignedMail(raw, message.named('content-type')[0]?.body ?? '')) return [];
  const { mailboxes } = parseMailboxes(message.named('from')[0]?.body ?? '');
  const from = mailboxes.length === 1 ? (mailboxes[0]?.addrSpec ?? '').toLowerCase() : '';
  const context = { keys, from, now };
  return listSignedParts(raw, parseMessage(raw)).flatMap((part) => judgePart(part, context));
}

function judgePart(part: SignedPart, context: AuthorContext): AuthorSignature[] {
  const found = judgeByProtocol(part, context);
  if (part.section === '') return found;
  // A list or a gateway put something around what was signed, or it is one attachment of several.
  return found.map((one) => ({ ...one, section: part.section, flags: [...one.flags, 'partial-body'] }));
}

function judgeByProtocol(part: SignedPart, context: AuthorContext): AuthorSignature[] {
  switch (part.protocol) {
    case 'smime':
      return judgeSmime(part, context);
    case 'pgp':
      return [judgePgp(part, context)];
    case 'inline':
      return [unread('PGP inline', 'unchecked', 'signatures within the text are not checked')];
    case 'stray':
      return [
        unread(
          part.kind,
          'unchecked',
          'it stands outside of a multipart/signed, which would say what it covers',
        ),
      ];
    case 'broken':
      return [unread(part.kind, 'malformed', part.reason)];
    case 'other':
      return [unread('multipart/signed', 'unsupported', part.reason)];
  }
}
