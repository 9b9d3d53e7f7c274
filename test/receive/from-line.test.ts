import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gradeFromLine } from '../../src/receive/from-line.js';

test('From_ lines as real programs write them have an envelope and an asctime date', () => {
  const lines = [
    'From sender@example.net Mon Oct 29 22:03:58 2001',
    'From 1.10969419.-2@multexinvestornetwork.com Sat Dec 29 05:31:57 2001',
    'From - Sat Jan  5 00:00:00 2013',
    'From 1457123@xxx Sat Jan 05 00:00:00 +0000 2016',
    'From "naveen.andrews@enron.com" Wed Jan 30 18:07:01 2002',
    'From "Doe, Jane" Wed Jan 30 18:07:01 PST 2002',
    'From MAILER-DAEMON Fri Jul  8 12:08:34 2011',
    'From ???@??? Mon May 12 08:11:00 1997',
    'From jane at example.net  Tue May  1 10:00:00 2007',
    'From a!b!c Tue May  1 10:00 MET DST 1990 remote from d',
    'From SRS0=aO/p=ON=bag.python.org=None@bounce2.pobox.com  Fri Nov 26 21:40:36 2004',
  ];
  for (const line of lines) assert.equal(gradeFromLine(line), 'strict', line);
});

test('other dates make a From_ line that needs a header after it', () => {
  const lines = [
    'From jane@example.net Tue, 1 May 2007 10:00:00 +0200',
    'From jane@example.net 2007-05-01 10:00:00',
    'From jane@example.net 2007-05-01T10:00:00Z',
    'From jane@example.net 5/1/2007 10:00:00 AM',
  ];
  for (const line of lines) assert.equal(gradeFromLine(line), 'dated', line);
  for (const line of ['From email_test@me.nowhere', 'From -', 'From <a@b.example>'])
    assert.equal(gradeFromLine(line), 'bare', line);
});

test('sentences are no From_ lines', () => {
  const lines = [
    'From the desk of the chairman',
    'From here on nothing is quoted.',
    'From now on, write to jane@example.net and not to me',
    'From Monday on we meet at 10:00',
    'From: jane@example.net',
    'From  :',
  ];
  for (const line of lines) assert.equal(gradeFromLine(line), undefined, line);
});

test('a From_ line made to be slow is judged as fast as others', () => {
  const hostile = [
    `From ${'Mon Jan 1 '.repeat(100)}`,
    `From ${' '.repeat(1000)}`,
    `From ${'1/1/11 1:1'.repeat(100)}`,
    `From ${'2001-01-01 '.repeat(90)}`,
  ];
  for (const line of hostile) assert.equal(gradeFromLine(line) === 'strict', false);
});
