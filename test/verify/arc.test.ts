/**
 * ARC against the validation suite of Valimail (fixtures/arc of mailauth), whole: every scenario, every test.
 * What the suite calls a failure for want of a key is reported here as `no-key`: a missing key is no finding.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { judgeArc } from '../../src/verify/arc.js';
import type { KeyFinder } from '../../src/verify/candidate.js';
import { readKeyRecord } from '../../src/verify/key-record.js';
import { SignedMessage } from '../../src/verify/signed-message.js';

const suite = '../shared/corpora/mailauth/fixtures/arc/arc-draft-validation-tests.json';

interface Scenario {
  readonly description: string;
  readonly tests: Record<
    string,
    { readonly message: string; readonly cv: string; readonly description: string }
  >;
  readonly 'txt-records': Record<string, string>;
}

/** Where we differ from the suite, and why. */
const explained: ReadonlyMap<string, { readonly ours: string; readonly why: string }> = new Map([
  [
    'cv_fail_i1_as_cv_fail',
    { ours: 'fail', why: 'the suite leaves the result open; RFC 8617 5.2 step 2 says fail' },
  ],
  [
    'cv_fail_i2_as2_fail',
    { ours: 'fail', why: 'the suite leaves the result open; RFC 8617 5.2 step 2 says fail' },
  ],
  [
    'cv_fail_i2_as1_fail',
    { ours: 'fail', why: 'the suite leaves the result open; RFC 8617 5.2 step 3.C says fail' },
  ],
  [
    'ams_fields_c_na',
    { ours: 'fail', why: 'drafts defaulted to relaxed/relaxed, RFC 8617 4.1.2 to simple/simple' },
  ],
  [
    'ams_fields_h_empty',
    { ours: 'fail', why: 'an h= without From signs nothing of use (RFC 6376 5.4); mailauth agrees' },
  ],
]);

const withoutSuite = existsSync(suite) ? false : `${suite} is not there`;
const scenarios = withoutSuite === false ? (JSON.parse(readFileSync(suite, 'utf8')) as Scenario[]) : [];

describe('the ARC validation suite', { skip: withoutSuite }, () => {
  for (const scenario of scenarios) {
    describe(scenario.description, () => {
      const records = new Map(Object.entries(scenario['txt-records'] ?? {}));
      const findKeys: KeyFinder = (domain, selector) => {
        const txt = records.get(`${selector}._domainkey.${domain}`);
        return txt === undefined ? [] : [{ record: readKeyRecord(txt.replace(/\n/g, '')), burned: false }];
      };
      for (const [name, { message, cv, description }] of Object.entries(scenario.tests)) {
        test(`${name}: ${description}`, () => {
          const raw = Buffer.from(message, 'utf8');
          const { result, reason } = judgeArc(new SignedMessage(raw, 'local'), { findKeys, now: 0 });
          const found = result === 'no-key' ? 'fail' : result;
          assert.equal(found, explained.get(name)?.ours ?? cv.toLowerCase(), reason);
        });
      }
    });
  }
});
