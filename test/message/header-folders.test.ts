import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../../src/limits.js';
import { headerFolders } from '../../src/message/header-folders.js';
import { parseMessage } from '../../src/message/parse.js';

const foldersOf = (...fields: string[]): readonly string[] =>
  headerFolders(parseMessage(Buffer.from(`${fields.join('\r\n')}\r\n\r\nHello\r\n`)).fields);

test('labels of Google Takeout are a list, encoded as a whole, with commas in quotation marks', () => {
  // As reported from real exports: stalwartlabs/vandelay#7, UAlbanyArchives/mailbagit#183, suitenumerique/messages#172.
  assert.deepEqual(foldersOf('X-Gmail-Labels: =?UTF-8?Q?=C3=85pnet,Kategori:_Reklame?='), [
    'Åpnet',
    'Kategori: Reklame',
  ]);
  assert.deepEqual(foldersOf('X-Gmail-Labels: Inbox,Important,Opened,Category Personal'), [
    'Inbox',
    'Important',
    'Opened',
    'Category Personal',
  ]);
  assert.deepEqual(
    foldersOf(
      'X-Gmail-Labels: =?UTF-8?Q?Inbox,"Culture,_associations,_=C3=A9v=C3=A9ne?=',
      ' =?UTF-8?Q?ments",Hafen/2016?=',
    ),
    ['Inbox', 'Culture, associations, événements', 'Hafen/2016'],
  );
  assert.deepEqual(foldersOf('X-Gmail-Labels: ,, Inbox ,Inbox,"open'), ['Inbox', 'open']);
});

test('folders of Exchange exports are paths', () => {
  assert.deepEqual(foldersOf('X-Folder: \\ExMerge - Bass, Eric\\Inbox'), ['ExMerge - Bass, Eric/Inbox']);
  assert.deepEqual(foldersOf('x-folder: Inbox/Listservs', 'X-FOLDER: \\a\\b\\'), ['Inbox/Listservs', 'a/b']);
  assert.deepEqual(foldersOf('X-Folder: ', 'X-Folder: \\\\', 'X-Folders: a', 'Folder: b'), []);
});

test('a header section names no more folders than the limit, and none longer', () => {
  const labels = (count: number): string => Array.from({ length: count }, (_, i) => `l${i}`).join(',');
  assert.equal(
    foldersOf(`X-Gmail-Labels: ${labels(limits.maxHeaderFolders)}`).length,
    limits.maxHeaderFolders,
  );
  assert.equal(
    foldersOf(`X-Gmail-Labels: ${labels(limits.maxHeaderFolders + 1)}`, 'X-Folder: more').length,
    limits.maxHeaderFolders,
  );
  for (const name of ['X-Gmail-Labels', 'X-Folder']) {
    const whole = 'x'.repeat(limits.maxHeaderFolderCharacters);
    assert.deepEqual(foldersOf(`${name}: ${whole}`), [whole]);
    assert.deepEqual(foldersOf(`${name}: ${whole}y`), [whole]);
  }
});
