/**
 * A meeting request (RFC 5545, RFC 6047).
 *
 *   BEGIN:VCALENDAR … METHOD:REQUEST … DTSTART:20150318T100000Z
 */
export interface Meeting {
  readonly uid: string;
  /** `20150311T091500Z` */
  readonly stamp: string;
  readonly start: string;
  readonly end: string;
  readonly summary: string;
  readonly location: string;
  readonly description: string;
  readonly organizer: string;
  readonly attendees: readonly string[];
}

/** RFC 5545 3.1: lines of at most 75 octets, continued with a blank. The texts of the sample are ASCII. */
function fold(line: string): string {
  const pieces = [line.slice(0, 74)];
  for (let at = 74; at < line.length; at += 73) pieces.push(line.slice(at, at + 73));
  return pieces.join('\n ');
}

function text(value: string): string {
  return value.replace(/([\\;,])/g, '\\$1').replace(/\n/g, '\\n');
}

export function calendarRequest(meeting: Meeting): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'PRODID:-//Eastmarch Harbour Authority//Calendar 14.0//EN',
    'VERSION:2.0',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `UID:${meeting.uid}`,
    'SEQUENCE:0',
    `DTSTAMP:${meeting.stamp}`,
    `DTSTART:${meeting.start}`,
    `DTEND:${meeting.end}`,
    `SUMMARY:${text(meeting.summary)}`,
    `LOCATION:${text(meeting.location)}`,
    `DESCRIPTION:${text(meeting.description)}`,
    `ORGANIZER:mailto:${meeting.organizer}`,
    ...meeting.attendees.map(
      (address) => `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${address}`,
    ),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\n')}\n`;
}
