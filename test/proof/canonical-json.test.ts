import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { canonicalJson } from '../../src/proof/canonical-json.js';

describe('canonical JSON', () => {
  test('spells the example of RFC 8785, section 3.2.2', () => {
    const given = String.raw`{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}`;
    assert.equal(
      canonicalJson(JSON.parse(given)),
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  test('orders names as section 3.2.3 does: by UTF-16 code units', () => {
    const given = String.raw`{"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}`;
    const names = Object.values(JSON.parse(canonicalJson(JSON.parse(given))));
    // JSON.parse moves the index "1" to the front; the text itself is looked at below.
    assert.equal(names.length, 7);
    const order = [
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ];
    const text = canonicalJson(JSON.parse(given));
    const places = order.map((value) => text.indexOf(value));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
  });

  test('spells the numbers of RFC 8785, appendix B', () => {
    const samples: readonly [bits: string, text: string][] = [
      ['0000000000000000', '0'],
      ['8000000000000000', '0'],
      ['0000000000000001', '5e-324'],
      ['7fefffffffffffff', '1.7976931348623157e+308'],
      ['4340000000000000', '9007199254740992'],
      ['4430000000000000', '295147905179352830000'],
      ['44b52d02c7e14af5', '9.999999999999997e+22'],
      ['44b52d02c7e14af6', '1e+23'],
      ['444b1ae4d6e2ef4f', '999999999999999900000'],
      ['444b1ae4d6e2ef50', '1e+21'],
      ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
      ['3eb0c6f7a0b5ed8d', '0.000001'],
      ['41b3de4355555556', '333333333.3333334'],
      ['becbf647612f3696', '-0.0000033333333333333333'],
    ];
    for (const [bits, text] of samples) {
      assert.equal(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE(0)), text);
    }
  });

  test('leaves out what is undefined', () => {
    assert.equal(canonicalJson({ b: undefined, a: 1 }), '{"a":1}');
  });

  test('refuses what has no spelling', () => {
    assert.throws(() => canonicalJson(Number.NaN), TypeError);
    assert.throws(() => canonicalJson(Number.POSITIVE_INFINITY), TypeError);
    assert.throws(() => canonicalJson('\ud800'), TypeError);
    assert.throws(() => canonicalJson({ '\udfff': 1 }), TypeError);
  });
});
