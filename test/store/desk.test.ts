/** What people wrote stands until they take it back, and even then nothing of it is lost. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, type TestContext, test } from 'node:test';
import { OperatorError } from '../../src/errors.js';
import { limits } from '../../src/limits.js';
import { undoAct } from '../../src/store/desk/kinds.js';
import { findMark, markRead, markUnread } from '../../src/store/desk/marks.js';
import { addNote, anchorOf, notesOn, rewriteNote } from '../../src/store/desk/notes.js';
import { setReaderName } from '../../src/store/desk/settings.js';
import { addTag, messagesTagged, removeTag, tagCounts, tagsOn } from '../../src/store/desk/tags.js';
import { Desk, deskPath } from '../../src/store/desk.js';
import { lockTrove, openOrCreateTrove, type Trove } from '../../src/store/trove.js';
import { tempDir } from '../impart.js';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const one = hashOf('one');
const two = hashOf('two');

function emptyTrove(t: TestContext): Trove {
  return openOrCreateTrove(join(tempDir(t), 'x.trove'));
}

function deskOf(t: TestContext, trove: Trove, as?: string): Desk {
  let now = 1_000;
  const desk = new Desk(trove, { now: () => now++, as });
  t.after(() => desk.close());
  return desk;
}

/** Everything that the file holds of a kind, undone or not. */
function allRows(trove: Trove, kind: string): Record<string, unknown>[] {
  const db = new DatabaseSync(deskPath(trove), { readOnly: true });
  const rows = db.prepare(`SELECT * FROM ${kind} ORDER BY made_at`).all();
  db.close();
  return rows;
}

describe('the desk', () => {
  test('is made by the first write, and reading goes without it', (t) => {
    const trove = emptyTrove(t);
    const desk = deskOf(t, trove, 'Anna');
    assert.deepEqual(desk.read(tagCounts, []), []);
    assert.equal(desk.version, 0);
    assert.equal(existsSync(deskPath(trove)), false);
    desk.write((db, act) => addTag(db, act, [one], 'Pump'));
    assert.deepEqual(desk.read(tagCounts, []), [{ key: 'pump', name: 'Pump', messages: 1 }]);
  });

  test('is written while mail is being received', (t) => {
    const trove = emptyTrove(t);
    const unlock = lockTrove(trove);
    t.after(unlock);
    assert.equal(
      deskOf(t, trove).write((db, act) => addTag(db, act, [one], 'pump')),
      1,
    );
  });

  test('shows at once what another process wrote', (t) => {
    const trove = emptyTrove(t);
    const [anna, boris] = [deskOf(t, trove, 'Anna'), deskOf(t, trove, 'Boris')];
    anna.write((db, act) => addTag(db, act, [one], 'pump'));
    const before = boris.version;
    anna.write((db, act) => addTag(db, act, [two], 'pump'));
    assert.notEqual(boris.version, before);
    assert.equal(boris.read(tagCounts, [])[0]?.messages, 2);
    assert.equal(boris.version, boris.version);
  });

  test('knows a reader by the name that they set, by --as, or by the name of the system', (t) => {
    const trove = emptyTrove(t);
    const desk = deskOf(t, trove);
    assert.notEqual(desk.reader, '');
    desk.write((db, act) => setReaderName(db, act, '  Anna\u202e  Berg\n'));
    assert.equal(desk.reader, 'Anna Berg');
    desk.write((db, act) => setReaderName(db, act, 'A. Berg'));
    assert.equal(desk.reader, 'A. Berg');
    assert.equal(deskOf(t, trove, 'Boris').reader, 'Boris');
  });

  test('of an older or newer program: the older is brought up to date, the newer refused', (t) => {
    const trove = emptyTrove(t);
    deskOf(t, trove).write((db, act) => addTag(db, act, [one], 'pump'));
    const db = new DatabaseSync(deskPath(trove));
    db.exec('PRAGMA user_version = 999');
    db.close();
    const isNewer = (error: unknown): boolean =>
      error instanceof OperatorError && error.code === 'trove-newer';
    assert.throws(() => deskOf(t, trove).read(tagCounts, []), isNewer);
    assert.throws(() => deskOf(t, trove).write((db, act) => addTag(db, act, [two], 'pump')), isNewer);
  });

  test('keeps nothing of a write that fails half way', (t) => {
    const trove = emptyTrove(t);
    const desk = deskOf(t, trove);
    assert.throws(() =>
      desk.write((db, act) => {
        addTag(db, act, [one], 'pump');
        throw new RangeError('stop');
      }),
    );
    assert.deepEqual(desk.read(tagCounts, []), []);
    desk.write((db, act) => addTag(db, act, [two], 'pump'));
    assert.equal(desk.read(tagCounts, [])[0]?.messages, 1);
  });
});

