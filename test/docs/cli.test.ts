import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { program } from '../../src/cli/program.js';
import { cliPage, commandsOf, findGaps } from './cli-page.js';

describe('docs/cli.md', () => {
  test('is what npm run docs makes now', async () => {
    assert.equal(
      readFileSync('docs/cli.md', 'utf8'),
      cliPage(await program()),
      'out of date: run npm run docs',
    );
  });

  test('every command, argument and option explains itself, every command with an example', async () => {
    assert.deepEqual(findGaps(await program()), []);
  });

  test('every example asks for options that there are', async () => {
    for (const { name, command } of commandsOf(await program())) {
      const help = readFileSync('docs/cli.md', 'utf8').split(`## ${name}\n`)[1]?.split('\n## ')[0] ?? '';
      const examples = help.split('```sh\n')[1] ?? '';
      // Behind a pipe stands another program's command line.
      const ours = examples.replaceAll(/\|.*/g, '');
      for (const [flag] of ours.matchAll(/(?<=\s)--[a-z-]+/g)) {
        assert.ok(
          command.options.some((option) => option.long === flag),
          `${name} has no ${flag}`,
        );
      }
    }
  });
});
