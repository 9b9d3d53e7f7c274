/** The ledger over HTTP: captured, reviewed, approved by a second person, assessed, taken out and in again. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { keepCapture } from '../../src/capture/keep.js';
import { fsck } from '../../src/fsck.js';
import { keptBytes } from '../../src/store/desk/claims/captures.js';
import { emptyLedger, readLedger } from '../../src/store/desk/claims/ledger.js';
import { addReview, brokenReviews } from '../../src/store/desk/claims/reviews.js';
import { exportLines, importLine } from '../../src/store/desk/exchange.js';
import { Desk } from '../../src/store/desk.js';
import type { Trove } from '../../src/store/trove.js';
import { letter } from '../mail.js';
import { reading, shown, troveOf } from './reading.js';

const article = Buffer.from(
  'Ferry Left Early\n\n“Maybe we were wrong,” said Anna Moss, the director of the port.\n\nBob Lund alleged that Moss had lied to the Board.\n',
);
const letters = [letter({ id: 'a@x', subject: 'Ferry', body: 'The ferry left at nine.\n' })];

test('a statement is reviewed, an accusation waits for a second person, and the desk carries all of it', async (t) => {
  const trove = await troveOf(t, letters);
  const desk = new Desk(trove, { now: () => 1_000, as: 'Ida Moss' });
  t.after(() => desk.close());
  const kept = await keepCapture(
    desk,
    article,
    { name: 'a.txt', contentType: '' },
    { url: 'https://courier.example/ferry', outlet: 'Courier', published: '2016-03-08' },
  );
  const it = reading(t, trove);
  assert.match(shown(await it.page('/claims')), /Review 2 statements/);

  const decide = async (words: RegExp, fields: Record<string, string>): Promise<void> => {
    const page = await it.page(`/claims/c/${kept.id}`);
    const places = Array.from(page.matchAll(/\/at\/(\d+-\d+)"/g), ([, place = '']) => place);
    for (const place of new Set(places)) {
      const [start, end] = place.split('-').map(Number);
      if (!words.test(article.toString().slice(start, end))) continue;
      const form = await it.page(`/claims/c/${kept.id}/at/${place}`);
      const speaker = /name="speaker"[^>]*value="([^"]*)"/.exec(form)?.[1] ?? '';
      const answer = await it.send('/claims/decide', {
        capture: kept.id,
        place,
        speaker,
        decision: 'accept',
        ...fields,
      });
      assert.equal(answer.status, 303);
      return;
    }
    assert.fail(`nothing is proposed of ${String(words)}`);
  };
  await decide(/Maybe/, { does: 'concession', stance: 'concedes', proposition: 'The port was wrong.' });
  await decide(/lied/, {
    does: 'accusation',
    target: 'Anna Moss',
    stance: 'asserts',
    proposition: 'Moss lied.',
  });

  const ledger = () => desk.read(readLedger, emptyLedger);
  const accusation = ledger().utterances.find(({ statements }) => statements[0]?.does === 'accusation');
  assert.equal(accusation?.state, 'open');
  const subject = accusation?.row.id ?? '';
  assert.equal((await it.send('/claims/settle', { subject, decision: 'approved' })).status, 400);
  const second = new Desk(trove, { now: () => 2_000, as: 'Corin Vale' });
  t.after(() => second.close());
  second.write((db, act) =>
    addReview(db, act, { subject, decision: 'approved', proposer: act.by, changes: {} }),
  );
  assert.equal(ledger().utterances.find(({ row }) => row.id === subject)?.state, 'settled');

  const proposition = ledger().propositions[0]?.row.id ?? '';
  const silent = { proposition, relation: 'silent', why: 'Nothing names it.' };
  assert.equal((await it.send('/claims/assess', silent)).status, 400);
  assert.equal((await it.send('/claims/assess', { ...silent, search: 'wrong' })).status, 303);
  assert.match(shown(await it.page('/claims/propositions')), /archive silent: searched for wrong/);
  for (const path of [
    '/claims',
    `/claims/said/${subject}`,
    `/claims/propositions/${proposition}`,
    `/claims/who/${accusation?.row.speaker ?? ''}`,
  ])
    assert.doesNotMatch(shown(await it.page(path)), /\b(?:is true|is false|proven|fake)\b/);
  const original = await it.ask(`/claims/c/${kept.id}/original`);
  assert.deepEqual(Buffer.from(await original.arrayBuffer()), article);
  assert.match(original.headers.get('Content-Disposition') ?? '', /^attachment/);
  for (const format of ['json', 'schema', 'annotations', 'prov'])
    await assert.doesNotReject(
      async () => JSON.parse(await (await it.ask(`/claims/export/${format}`)).text()) as unknown,
      format,
    );

  assert.deepEqual(brokenReviews(ledger().reviews), []);
  assert.deepEqual(await brokenIn(trove), []);
  const other = new Desk(await troveOf(t, []), { now: () => 3_000, as: 'Somebody' });
  t.after(() => other.close());
  const lines = desk.read((db) => [...exportLines(db)], []);
  other.write((db) => {
    for (const line of lines) importLine(db, line);
  });
  assert.deepEqual(other.read(readLedger, emptyLedger), ledger());
  assert.deepEqual(
    other.read((db) => keptBytes(db, ledger().captures[0]?.bytes ?? ''), Buffer.alloc(0)),
    article,
  );

  const shorter = article.toString().replace('Maybe we were wrong', 'We were not wrong');
  const later = await keepCapture(
    desk,
    Buffer.from(`Corrected on Tuesday.\n\n${shorter}`),
    { name: 'a.txt', contentType: '' },
    { url: 'https://courier.example/ferry', outlet: 'Courier', published: '2016-03-09' },
  );
  const laterPage = shown(await it.page(`/claims/c/${later.id}`));
  assert.match(laterPage, /Anna Moss.{0,5}no longer stands here as it was recorded/);
  assert.match(laterPage, /Bob Lund.{0,5}stands here elsewhere, word for word/);
});

test('a review that was changed after it was written is found by fsck', async (t) => {
  const trove = await troveOf(t, letters);
  const desk = new Desk(trove, { now: () => 1_000, as: 'Ida Moss' });
  const values = { subject: 'x', decision: 'approved', proposer: 'Corin Vale', changes: {} } as const;
  const [first, second] = [0, 1].map(() => desk.write((db, act) => addReview(db, act, values)));
  desk.close();
  assert.deepEqual(await brokenIn(trove), []);
  const db = new DatabaseSync(join(trove.dir, 'desk.db'));
  for (const { name } of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all())
    db.exec(`DROP TRIGGER "${String(name)}"`);
  db.prepare("UPDATE review SET decision = 'rejected' WHERE id = ?").run(second ?? '');
  assert.deepEqual(await brokenIn(trove), [`desk.db, review ${second}`]);
  db.prepare('DELETE FROM review WHERE id = ?').run(first ?? '');
  db.prepare("UPDATE review SET decision = 'approved' WHERE id = ?").run(second ?? '');
  assert.deepEqual(await brokenIn(trove), [`desk.db, review ${second}`]);
  db.close();
});

/** What fsck says of reviews. */
async function brokenIn(trove: Trove): Promise<string[]> {
  const found: string[] = [];
  for await (const { code, subject } of fsck(trove, () => {}))
    if (code === 'review-differs') found.push(subject);
  return found;
}
