import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDate } from '../../src/message/date.js';

function read(body: string): string | undefined {
  const date = parseDate(body);
  if (date === undefined) return undefined;
  const zone = date.zoneMinutes === undefined ? '?' : String(date.zoneMinutes);
  return `${new Date(date.time).toISOString().slice(0, 19)} ${zone}${date.obsolete ? ' obsolete' : ''}`;
}

describe('dates', () => {
  const examples: [string, string | undefined][] = [
    ['Fri, 21 Nov 1997 09:55:06 -0600', '1997-11-21T15:55:06 -360'],
    ['21 Nov 1997 09:55 -0600', '1997-11-21T15:55:00 -360'],
    ['Thu,  1 May 2003 10:52:37 +0200', '2003-05-01T08:52:37 120'],
    ['Tue, 1 Jul 2003 10:52:37 +0000 (UTC)', '2003-07-01T10:52:37 0'],
    ['Tue, 1 Jul 2003 10:52:37 -0000', '2003-07-01T10:52:37 ?'],
    ['Fri, 21 Nov 1997 09(comment):   55  :  06 -0600', '1997-11-21T15:55:06 -360'],
    ['21 Nov 97 09:55:06 GMT', '1997-11-21T09:55:06 0 obsolete'],
    ['1 Jan 49 00:00 Z', '2049-01-01T00:00:00 0 obsolete'],
    ['1 Jan 50 00:00 Z', '1950-01-01T00:00:00 0 obsolete'],
    ['1 Jan 101 00:00 EST', '2001-01-01T05:00:00 -300 obsolete'],
    ['Sat, 6 Aug 0001 00:06:06 -0800 (PST)', '2001-08-06T08:06:06 -480 obsolete'],
    ['Mon Oct 29 14:03:58 2001', '2001-10-29T14:03:58 ? obsolete'],
    ['Mon Oct 29 14:03:58 PST 2001', '2001-10-29T22:03:58 -480 obsolete'],
    ['2001-10-29T14:03:58.123+05:30', '2001-10-29T08:33:58 330 obsolete'],
    ['2001-10-29 14:03:58Z', '2001-10-29T14:03:58 0 obsolete'],
    ['10/29/2001 2:03 PM', '2001-10-29T14:03:00 ? obsolete'],
    ['29.10.2001 14:03', '2001-10-29T14:03:00 ? obsolete'],
    ['29-Oct-01 14:03:58 -0800', '2001-10-29T22:03:58 -480 obsolete'],
    ['Mon, 29 October 2001 14:03:58 -0800', '2001-10-29T22:03:58 -480 obsolete'],
    ['Mon, 29 Oct 2001 14:03:58 XYZ', '2001-10-29T14:03:58 ? obsolete'],
    ['29 Feb 2004 00:00:00 +0000', '2004-02-29T00:00:00 0'],
    ['29 Feb 2005 00:00:00 +0000', undefined],
    ['31 Apr 2005 00:00:00 +0000', undefined],
    ['29 Feb 1900 00:00:00 +0000', undefined],
    ['Wed, 15 Dec 2010    59:10 -0500', undefined],
    ['yesterday', undefined],
    ['', undefined],
  ];
  for (const [body, expected] of examples) {
    test(`${body || 'nothing'} is ${expected ?? 'no date'}`, () => assert.equal(read(body), expected));
  }
});
