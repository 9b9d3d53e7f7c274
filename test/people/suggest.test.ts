import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { groupAddresses } from '../../src/people/groups.js';
import { type KnownAddress, maxSharers, type Suggestion, suggestMerges } from '../../src/people/suggest.js';

function known(
  address: string,
  names: readonly string[] = [],
  directory: readonly { name?: string; dn?: string }[] = [],
  messages = 10,
): KnownAddress {
  return {
    address,
    messages,
    names: names.map((name) => ({ name, messages: messages / names.length })),
    directory: directory.map(({ name = '', dn = '' }) => ({ name, dn })),
  };
}

const pairs = (found: readonly Suggestion[]): string[] =>
  found.map(({ address, other, rule }) => `${address} ${other} ${rule}`);

describe('suggestions', () => {
  test('join addresses that one rare personal name stands for', () => {
    const found = suggestMerges([
      known('anna.berg@harbour.example', ['Anna Berg'], [], 30),
      known('aberg@home.example', ['Berg, Anna']),
      known('bob@harbour.example', ['Bob Lund']),
    ]);
    assert.deepEqual(pairs(found), ['anna.berg@harbour.example aberg@home.example display-name']);
    assert.match(
      found[0]?.reason ?? '',
      /“Anna Berg” and “Berg, Anna”, and no other address bears that name\./,
    );
  });

  test(`stop at ${maxSharers} addresses of one name: beyond it the name is common`, () => {
    const sharing = (count: number) =>
      Array.from({ length: count }, (_, i) => known(`a${i}@x.example`, ['John Smith']));
    assert.equal(suggestMerges(sharing(maxSharers)).length, maxSharers - 1);
    assert.deepEqual(suggestMerges(sharing(maxSharers + 1)), []);
  });

  test('never join functions, lists and people without a full name', () => {
    for (const name of ['Admin', 'System Administrator', 'Sales Team', 'Anna', 'info@x.example', ''])
      assert.deepEqual(suggestMerges([known('a@x.example', [name]), known('b@y.example', [name])]), [], name);
  });

  test('take no name from an address that several people write from', () => {
    const list = known('list@x.example', ['Anna Berg', 'Bob Lund', 'Cara Moss']);
    assert.deepEqual(suggestMerges([list, known('anna@y.example', ['Anna Berg'])]), []);
  });

  test('take no name that is a slip in few of many messages', () => {
    const anna: KnownAddress = {
      address: 'anna@x.example',
      messages: 101,
      names: [
        { name: 'Anna Berg', messages: 100 },
        { name: 'Bob Lund', messages: 1 },
      ],
      directory: [],
    };
    assert.deepEqual(suggestMerges([anna, known('bob@x.example', ['Bob Lund'])]), []);
  });

  test('do not join two people whose initials differ', () => {
    assert.deepEqual(
      suggestMerges([known('a@x.example', ['John A. Smith']), known('b@x.example', ['John B. Smith'])]),
      [],
    );
  });

  test('find an Exchange entry behind a short address of the same organisation, and of no other', () => {
    const dn = '/o=enron/ou=na/cn=recipients/cn=pallen';
    const phillip = known('phillip.allen@enron.com', [], [{ name: 'Allen, Phillip K.', dn }], 50);
    assert.deepEqual(pairs(suggestMerges([phillip, known('pallen@enron.com')])), [
      'phillip.allen@enron.com pallen@enron.com directory-entry',
    ]);
    assert.deepEqual(suggestMerges([phillip, known('pallen@hotmail.com')]), []);
    const elsewhere = known('phillip.allen@other.com', [], [{ dn }], 50);
    assert.deepEqual(suggestMerges([elsewhere, known('pallen@other.com')]), []);
  });

  test('join addresses that share an Exchange entry, unless it is a gateway’s', () => {
    const dn = '/o=enron/ou=na/cn=recipients/cn=kward';
    const sharing = (count: number) =>
      Array.from({ length: count }, (_, i) => known(`k${i}@x.example`, [], [{ dn }]));
    assert.equal(suggestMerges(sharing(2)).length, 1);
    assert.deepEqual(suggestMerges(sharing(maxSharers + 1)), []);
  });

  test('join quoted addresses and sub-addresses, but no bounce addresses of a list', () => {
    const found = suggestMerges([
      known('anna@x.example', [], [], 90),
      known("'anna@x.example'"),
      known('anna+list@x.example'),
      known('list-bounces+anna=x.example@y.example'),
      known('list-bounces+bob=x.example@y.example'),
    ]);
    assert.deepEqual(pairs(found).sort(), [
      "anna@x.example 'anna@x.example' same-address",
      'anna@x.example anna+list@x.example same-address',
    ]);
  });

  test('name a pair once, by its strongest rule, the busiest first', () => {
    const found = suggestMerges([
      known('anna@x.example', ['Anna Berg'], [{ name: 'Anna Berg' }], 100),
      known('anna+news@x.example', ['Anna Berg'], [{ name: 'Anna Berg' }], 5),
      known('bob@x.example', ['Bob Lund'], [], 90),
      known('lund@y.example', ['Bob Lund'], [], 80),
    ]);
    assert.deepEqual(pairs(found), [
      'bob@x.example lund@y.example display-name',
      'anna@x.example anna+news@x.example same-address',
    ]);
  });

  test('do not depend on the order of the addresses', () => {
    const addresses = [
      known('anna@x.example', ['Anna Berg'], [], 7),
      known('berg@y.example', ['Anna Berg'], [], 7),
      known('a.berg@z.example', ['Berg, Anna'], [], 7),
    ];
    assert.deepEqual(
      pairs(suggestMerges(addresses)).sort(),
      pairs(suggestMerges(addresses.toReversed())).sort(),
    );
  });
});

describe('groups', () => {
  const same = (...statements: string[]) =>
    groupAddresses(
      statements.map((statement) => {
        const [address = '', other = ''] = statement.split('=');
        return { address, other };
      }),
    ).map((group) => group.sort().join(' '));

  test('are what statements join, through any number of them', () => {
    assert.deepEqual(same('a=b', 'c=d', 'e=f', 'b=c', 'a=d').sort(), ['a b c d', 'e f']);
    assert.deepEqual(same(), []);
  });

  test('of a chain of thousands cost no more than their members', () => {
    const chain = Array.from({ length: 5_000 }, (_, i) => `a${i}=a${i + 1}`);
    assert.equal(same(...chain)[0]?.split(' ').length, 5_001);
  });
});
