/** What a source looked like when its receive began: enough to tell, without reading it, that it is the same one. */
import { createHash } from 'node:crypto';
import { opendir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Size and modification time of a file; for a folder, a hash over those of everything in it. Empty where it cannot be read. */
export async function sourceStamp(path: string): Promise<string> {
  try {
    const info = await stat(path);
    if (!info.isDirectory()) return `${info.size} ${info.mtimeMs}`;
    return await folderStamp(path);
  } catch {
    return '';
  }
}

async function folderStamp(root: string): Promise<string> {
  const lines: string[] = [];
  const open = [root];
  for (let dir = open.pop(); dir !== undefined; dir = open.pop()) {
    for await (const entry of await opendir(dir)) {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) open.push(path);
      else if (entry.isFile()) {
        const info = await stat(path);
        lines.push(`${relative(root, path)}\0${info.size}\0${info.mtimeMs}`);
      }
    }
  }
  const hash = createHash('sha256');
  for (const line of lines.sort()) hash.update(`${line}\n`);
  return `folder ${lines.length} ${hash.digest('hex')}`;
}
