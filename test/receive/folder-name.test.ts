import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  containerFolder,
  expectationOf,
  folderInside,
  maildirName,
  messageFolder,
} from '../../src/receive/folder-name.js';

test('a mailbox file is called by its name without what says how it is stored', () => {
  assert.equal(containerFolder('inbox.mbox'), 'inbox');
  assert.equal(containerFolder('inbox.mbox.gz'), 'inbox');
  assert.equal(containerFolder('Mail/Inbox.sbd/Work'), 'Mail/Inbox/Work');
  assert.equal(containerFolder('export.tar.zst'), 'export');
  assert.equal(containerFolder('v1.2'), 'v1.2');
  assert.equal(containerFolder('.mbox'), '.mbox');
});

test('Maildir++ folders are paths, in the words of IMAP', () => {
  assert.equal(messageFolder('.Sent.2016/cur/1457.M1:2,S'), 'Sent/2016');
  assert.equal(messageFolder('.Entw&APw-rfe/new/1457.M1'), 'Entwürfe');
  assert.equal(messageFolder('.R&-D/cur/1457.M1'), 'R&D');
  assert.equal(messageFolder('Lists/python/cur/1457.M1'), 'Lists/python');
  assert.equal(messageFolder('cur/1457.M1'), '');
  assert.equal(maildirName('Maildir'), 'INBOX');
  assert.equal(maildirName('users/joe/Maildir'), 'users/joe');
  assert.equal(maildirName('Sent'), 'Sent');
  assert.equal(maildirName('Mail/.Sent.2016'), 'Mail/Sent/2016');
});

test('Apple Mail folders are called by the mailbox that holds them', () => {
  assert.equal(messageFolder('INBOX.mbox/Messages/12.emlx'), 'INBOX');
  assert.equal(messageFolder('V2/a@b/Sent.mbox/8F2A/Data/1/Messages/12.emlx'), 'V2/a@b/Sent');
});

test('folders in a nested archive carry its name, those of the source do not', () => {
  const source = {
    index: 0,
    parent: -1,
    kind: 'zip',
    path: 'all.zip',
    compressions: [],
    folder: 'all',
  } as const;
  const nested = { ...source, index: 1, parent: 0, path: 'bob.zip', folder: 'bob' };
  assert.equal(folderInside(source, 'x/1.eml'), 'x');
  assert.equal(folderInside(source, '1.eml'), 'all');
  assert.equal(folderInside(nested, 'x/1.eml'), 'bob/x');
  assert.equal(folderInside(nested, '1.eml'), 'bob');
});

test('a delivered file in a Maildir is expected to be mail', () => {
  assert.equal(expectationOf('joe/cur/1457123.M1P2.host:2,S'), 'maildir');
  assert.equal(expectationOf('joe/tmp/1457123.M1P2.host'), 'file');
  assert.equal(expectationOf('joe/cur/notes.txt'), 'file');
});
