/**
 * Loaded into a receive before the program (`node --import`): writes down every fsync and rename that it has done by
 * itself, SQLite's apart, so that a test knows what a power loss cannot take.
 *
 *   {"sync":"/t/originals/incoming/1","bytes":4096}   these bytes of the file are on disk
 *   {"sync":"/t/originals","names":["incoming"]}      these names of the directory are
 *   {"rename":["/t/trove.json.new","/t/trove.json"]}
 */
import fs, { type PathLike } from 'node:fs';
import fsPromises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const path = process.env.IMPART_LEDGER ?? '';
const { appendFileSync, fsyncSync, fdatasyncSync, fstatSync, readlinkSync, readdirSync, renameSync } = fs;

function note(entry: object): void {
  appendFileSync(path, `${JSON.stringify(entry)}\n`);
}

/** What a sync that starts now will have put on disk. */
function atStart(file: number): object {
  const sync = readlinkSync(`/proc/self/fd/${file}`);
  const status = fstatSync(file);
  return status.isDirectory() ? { sync, names: readdirSync(sync) } : { sync, bytes: status.size };
}

fs.fsyncSync = (file) => {
  const entry = atStart(file);
  fsyncSync(file);
  note(entry);
};
fs.fdatasyncSync = (file) => {
  const entry = atStart(file);
  fdatasyncSync(file);
  note(entry);
};
fs.renameSync = (from, to) => {
  renameSync(from, to);
  note({ rename: [String(from), String(to)] });
};
const { rename } = fsPromises;
fsPromises.rename = async (from: PathLike, to: PathLike) => {
  await rename(from, to);
  note({ rename: [String(from), String(to)] });
};

const any = await fsPromises.open(process.execPath);
const handle = Object.getPrototypeOf(any) as typeof any;
await any.close();
for (const name of ['sync', 'datasync'] as const) {
  const original = handle[name];
  handle[name] = async function (this: typeof any) {
    const entry = atStart(this.fd);
    await original.call(this);
    note(entry);
  };
}
syncBuiltinESMExports();
