/** What a type cannot hold alone: that nobody but src/redact seals a message, and what reaches its maker is bounded. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

test('only src/redact seals a RedactedMessage', () => {
  const sealing = globSync('src/**/*.{ts,tsx}').filter((path) =>
    /RedactedMessage\.seal\(|RedactedMessage\[(?!')/.test(readFileSync(path, 'utf8')),
  );
  assert.deepEqual(sealing, ['src/redact/redact-message.ts']);
});

test('nothing is cast to a RedactedMessage', () => {
  const casting = globSync('src/**/*.{ts,tsx}').filter((path) =>
    /\bas (?:unknown as )?RedactedMessage\b/.test(readFileSync(path, 'utf8')),
  );
  assert.deepEqual(casting, []);
});
