/**
 * What a reader would call the folder that mail lies in, from paths that programs chose.
 *
 *   inbox.mbox.gz                        inbox
 *   Mail/Inbox.sbd/Work                  Mail/Inbox/Work          (Thunderbird)
 *   .Sent.2016/cur/1457.M1:2,S           Sent/2016                (Maildir++)
 *   .Entw&APw-rfe/cur/…                  Entwürfe                 (RFC 3501 5.1.3)
 *   INBOX.mbox/Messages/12.emlx          INBOX                    (Apple Mail)
 *
 * Names are data: what they say is shown, never opened.
 */
import type { Container } from './source.js';

const compressionSuffix = /\.(?:gz|gzip|z|zst|zstd|xz|bz2|bzip2)$/i;
const containerSuffix =
  /\.(?:mbox|mbx|mboxrd|mboxo|mboxcl2?|mail|tar|tgz|tbz2?|txz|tzst|zip|sbd|pst|ost|olm|eml|emlx|msg|7z|rar)$/i;

/** Folder of a container that holds one mailbox or archive. `path` is its path inside the parent. */
export function containerFolder(path: string): string {
  return joinFolders(components(path).map(withoutSuffixes));
}

/** Folder of a message file at `path` inside an archive or a folder of files; '' at its top. */
export function messageFolder(path: string): string {
  const directories = components(path).slice(0, -1);
  const last = directories.at(-1);
  if (last === 'cur' || last === 'new' || last === 'tmp') return maildirFolder(directories.slice(0, -1));
  return joinFolders(withoutAppleInternals(directories).map(withoutSuffixes));
}

/** Folder of a message at `path` inside a container, in the words of the whole source. */
export function folderInside(container: Container, path: string): string {
  return joinFolders([prefixOf(container), messageFolder(path)]) || container.folder;
}

/** A delivered message in a Maildir is mail whatever it looks like; of another file its bytes must say so. */
export function expectationOf(path: string): 'maildir' | 'file' {
  return /(?:^|\/)(?:cur|new)\/\d{1,20}\.[^/]+$/.test(path) ? 'maildir' : 'file';
}

/** What the folders inside a container are called first: nothing for the source, which everything is in. */
export function prefixOf(container: Container): string {
  return container.parent < 0 ? '' : container.folder;
}

/** Folder of a Maildir itself: `users/joe/Maildir` is the inbox of joe. */
export function maildirName(path: string): string {
  const names = components(path);
  if (/^\.?maildir$/i.test(names.at(-1) ?? '')) names.pop();
  return maildirFolder(names) || 'INBOX';
}

/** Folder named by the directories above `cur`, `new`, `tmp`; '' for the mailbox itself. */
function maildirFolder(directories: readonly string[]): string {
  const names = directories.flatMap((name) => (name.startsWith('.') ? name.slice(1).split('.') : [name]));
  return joinFolders(names.map(decodeMailboxName));
}

function components(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}

export function joinFolders(names: readonly string[]): string {
  return names.filter((name) => name !== '').join('/');
}

function withoutSuffixes(name: string): string {
  const stripped = name.replace(compressionSuffix, '').replace(containerSuffix, '');
  return stripped === '' ? name : stripped;
}

/** Apple Mail keeps `INBOX.mbox/<uuid>/Data/1/2/Messages/12.emlx`; only the first name means something to a reader. */
function withoutAppleInternals(directories: readonly string[]): readonly string[] {
  if (directories.at(-1) !== 'Messages') return directories;
  const mailbox = directories.findLastIndex((name) => name.toLowerCase().endsWith('.mbox'));
  return mailbox < 0 ? directories : directories.slice(0, mailbox + 1);
}

/** Modified UTF-7 (RFC 3501 5.1.3), as IMAP servers name their Maildir folders; a name that is none is returned as it is. */
function decodeMailboxName(name: string): string {
  if (!name.includes('&')) return name;
  return name.replace(/&([A-Za-z0-9+,]{0,200})-/g, (whole, encoded: string) => {
    if (encoded === '') return '&';
    const bytes = Buffer.from(encoded.replaceAll(',', '/'), 'base64');
    return bytes.length < 2
      ? whole
      : bytes
          .subarray(0, bytes.length & ~1)
          .swap16()
          .toString('utf16le');
  });
}