describe('a tag', () => {
  test('on a result is one act, and one undo takes back what it added and no more', (t) => {
    const trove = emptyTrove(t);
    const desk = deskOf(t, trove, 'Anna');
    desk.write((db, act) => addTag(db, act, [one], 'Pump'));
    const { id, added } = desk.write((db, act) => ({
      id: act.id,
      added: addTag(db, act, [one, two, two], 'PUMP'),
    }));
    assert.equal(added, 1);
    assert.equal(desk.read(tagCounts, [])[0]?.messages, 2);
    assert.equal(
      desk.write((db, act) => undoAct(db, act, id)),
      1,
    );
    assert.deepEqual(
      desk.read(
        (db) => Array.from(messagesTagged(db, 'pump', false), (sha) => Buffer.from(sha).toString('hex')),
        [],
      ),
      [one],
    );
    const rows = allRows(trove, 'tag');
    assert.equal(rows.length, 2);
    assert.deepEqual(
      rows.map((row) => row.undone_by),
      [null, 'Anna'],
    );
  });

  test('is the same in any letter case and spelling of its accents, and another with another accent', (t) => {
    const desk = deskOf(t, emptyTrove(t));
    desk.write((db, act) => addTag(db, act, [one], 'Müller'));
    assert.equal(
      desk.write((db, act) => addTag(db, act, [one], 'mu\u0308LLER')),
      0,
    );
    assert.equal(
      desk.write((db, act) => addTag(db, act, [one], 'Muller')),
      1,
    );
    assert.deepEqual(
      desk.read((db) => tagsOn(db, one), []).map((tag) => tag.name),
      ['Muller', 'Müller'],
    );
    assert.equal(
      desk.write((db, act) => removeTag(db, act, [one, two], 'MÜLLER')),
      1,
    );
  });

  test('has a name of one line, of 1 to 100 characters', (t) => {
    const desk = deskOf(t, emptyTrove(t));
    const tag = (name: string): number => desk.write((db, act) => addTag(db, act, [one], name));
    assert.equal(tag('x'.repeat(limits.maxDeskNameCharacters)), 1);
    for (const name of ['x'.repeat(limits.maxDeskNameCharacters + 1), '', ' \n\u0000 '])
      assert.throws(() => tag(name), /tag/);
  });
});

describe('a note', () => {
  test('written over keeps what it said before', (t) => {
    const trove = emptyTrove(t);
    const desk = deskOf(t, trove, 'Anna');
    const anchor = { exact: 'paid twice', prefix: 'is ', suffix: ', as', start: 15, digest: one };
    const id = desk.write((db, act) => addNote(db, act, one, 'Ask the bank.', anchor));
    const next = desk.write((db, act) => rewriteNote(db, act, id, 'The bank says no.'));
    const notes = desk.read((db) => notesOn(db, one), []);
    assert.deepEqual(
      notes.map((note) => [note.id, note.text, note.replaces]),
      [[next, 'The bank says no.', id]],
    );
    assert.deepEqual(notes[0] && anchorOf(notes[0]), anchor);
    assert.deepEqual(
      allRows(trove, 'note').map((row) => row.text),
      ['Ask the bank.', 'The bank says no.'],
    );
    assert.equal(
      desk.write((db, act) => rewriteNote(db, act, id, 'Too late.')),
      undefined,
    );
  });

  test('has 1 to 20,000 characters', (t) => {
    const desk = deskOf(t, emptyTrove(t));
    const write = (text: string): string => desk.write((db, act) => addNote(db, act, one, text, undefined));
    write('x'.repeat(limits.maxNoteCharacters));
    assert.throws(() => write('x'.repeat(limits.maxNoteCharacters + 1)), /longer than 20000/);
    assert.throws(() => write(' \n '), /empty/);
  });
});

test('a message is unread, read by someone at some time, and unread again', (t) => {
  const trove = emptyTrove(t);
  const desk = deskOf(t, trove, 'Anna');
  const mark = (): string | undefined => desk.read((db) => findMark(db, one)?.madeBy, undefined);
  assert.equal(mark(), undefined);
  desk.write((db, act) => markRead(db, act, [one]));
  assert.equal(
    desk.write((db, act) => markRead(db, act, [one, two])),
    1,
  );
  assert.equal(mark(), 'Anna');
  desk.write((db, act) => markUnread(db, act, [one]));
  assert.equal(mark(), undefined);
  assert.equal(allRows(trove, 'mark').length, 2);
});
