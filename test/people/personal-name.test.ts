import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDirectoryName } from '../../src/people/directory-name.js';
import { initialsAgree, parsePersonalName } from '../../src/people/personal-name.js';

describe('a personal name', () => {
  const same = [
    'Phillip K Allen',
    'Allen, Phillip K.',
    '"Phillip K. Allen"',
    'Allen, Phillip K. (Gas Desk)',
    'PHILLIP K ALLEN',
    'Dr. Phillip K. Allen, PhD',
    'Phillip K Allen/HOU/ECT',
  ];
  for (const written of same)
    test(`${written} is phillip allen, with the initial k`, () => {
      assert.deepEqual(parsePersonalName(written), { key: 'phillip allen', initials: 'k' });
    });

  test('is compared without accents, and keeps what is inside a name', () => {
    assert.equal(parsePersonalName('Zoë Penhallow')?.key, 'zoe penhallow');
    assert.equal(parsePersonalName("Winfree, O'Neal D.")?.key, "o'neal winfree");
    assert.equal(parsePersonalName('Doug Gilbert-Smith')?.key, 'doug gilbert-smith');
  });

  test('tells father from son', () => {
    assert.notEqual(
      parsePersonalName('Errol McLaughlin Jr.')?.key,
      parsePersonalName('Errol McLaughlin')?.key,
    );
  });

  const none = [
    'Admin',
    'IT Admin',
    'Information Desk',
    'Mailing List',
    'Power Marketers',
    'Specials at CDNOW',
    'The New York Times Direct',
    'no-reply',
    'Bob via openbmc',
    'Anna on behalf of Bob',
    'anna@x.example',
    'petroleumargus.com',
    'Smith & Sons',
    'Agent 007',
    'Anna',
    'A. B.',
    '王伟',
    '',
    'Smith, John, Jane, Bob',
    'one two three four five six',
    'x '.repeat(100),
  ];
  for (const written of none)
    test(`${JSON.stringify(written.slice(0, 40))} tells nobody from others`, () => {
      assert.equal(parsePersonalName(written), undefined);
    });

  test('agrees with another unless both give an initial and it differs', () => {
    const name = (text: string) => parsePersonalName(text) ?? assert.fail(text);
    assert.ok(initialsAgree(name('John A. Smith'), name('John Smith')));
    assert.ok(initialsAgree(name('John A. Smith'), name('Smith, John A')));
    assert.ok(!initialsAgree(name('John A. Smith'), name('John B. Smith')));
  });
});

describe('a directory name', () => {
  test('has a name, a distinguished name, or both', () => {
    assert.deepEqual(parseDirectoryName('Baumbach, David </O=ENRON/OU=NA/CN=RECIPIENTS/CN=DBAUMBA>'), {
      name: 'Baumbach, David',
      dn: '/o=enron/ou=na/cn=recipients/cn=dbaumba',
    });
    assert.deepEqual(parseDirectoryName('Phillip K Allen'), { name: 'Phillip K Allen', dn: '' });
    assert.deepEqual(parseDirectoryName('Phillip K Allen/HOU/ECT@ECT'), { name: 'Phillip K Allen', dn: '' });
    assert.deepEqual(parseDirectoryName('</O=ENRON/OU=NA/CN=RECIPIENTS/CN=DBAUMBA>'), {
      name: '',
      dn: '/o=enron/ou=na/cn=recipients/cn=dbaumba',
    });
    assert.deepEqual(parseDirectoryName('"Christina M. Kirby" <geninfo@state-bank.com>@ENRON'), {
      name: 'Christina M. Kirby',
      dn: '',
    });
  });

  test('is none where it only repeats an address', () => {
    for (const body of ['flash@icruise.com', '<a@b.example>', '', '   ', 'x@y <z@w>'])
      assert.equal(parseDirectoryName(body), undefined, body);
  });

  test('does not take the placeholders of outside senders for entries', () => {
    assert.equal(parseDirectoryName('Bob <??Sundisclosed-recipients:;@ENRON>')?.dn, '');
  });

  test('ends at once, however long the field', () => {
    const start = process.cpuUsage().user;
    parseDirectoryName(`</o=${'/cn='.repeat(500_000)}`);
    assert.ok(process.cpuUsage().user - start < 200_000);
  });
});
