/** What goes out of one desk comes into another, with who and when, as often as one likes. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { exportLines, importLine } from '../../src/store/desk/exchange.js';
import { undoAct } from '../../src/store/desk/kinds.js';
import { addList } from '../../src/store/desk/lists.js';
import { markRead } from '../../src/store/desk/marks.js';
import { addNote, notesOn, rewriteNote } from '../../src/store/desk/notes.js';
import { saveSearch } from '../../src/store/desk/searches.js';
import { setReaderName } from '../../src/store/desk/settings.js';
import { addTag, tagsOn } from '../../src/store/desk/tags.js';
import { Desk } from '../../src/store/desk.js';
import { openOrCreateTrove } from '../../src/store/trove.js';
import { tempDir } from '../impart.js';

const one = createHash('sha256').update('one').digest('hex');

function deskOf(t: TestContext, as?: string): Desk {
  let now = Date.UTC(2026, 2, 1);
  const desk = new Desk(openOrCreateTrove(join(tempDir(t), 'x.trove')), { now: () => now++, as });
  t.after(() => desk.close());
  return desk;
}

const exported = (desk: Desk): string[] => desk.read((db) => Array.from(exportLines(db)), []);

function take(desk: Desk, lines: readonly string[]): Record<string, number> {
  const outcomes: Record<string, number> = {};
  desk.write((db) => {
    for (const line of lines) {
      const outcome = importLine(db, line);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
  });
  return outcomes;
}

/** One of everything, some of it undone, with the characters that break formats. */
function fill(desk: Desk): void {
  const text = 'Line one\nline "two", 😀 \u2028 end';
  desk.write((db, act) => setReaderName(db, act, 'Ida Moss'));
  const act = desk.write((db, now) => {
    addTag(db, now, [one], 'Pump, "no. 4"');
    return now.id;
  });
  desk.write((db, now) => undoAct(db, now, act));
  desk.write((db, now) => addTag(db, now, [one], 'Straße'));
  const anchor = { exact: 'paid\ntwice', prefix: '', suffix: 'x', start: 0, digest: one };
  const note = desk.write((db, now) => addNote(db, now, one, text, anchor));
  desk.write((db, now) => rewriteNote(db, now, note, `${text}!`));
  desk.write((db, now) => markRead(db, now, [one]));
  desk.write((db, now) => saveSearch(db, now, 'Pumps', 'pump OR "silt"', 'relevance'));
  desk.write((db, now) =>
    addList(db, now, { name: 'Board', content: 'a,b\r\n"c ""d"""', reading: 'words', hasHeading: true }),
  );
}

describe('an exported desk', () => {
  test('imported elsewhere is the same, line by line, and importing it again changes nothing', (t) => {
    const [here, there] = [deskOf(t), deskOf(t)];
    fill(here);
    const lines = exported(here);
    assert.equal(lines.length, 9);
    assert.deepEqual(take(there, lines), { heading: 1, added: 8 });
    assert.deepEqual(exported(there), lines);
    assert.deepEqual(take(there, lines), { heading: 1, known: 8 });
    assert.deepEqual(exported(there), lines);
  });

  test('brings in what was undone since, and never makes it stand again', (t) => {
    const [here, there] = [deskOf(t, 'Anna'), deskOf(t, 'Boris')];
    const act = here.write((db, now) => {
      addTag(db, now, [one], 'pump');
      return now.id;
    });
    const before = exported(here);
    take(there, before);
    here.write((db, now) => undoAct(db, now, act));
    assert.deepEqual(take(there, exported(here)), { heading: 1, undone: 1 });
    assert.deepEqual(take(there, before), { heading: 1, known: 1 });
    assert.deepEqual(
      there.read((db) => tagsOn(db, one), []),
      [],
    );
  });

  test('of two people who wrote apart, imported both ways, is one desk', (t) => {
    const [anna, boris] = [deskOf(t, 'Anna'), deskOf(t, 'Boris')];
    anna.write((db, act) => addNote(db, act, one, 'Ask the bank.', undefined));
    boris.write((db, act) => addNote(db, act, one, 'The bank says no.', undefined));
    take(anna, exported(boris));
    take(boris, exported(anna));
    assert.deepEqual(exported(anna), exported(boris));
    assert.deepEqual(
      anna
        .read((db) => notesOn(db, one), [])
        .map((note) => note.madeBy)
        .sort(),
      ['Anna', 'Boris'],
    );
  });

  test('does not sign for who imports it', (t) => {
    const [here, there] = [deskOf(t), deskOf(t)];
    fill(here);
    there.write((db, act) => setReaderName(db, act, 'Boris'));
    take(there, exported(here));
    assert.equal(there.reader, 'Boris');
  });

  test('refuses lines that say something else, each with a reason, and takes nothing of them', (t) => {
    const desk = deskOf(t, 'Anna');
    desk.write((db, act) => addTag(db, act, [one], 'pump'));
    const line = JSON.parse(exported(desk)[1] ?? '') as Record<string, unknown>;
    const wrong: readonly [change: Record<string, unknown>, reason: RegExp][] = [
      [{ kind: 'drop' }, /kind/],
      [{ kind: 'constructor' }, /kind/],
      [{ id: "x' OR 1" }, /id/],
      [{ at: '2026-13-45T00:00:00Z' }, /time/],
      [{ at: 5 }, /time/],
      [{ by: '' }, /name/],
      [{ by: null }, /who/],
      [{ message: 'zz' }, /SHA-256/],
      [{ message: undefined }, /message is missing/],
      [{ name: 7 }, /name is not text/],
      [{ undone: 'yes' }, /undone/],
      [{ name: 'other' }, /another row under the same id/],
    ];
    const before = exported(desk);
    for (const [change, reason] of wrong)
      assert.throws(() => take(desk, [JSON.stringify({ ...line, ...change })]), reason);
    for (const text of ['', '[]', '7', '{', '{"format":"impart-desk","version":2}'])
      assert.throws(() => take(desk, [text]), /JSON object|newer version/);
    assert.deepEqual(exported(desk), before);
  });
});
