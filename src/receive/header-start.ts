/**
 * Whether bytes start like a message (RFC 5322 2.1): header fields, at least one of them known from mail.
 *
 *   Received: from …          \r\n\r\n  >From x@y Mon …      Recieved: by …
 *   Subject: …                From: a@b                      no field\nFrom: a@b
 *
 * Real mail is damaged; a folder also holds notes and web pages. So a few bad lines are forgiven, and what
 * counts is fields that little else than mail has.
 */

/** Lower case. Seen in mail and hardly elsewhere. */
const mailFields = new Set(
  (
    'from to cc bcc subject sender reply-to message-id in-reply-to references return-path received recieved ' +
    'delivered-to envelope-to mime-version content-transfer-encoding resent-from resent-to resent-date ' +
    'resent-message-id dkim-signature domainkey-signature authentication-results received-spf arc-seal ' +
    'arc-message-signature arc-authentication-results list-id list-unsubscribe x-mailer x-mozilla-status ' +
    'x-mozilla-keys x-original-to x-gmail-labels x-gm-thrid x-gmail-received x-apparently-to x-envelope-from ' +
    'x-envelope-to x-spam-status x-spam-level x-uid x-uidl disposition-notification-to x-priority ' +
    'x-originating-ip thread-index thread-topic newsgroups apparently-to errors-to x-ymail-umid ' +
    'x-message-delivery x-store-info x-ironport-av x-notes-item autocrypt'
  ).split(' '),
);

/** Common in mail, but in HTTP, multipart bodies, calendars and notes as well; so is any name that starts with `X-`. */
const sharedFields = new Set(
  (
    'date content-type content-disposition content-id content-description content-length status x-status ' +
    'importance priority precedence user-agent organization comments keywords'
  ).split(' '),
);

const maxLines = 200;
const fieldName = /^([!-9;-~]{1,100})[ \t]{0,8}:/;

/** What the lines at the start of some bytes are. */
interface Tally {
  mail: number;
  shared: number;
  fields: number;
  malformed: number;
  /** The body follows, after an empty line. */
  ended: boolean;
  /** It starts as a calendar or a card does (RFC 5545, RFC 6350): lines like fields, and no mail. */
  readonly isOther: boolean;
}

/**
 * `text` is the start of the bytes, one character per byte. `lenient` is for a file that someone handed
 * over as mail: one field that mail shares with other things will do.
 */
export function startsLikeMessage(text: string, lenient: boolean): boolean {
  const tally = tallyLines(text);
  if (tally.malformed > 2 + tally.fields) return false;
  if (tally.isOther) return false;
  if (tally.mail > 0) return tally.mail * 4 >= tally.malformed;
  if (lenient) return tally.shared > 0 && tally.malformed <= tally.fields;
  if (tally.malformed > 0) return false;
  return (
    tally.shared > 1 ||
    (tally.shared === 1 && /^\s*content-type[ \t]*:[ \t]*(?:multipart|message|text)\//i.test(text))
  );
}

function tallyLines(text: string): Tally {
  const tally: Tally = {
    mail: 0,
    shared: 0,
    fields: 0,
    malformed: 0,
    ended: false,
    isOther: /^\s*BEGIN:V/i.test(text),
  };
  let start = text.search(/\S/);
  if (start < 0) return tally;
  for (let lines = 0; lines < maxLines && start < text.length && !isDecided(tally); lines += 1) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    tallyLine(text.slice(start, Math.min(end, start + 1000)), tally);
    start = end + 1;
  }
  return tally;
}

/** The body follows, or so many good lines came that no bad one could outweigh them. */
function isDecided(tally: Tally): boolean {
  return tally.ended || (tally.mail >= 3 && tally.malformed === 0);
}

function tallyLine(line: string, tally: Tally): void {
  if (line.trim() === '') {
    tally.ended = true;
    return;
  }
  const name = fieldName.exec(line)?.[1]?.toLowerCase();
  if (name !== undefined) {
    tally.fields += 1;
    if (mailFields.has(name)) tally.mail += 1;
    else if (sharedFields.has(name) || name.startsWith('x-')) tally.shared += 1;
    return;
  }
  const isContinuation = (line.startsWith(' ') || line.startsWith('\t')) && tally.fields > 0;
  if (!isContinuation && !/^>{0,8}From /.test(line)) tally.malformed += 1;
}
