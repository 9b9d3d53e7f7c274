import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { agrees, missingProgram, openDesk, sessionOf } from './console.js';
import { pagesWithSessions } from './pages.js';

for (const path of pagesWithSessions) {
  describe(`the console sessions of ${path}`, () => {
    const steps = sessionOf(readFileSync(path, 'utf8'));
    const desk = openDesk();
    after(desk.remove);

    test('are there', () => assert.ok(steps.length > 4));

    for (const { command, output } of steps) {
      test(`$ ${command}`, (t) => {
        const missing = missingProgram(command);
        if (missing !== undefined) return t.skip(`${missing} is not installed`);
        const actual = desk.run(command);
        // The comparison shows the difference; `agrees` knows what … stands for.
        if (!agrees(output, actual))
          assert.equal(actual, output, 'the page says otherwise: run npm run docs');
      });
    }
  });
}

describe('a console session', () => {
  test('is read as commands with their output', () => {
    assert.deepEqual(sessionOf('```console\n$ one\n1\n2\n$ two\n```\n'), [
      { command: 'one', output: '1\n2' },
      { command: 'two', output: '' },
    ]);
  });

  test('may leave out parts of the output with …', () => {
    assert.ok(agrees('a … c\n…\nz', 'a b c\nd\ne\nz'));
    assert.ok(agrees('a\n…', 'a\nb'));
    assert.ok(!agrees('a … c', 'a b d'));
    assert.ok(!agrees('a.c', 'abc'));
  });
});
