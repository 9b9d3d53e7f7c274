/** Files made to exhaust a reader: each bound holds at its value and one beyond, and what came before it is kept. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { extract } from '../../src/extract/extract.js';
import { Extraction, ExtractionStop } from '../../src/extract/extraction.js';
import { limits } from '../../src/limits.js';
import { zipOf } from './zip-of.js';

const read = (bytes: Buffer) => extract(bytes, () => performance.now());
const codes = (findings: readonly { code: string }[]): string[] => findings.map(({ code }) => code);

describe('a file made to exhaust its reader', () => {
  test('a zip bomb ends at the bytes that may be unpacked, and says so', async () => {
    const layer = Buffer.alloc(64 * 1024 * 1024);
    const members = Array.from({ length: 12 }, (_, at) => ({ name: `${at}.bin`, bytes: layer }));
    const { findings, pieces } = await read(zipOf(members));
    assert.ok(codes(findings).includes('truncated'));
    // Its table of contents was read before any member was unpacked.
    assert.match(pieces[0]?.text ?? '', /^0\.bin\t67108864 bytes/);
  });

  test('a member that promises little and gives much is held to what may be unpacked', async () => {
    const packed = deflateRawSync(Buffer.alloc(limits.maxAttachmentUnpackedBytes + 1));
    const { findings } = await read(zipOf([{ name: 'small.txt', bytes: Buffer.alloc(10), packed }]));
    assert.ok(findings.some(({ note }) => /unpacks to more than/.test(note)));
  });

  test('entities of XML are not expanded', async () => {
    const lol = Array.from({ length: 20 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join(
      '',
    );
    const xml = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">${lol}]><x>before &l20; after</x>`;
    const { pieces } = await read(Buffer.from(xml));
    const text = pieces.map((piece) => piece.text).join('');
    assert.match(text, /before.*after/);
    assert.ok(text.length < 100);
  });

  test('an archive in an archive is read as deep as the limit, and no deeper', async () => {
    const nest = (depth: number): Buffer => {
      let bytes: Buffer = Buffer.from('the innermost words');
      for (let at = 0; at < depth; at++) bytes = zipOf([{ name: `${depth - at}.zip`, bytes }]);
      return bytes;
    };
    const within = await read(nest(limits.maxAttachmentNesting));
    assert.ok(within.pieces.some(({ text }) => text.includes('innermost')));
    const beyond = await read(nest(limits.maxAttachmentNesting + 1));
    assert.ok(!beyond.pieces.some(({ text }) => text.includes('innermost')));
    assert.ok(codes(beyond.findings).includes('truncated'));
  });

  test('groups of RTF and elements of XML inside one another by the hundred thousand are survived', async () => {
    const rtf = `{\\rtf1 ${'{\\b '.repeat(300_000)}deep${'}'.repeat(300_000)} shallow}`;
    assert.match((await read(Buffer.from(rtf))).pieces[0]?.text ?? '', /deep.*shallow/s);
    const xml = `<?xml version="1.0"?><a>${'<a>'.repeat(200_000)}deep${'</a>'.repeat(200_000)}</a>`;
    assert.match((await read(Buffer.from(xml))).pieces[0]?.text ?? '', /deep/);
  });

  test('a sheet that claims a million columns costs as many as are read', async () => {
    const content =
      '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table table:name="S"><table:table-row>' +
      '<table:table-cell table:number-columns-repeated="1000000"><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:document-content>';
    const { pieces } = await read(
      zipOf([
        { name: 'mimetype', bytes: Buffer.from('application/vnd.oasis.opendocument.spreadsheet') },
        { name: 'content.xml', bytes: Buffer.from(content) },
      ]),
    );
    assert.equal(pieces[0]?.text.split('\t').length, limits.maxSheetColumns);
  });

  test('text ends at the characters that are taken, at the value and one beyond', () => {
    const room = limits.maxAttachmentCharacters;
    const whole = new Extraction(() => 0);
    whole.add('all', 'x'.repeat(room));
    assert.equal(whole.pieces[0]?.text.length, room);
    const beyond = new Extraction(() => 0);
    assert.throws(() => beyond.add('all', 'x'.repeat(room + 1)), ExtractionStop);
    assert.equal(beyond.pieces[0]?.text.length, room);
  });

  test('pieces and members are counted, at the value and one beyond', () => {
    const pieces = new Extraction(() => 0);
    for (let at = 0; at < limits.maxAttachmentPieces; at++) pieces.add('p', 'x');
    assert.throws(() => pieces.add('p', 'x'), ExtractionStop);
    const members = new Extraction(() => 0);
    for (let at = 0; at < limits.maxAttachmentMembers; at++) {
      members.enter('m');
      members.leave();
    }
    assert.throws(() => members.enter('m'), ExtractionStop);
  });

  test('what takes longer than it may ends with what it has', () => {
    let now = 0;
    const extraction = new Extraction(() => now);
    extraction.add('early', 'kept');
    now = limits.maxExtractionMilliseconds;
    extraction.add('in time', 'kept as well');
    now += 1;
    assert.throws(() => extraction.add('late', 'lost'), ExtractionStop);
    assert.equal(extraction.pieces.length, 2);
  });

  test('a compressed file that unpacks to itself for ever ends', async () => {
    const { findings } = await read(
      gzipSync(gzipSync(gzipSync(gzipSync(gzipSync(gzipSync(gzipSync(gzipSync('x')))))))),
    );
    assert.ok(codes(findings).includes('truncated'));
  });
});
