/**
 * Builds the sample trove: `node examples/harbour/build.ts [folder]`, by default into its own folder.
 * The same bytes everywhere and every time: no clock, no randomness, no locale, no compressor.
 */
import type { KeyObject } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildBoxes, type Copy } from './boxes.ts';
import { readKey } from './dkim.ts';
import { expectedJson } from './expected.ts';
import { keyRecordFiles } from './keyrecords.ts';
import type { Letter } from './letter.ts';
import { parsePlace } from './places.ts';
import { deliver } from './post.ts';
import { story } from './story/story.ts';

function keyReader(folder: string): (name: string) => KeyObject {
  const known = new Map<string, KeyObject>();
  return (name) => {
    const key = known.get(name) ?? readKey(folder, name);
    known.set(name, key);
    return key;
  };
}

function finder(letters: readonly Letter[]): (key: string) => Letter {
  const byKey = new Map(letters.map((letter) => [letter.key, letter]));
  if (byKey.size !== letters.length) throw new Error('two letters share a key');
  return (key) => {
    const letter = byKey.get(key);
    if (!letter) throw new Error(`no letter ${key}`);
    return letter;
  };
}

/** Every file of the sample that is built, by path inside `examples/harbour`. */
export function buildSample(keysFolder: string): Map<string, Buffer> {
  const key = keyReader(keysFolder);
  const find = finder(story);
  const copies: Copy[] = story.flatMap((letter) =>
    letter.kept.map((text) => {
      const place = parsePlace(text);
      return { letter, place, stored: deliver(letter, place, { find, key }) };
    }),
  );
  const built = buildBoxes(copies);
  const files = new Map<string, Buffer>();
  for (const [path, bytes] of built.files) files.set(`mail/${path}`, bytes);
  for (const [name, bytes] of keyRecordFiles(key)) files.set(`keys/${name}`, bytes);
  files.set('expected.json', expectedJson(built, story, find));
  return files;
}

if (import.meta.main) {
  const here = import.meta.dirname;
  const target = process.argv[2] ?? here;
  rmSync(join(target, 'mail'), { recursive: true, force: true });
  for (const [path, bytes] of buildSample(join(here, 'keys'))) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), bytes);
  }
}
