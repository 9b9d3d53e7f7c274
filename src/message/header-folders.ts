/**
 * Folders that a message's own header section names: what programs that export a whole account into one file write,
 * because the file says nothing of folders. No standard; two exporters are known well enough to be believed.
 *
 *   X-Gmail-Labels: =?UTF-8?Q?Bo=C3=AEte_de_r=C3=A9ception,"Kai,_Nord",Hafen/2016?=   Google Takeout: a list of labels
 *   X-Folder: \ExMerge - Bass, Eric\Inbox                                         exports of Exchange (Enron): a path
 */
import { limits } from '../limits.js';
import { decodeEncodedWords } from './encoded-word.js';
import type { HeaderField } from './message.js';

/** Paths with `/`, each once, in the order of the fields. */
export function headerFolders(fields: readonly HeaderField[]): readonly string[] {
  const folders: string[] = [];
  for (const { name, body } of fields) {
    if (name.length === 14 && name.toLowerCase() === 'x-gmail-labels') addLabels(folders, body);
    else if (name.length === 8 && name.toLowerCase() === 'x-folder') addPath(folders, body);
  }
  return folders;
}

function addPath(folders: string[], body: string): void {
  const path = decodeEncodedWords(body).text;
  add(folders, path.includes('\\') ? path.split('\\').filter(Boolean).join('/') : path);
}

function addLabels(folders: string[], body: string): void {
  // The whole list is encoded, commas included.
  const list = decodeEncodedWords(body).text;
  let label = '';
  let isQuoted = false;
  for (let i = 0; i < list.length && folders.length < limits.maxHeaderFolders; i++) {
    const c = list.charAt(i);
    if (c === '"') isQuoted = !isQuoted;
    else if (c === ',' && !isQuoted) {
      add(folders, label);
      label = '';
    } else if (label.length <= limits.maxHeaderFolderCharacters) label += c;
  }
  add(folders, label);
}

/** A name that is too long is cut, so that no field makes the list of folders unreadable. */
function add(folders: string[], name: string): void {
  const shown = name
    .replace(/[\u0000-\u001f\u007f]/g, ' ')
    .trim()
    .slice(0, limits.maxHeaderFolderCharacters)
    .toWellFormed();
  if (shown !== '' && folders.length < limits.maxHeaderFolders && !folders.includes(shown))
    folders.push(shown);
}
