import assert from 'node:assert/strict';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { segmentCommitment, segmentSalt } from '../../src/proof/segment.js';

describe('a segment', () => {
  test('has the salt and the commitment that the format says, as node:crypto makes them', () => {
    for (let index = 0; index < 50; index++) {
      const [key, message, bytes] = [randomBytes(32), randomBytes(32), randomBytes(index * 7)];
      const place = Buffer.of(0, 0, 0, index);
      const salt = createHmac('sha256', key).update(message).update(place).update(bytes).digest();
      assert.deepEqual(segmentSalt(key, message, index, bytes), salt);
      const commitment = createHash('sha256')
        .update('impart-segment-v1\n')
        .update(salt)
        .update(bytes)
        .digest();
      assert.deepEqual(segmentCommitment(salt, bytes), commitment);
    }
  });

  test('has another salt with another text in its place', () => {
    const [key, message] = [randomBytes(32), randomBytes(32)];
    assert.notDeepEqual(
      segmentSalt(key, message, 3, Buffer.from('Anna')),
      segmentSalt(key, message, 3, Buffer.from('Bob')),
    );
  });

  test('takes no key or salt of another length', () => {
    assert.throws(() => segmentSalt(randomBytes(31), randomBytes(32), 0, Buffer.of()), RangeError);
    assert.throws(() => segmentCommitment(randomBytes(33), Buffer.of()), RangeError);
  });
});
