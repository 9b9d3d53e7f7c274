/** The process that reads hostile files: what it may not do, and what becomes of it. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Extractor, type ExtractorLimits, type Outcome } from '../../src/attachments/extractor.js';
import { packageRoot } from '../../src/store/package-root.js';
import { zipOf } from '../extract/zip-of.js';
import { tempDir } from '../impart.js';

const words = Buffer.from('The bar has silted up.');

function extractor(t: TestContext, options: Partial<ExtractorLimits> = {}, main?: string): Extractor {
  const made = new Extractor(options, main);
  t.after(() => made.close());
  return made;
}

/** A sheet of many different strings: honest, and large once it is read. */
function largeWorkbook(): Buffer {
  const strings = Array.from({ length: 1_500_000 }, (_, at) => `<si><t>number ${at} of many</t></si>`).join(
    '',
  );
  return zipOf([
    { name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') },
    { name: 'xl/workbook.xml', bytes: Buffer.from('<workbook/>') },
    { name: 'xl/sharedStrings.xml', bytes: Buffer.from(`<sst>${strings}</sst>`) },
  ]);
}

const says = ({ pieces }: Outcome): string => pieces.map(({ text }) => text).join('\n');

describe('the extractor', () => {
  test('is killed for a file that takes too long, and reads the next one', async (t) => {
    const it = extractor(t, { maxMilliseconds: 30 });
    const slow = await it.extract(largeWorkbook());
    assert.equal(slow.status, 'timeout');
    const next = extractor(t, { maxMilliseconds: 20_000 });
    assert.match(says(await next.extract(words)), /silted/);
  });

  test('ends at its heap for a file that takes too much memory, and reads the next one', async (t) => {
    const it = extractor(t, { maxHeapMegabytes: 40 });
    assert.equal((await it.extract(largeWorkbook())).status, 'out-of-memory');
    assert.match(says(await it.extract(words)), /silted/);
  });

  test('is killed by its own watch for memory outside of the heap', async (t) => {
    const hoard = stub(
      `const held = []; process.stdin.once('data', () => { for (;;) held.push(Buffer.alloc(32 * 2 ** 20, 1)); });`,
    );
    assert.equal(
      (await extractor(t, { maxMilliseconds: 30_000 }, hoard).extract(words)).status,
      'out-of-memory',
    );
  });

  test('is killed while it runs in circles', async (t) => {
    const circle = stub(`process.stdin.once('data', () => { for (;;); });`);
    assert.equal((await extractor(t, { maxMilliseconds: 1_000 }, circle).extract(words)).status, 'timeout');
  });

  test('is killed when it says more than it may', async (t) => {
    const talk = stub(
      `process.stdin.once('data', () => { const h = Buffer.alloc(4); h.writeUInt32BE(2 ** 31); writeSync(3, h); });`,
    );
    assert.equal((await extractor(t, {}, talk).extract(words)).status, 'too-large');
  });

  test('is not believed when what it says is no answer', async (t) => {
    const babble = stub(
      `process.stdin.once('data', () => { const b = Buffer.from('{"status":5}'); const h = Buffer.alloc(4); h.writeUInt32BE(b.length); writeSync(3, h); writeSync(3, b); });`,
    );
    assert.equal((await extractor(t, {}, babble).extract(words)).status, 'failed');
  });

  test('costs only its file when it crashes', async (t) => {
    const crash = stub(`process.stdin.once('data', () => { throw new Error('a fault'); });`);
    const outcome = await extractor(t, {}, crash).extract(words);
    assert.equal(outcome.status, 'failed');
    assert.match(outcome.note, /exit status 1/);
  });

  test('may neither read nor write other files, start a program, nor see the environment', async (t) => {
    const dir = tempDir(t);
    const secret = join(dir, 'secret');
    writeFileSync(secret, 'secret');
    const written = join(dir, 'written');
    const tries = [
      `readFileSync(${JSON.stringify(secret)})`,
      `writeFileSync(${JSON.stringify(written)}, '')`,
      `(await import('node:child_process')).execFileSync(process.execPath, ['-v'])`,
      `Object.keys(process.env).length === 0 ? Promise.reject(Object.assign(new Error(), { code: 'none' })) : 0`,
    ];
    const attempt = stub(`process.stdin.once('data', async () => {
      const denied = [];
      ${tries.map((each) => `try { await (${each}); denied.push('done'); } catch (error) { denied.push(error.code); }`).join('\n')}
      const b = Buffer.from(JSON.stringify({ status: 'extracted', mediaType: '', findings: [], megabytes: 1, pieces: denied.map((text) => ({ where: '', kind: 'text', text })) }));
      const h = Buffer.alloc(4); h.writeUInt32BE(b.length); writeSync(3, h); writeSync(3, b);
    });`);
    const { pieces } = await extractor(t, {}, attempt).extract(words);
    assert.deepEqual(
      pieces.map(({ text }) => text),
      ['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED', 'none'],
    );
    assert.ok(!existsSync(written) && readFileSync(secret, 'utf8') === 'secret');
  });

  /** A program in the extractor's place, under the same flags and the same watch. It must lie where it may be read. */
  function stub(body: string): string {
    const path = join(packageRoot, 'dist', `stub-${stubs++}.mjs`);
    const watch = pathToFileURL(join(packageRoot, 'dist', 'src', 'confined', 'watch.js')).href;
    writeFileSync(
      path,
      `import { readFileSync, writeFileSync, writeSync } from 'node:fs'; import { Worker } from 'node:worker_threads';
      new Worker(new URL('${watch}'), { workerData: { maxMegabytes: 300, parent: process.ppid } });
      ${body}`,
    );
    return path;
  }
});

let stubs = 0;
