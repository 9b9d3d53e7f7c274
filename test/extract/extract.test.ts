/** Types are told by content, and text comes with its place. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { extract } from '../../src/extract/extract.js';
import { formatSerial, isDateFormat } from '../../src/extract/sheet-format.js';
import { mismatch } from '../../src/extract/type.js';
import { zipOf } from './zip-of.js';

const read = (bytes: Buffer | string) => extract(Buffer.from(bytes as string), () => 0);
const places = async (bytes: Buffer | string): Promise<[string, string][]> =>
  (await read(bytes)).pieces.map(({ where, text }) => [where, text]);

describe('what is read out of a file', () => {
  test('a table of separated values keeps its rows and cells, quotations and all', async () => {
    const csv = 'name;amount\r\n"Müller; Söhne";"1.200,00"\r\n"said ""no""";3\r\n';
    assert.deepEqual(await places(csv), [
      ['rows 1–3', 'name\tamount\nMüller; Söhne\t1.200,00\nsaid "no"\t3'],
    ]);
  });

  test('prose with commas is no table', async () => {
    assert.equal(
      (await read('Dear Anna, it is late.\nThe dredger, again, is stuck.\n')).mediaType,
      'text/plain',
    );
  });

  test('RTF is read in the charsets of its fonts, its fields by what they show, its notes apart', async () => {
    const rtf =
      "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset238 Arial;}}{\\info{\\author Anna}}\\f0 Dvo\\'f8\\'e1k \\u1071?\\par" +
      ' {\\field{\\*\\fldinst HYPERLINK "http://x"}{\\fldrslt here}} {\\footnote see below}end\\par}';
    assert.deepEqual(await places(rtf), [
      ['paragraphs 1–2', 'Dvořák Я\nhere end'],
      ['properties', 'Author\tAnna'],
      ['footnotes', 'see below'],
    ]);
  });

  test('a file inside an archive inside a compressed file says where it was', async () => {
    const zip = zipOf([{ name: 'letters/a.txt', bytes: Buffer.from('The bar has silted up.') }]);
    assert.deepEqual(await places(gzipSync(zip)), [
      ['unpacked › contents', 'letters/a.txt\t22 bytes'],
      ['unpacked › letters/a.txt › line 1', 'The bar has silted up.'],
    ]);
  });

  test('a message is read with its header, its text and what is attached to it', async () => {
    const mail =
      'From: Anna <a@x.example>\nTo: b@x.example\nSubject: Silt\nDate: Mon, 7 Mar 2016 10:00:00 +0000\nMIME-Version: 1.0\n' +
      'Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee the list.\n--b\nContent-Type: text/csv; name=list.csv\n\na,b,c\n1,2,3\n4,5,6\n--b--\n';
    const found = await places(mail);
    assert.deepEqual(
      found.map(([where]) => where),
      ['header', 'line 1', 'list.csv › rows 1–3'],
    );
  });

  test('deleted text of tracked changes and text boxes of a Word file are read, and not twice', async () => {
    const xml =
      '<w:document xmlns:w="w" xmlns:mc="mc"><w:body><w:p><w:r><w:t>Kept </w:t><w:delText>struck</w:delText></w:r>' +
      '<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>' +
      '</w:p></w:body></w:document>';
    const { pieces, findings, mediaType } = await read(
      zipOf([
        { name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') },
        { name: 'word/document.xml', bytes: Buffer.from(xml) },
      ]),
    );
    assert.match(mediaType, /wordprocessingml/);
    assert.deepEqual(
      pieces.map(({ where, text }) => [where, text]),
      [
        ['paragraphs 1–2', 'box\nKept'],
        ['deleted text (tracked changes)', 'struck'],
      ],
    );
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['hidden-content'],
    );
  });

  test('dates of a sheet are numbers with the format of a date', () => {
    assert.ok(
      isDateFormat(14, undefined) && isDateFormat(165, 'dd/mm/yyyy') && isDateFormat(165, '[h]:mm:ss.0'),
    );
    assert.ok(
      !isDateFormat(0, 'General') && !isDateFormat(165, '0.00 "days"') && !isDateFormat(165, '[Red]#,##0'),
    );
    assert.equal(formatSerial(42_507, 1900), '2016-05-17');
    assert.equal(formatSerial(42_507.5, 1900), '2016-05-17 12:00:00');
    assert.equal(formatSerial(41_045, 1904), '2016-05-17');
  });

  test('a program is one whatever it is called', async () => {
    const program = Buffer.alloc(256);
    program.write('MZ');
    program.writeUInt32LE(128, 60);
    program.write('PE', 128);
    const { mediaType, findings, status } = await read(program);
    assert.equal(status, 'unsupported');
    assert.equal(findings[0]?.code, 'executable');
    assert.match(
      mismatch(mediaType, 'invoice.pdf', 'application/pdf'),
      /named \.pdf, but it is a Windows program/,
    );
  });

  test('a name that only differs in habit is no mismatch', () => {
    assert.equal(mismatch('application/rtf', 'letter.doc', 'application/msword'), '');
    assert.equal(mismatch('text/csv', 'list.txt', 'text/plain'), '');
    assert.equal(mismatch('text/plain', 'notes.md', 'application/octet-stream'), '');
    assert.equal(mismatch('image/jpeg', 'a.jpg', 'image/png'), '');
  });
});
