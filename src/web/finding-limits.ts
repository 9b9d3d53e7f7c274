/** What each finding does not mean: the sentence that keeps a reader from a conclusion that the facts do not carry. */
import type { FindingCode, FindingLevel } from '../verify/finding.js';

export const findingLimits: Readonly<Record<FindingCode, string>> = {
  'signed-far-from-date':
    'It does not say which of the two times is right, nor that anyone changed either: Date is whatever the sending program wrote.',
  'received-out-of-order':
    'It does not say that a server was invented. Clocks of servers run apart, and only the topmost fields are written by servers that the recipient can vouch for.',
  'date-far-from-received':
    'It does not say that the message was held back or dated falsely by a person: most such cases are clocks and drafts.',
  'date-implausible': 'It says nothing about when the message was written, only that Date cannot tell.',
  'message-id-time-differs':
    'It does not say that the date was changed. Many programs make identifiers that only look like times.',
  'boundary-time-differs':
    'It does not say that the content was replaced: a forwarded or resent message keeps the parts that it had.',
  'thread-index-after-date':
    'It does not say that the message was written later, only that one of two fields is not from its time.',
  'provider-stamp-differs': 'It does not say who is responsible; the provider’s own queue can be.',
  anachronism:
    'It does not say that the message is of a later time: a field can have been added by whoever stored or resent it.',
  'parent-after-child':
    'It does not say that either message was backdated: a wrong clock of one of two computers has the same effect.',
  'copies-differ':
    'It does not say which copy is the original, nor that a person changed one: lists and servers change messages as a matter of course.',
  'quotation-differs':
    'It does not say that words were put into somebody’s mouth: people shorten and mend what they quote.',
  'reference-missing': 'It does not say that anything was removed from this collection.',
  'volume-gap': 'It does not say that mail was withheld or destroyed.',
};

export const levelWords: Readonly<Record<FindingLevel, string>> = {
  info: 'explains something and asks for nothing',
  notice: 'deserves a look',
  conflict: 'contradicts another fact, and wants a person’s review before publication',
};
