/**
 * What context shows of a message: findings with facts and innocent causes, never a score.
 *
 *   { code: 'message-id-time-differs', level: 'conflict', facts: ['Date says 2014-03-02 …', 'its Message-ID …'],
 *     others: [] }
 */

/** `info` explains, `notice` deserves a look, `conflict` wants a person's review before publication. */
export const findingLevels = ['info', 'notice', 'conflict'] as const;
export type FindingLevel = (typeof findingLevels)[number];

export type FindingCode =
  | 'signed-far-from-date'
  | 'received-out-of-order'
  | 'date-far-from-received'
  | 'date-implausible'
  | 'message-id-time-differs'
  | 'boundary-time-differs'
  | 'thread-index-after-date'
  | 'provider-stamp-differs'
  | 'anachronism'
  | 'parent-after-child'
  | 'copies-differ'
  | 'quotation-differs'
  | 'reference-missing'
  | 'volume-gap';

export interface Finding {
  readonly code: FindingCode;
  readonly level: FindingLevel;
  /** Sentences without their full stop, each with its source. */
  readonly facts: readonly string[];
  /** Numbers of the messages that it was compared with; none where it speaks of the message alone. */
  readonly others: readonly number[];
}

export interface FindingRule {
  readonly title: string;
  /** What the rule compares, and why a difference matters. */
  readonly meaning: string;
  readonly benign: readonly string[];
  /** Raised whenever the rule would say something else of the same message. */
  readonly version: number;
}

const wrongClock = 'the clock of the sending computer was wrong';
const keptAsDraft = 'the message was written, dated and kept as a draft, and sent later';

export const findingRules: Readonly<Record<FindingCode, FindingRule>> = {
  'signed-far-from-date': {
    title: 'Signed long before or after its date',
    meaning:
      'A DKIM signature states when it was made (t=). A server signs when a message is sent, so that the time should be close to the Date field.',
    benign: [wrongClock, keptAsDraft, 'a list or an archive signed the message again much later'],
    version: 1,
  },
  'received-out-of-order': {
    title: 'Received fields out of order',
    meaning:
      'Each server puts its Received field on top. From bottom to top their times should not run backwards by more than clocks are wrong.',
    benign: ['the clock of one server was wrong', 'a program sorted or rewrote the header fields'],
    version: 1,
  },
  'date-far-from-received': {
    title: 'Date far from the first Received field',
    meaning: 'The Date field is written by the sender, the first Received field by the first server.',
    benign: [
      wrongClock,
      keptAsDraft,
      'the message waited in a queue',
      'the message was resent or moved between servers',
    ],
    version: 1,
  },
  'date-implausible': {
    title: 'Date before e-mail as we know it',
    meaning: 'The Date field is before 1980 or after 2100, so that nothing can be compared with it.',
    benign: [
      'the clock of the sending computer was never set',
      'a program wrote no date and a converter put zero',
    ],
    version: 1,
  },
  'message-id-time-differs': {
    title: 'The Message-ID holds another time than Date',
    meaning:
      'Many programs build the time of writing into the Message-ID. Somebody who changes the Date field seldom changes it as well.',
    benign: [
      wrongClock,
      keptAsDraft,
      'the identifier only looks like a time',
      'a server added the Message-ID later',
    ],
    version: 1,
  },
  'boundary-time-differs': {
    title: 'The boundary of its parts holds another time than Date',
    meaning: 'Some programs build the time of writing into the line that separates the parts of a message.',
    benign: [wrongClock, keptAsDraft, 'the message was forwarded or resent with its old parts'],
    version: 1,
  },
  'thread-index-after-date': {
    title: 'The conversation began after the message was dated',
    meaning:
      'Outlook and Exchange write into Thread-Index when a conversation began. No message of it can be older.',
    benign: [wrongClock, 'another program copied the field from a later message'],
    version: 1,
  },
  'provider-stamp-differs': {
    title: 'A provider’s internal stamp disagrees with its own date',
    meaning:
      'Google ends the identifiers in its Received fields with the time in milliseconds. It should agree with the date in the same field.',
    benign: ['the message waited in a queue of the provider'],
    version: 1,
  },
  anachronism: {
    title: 'Something in it is younger than its date',
    meaning:
      'The header has a field or a protocol that did not exist yet on the day that Date states. The table of days is in the documentation.',
    benign: [wrongClock, 'an archive or a list added the field much later', 'the message was resent'],
    version: 1,
  },
  'parent-after-child': {
    title: 'Answered before it was written',
    meaning: 'The message that this one answers (In-Reply-To) is dated after it.',
    benign: [wrongClock, 'a time zone was written wrongly', 'the program named the wrong message'],
    version: 1,
  },
  'copies-differ': {
    title: 'Copies with one Message-ID differ',
    meaning:
      'Messages with the same Message-ID are copies of one. Their text or their main fields differ after line ends and blanks are ignored.',
    benign: [
      'a mailing list or a gateway added a footer or a tag to the subject',
      'the copy in a sent folder lacks what a server added',
      'a broken program used one Message-ID for several messages',
    ],
    version: 1,
  },
  'quotation-differs': {
    title: 'A quotation has other words than its original',
    meaning:
      'The message quotes another one of the collection, and words in the quotation are not those of the message that it quotes.',
    benign: [
      'the one who answered shortened or corrected the quotation, as many do',
      'the quoted message is a later version of the same text',
      'a program converted characters or links',
    ],
    version: 1,
  },
  'reference-missing': {
    title: 'Refers to messages that are not in this collection',
    meaning:
      'References or In-Reply-To name messages that nobody handed over. They may exist elsewhere; that they are missing is not a sign that they were removed.',
    benign: [
      'the collection holds the mail of other people or of another time',
      'the message was deleted long before the mail was collected',
      'a mailing list or a program gave the message another Message-ID',
    ],
    version: 1,
  },
  'volume-gap': {
    title: 'First message after an unusual silence',
    meaning:
      'The writer wrote regularly before and after, and far longer than is usual for them there is nothing in this collection.',
    benign: [
      'holidays, illness, leave or another duty',
      'the writer used another address or another way to write',
      'the mail of that time was kept elsewhere or deleted by a retention rule',
    ],
    version: 1,
  },
};

/** As the command prints it and an evidence record holds it: with innocent causes and the version of its rule. */
export interface ToldFinding extends Finding {
  readonly benign: readonly string[];
  readonly rule: number;
}

export const tellFinding = (finding: Finding): ToldFinding => {
  const { benign, version } = findingRules[finding.code];
  return { ...finding, benign, rule: version };
};

export const findingCodes = Object.keys(findingRules) as readonly FindingCode[];
