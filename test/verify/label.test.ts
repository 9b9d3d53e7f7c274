/** The label of a message by rule, its exact sentence, and the words that no page or command may say. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { ArcChain } from '../../src/verify/arc.js';
import type { AuthorSignature } from '../../src/verify/author/author-signature.js';
import type { KeySighting } from '../../src/verify/candidate.js';
import type { Finding } from '../../src/verify/finding.js';
import type { SignatureFlag, SignatureJudgement } from '../../src/verify/judgement.js';
import type { Provenance } from '../../src/verify/keys/found-record.js';
import { type LabelFacts, labelNames, labelOf, labels } from '../../src/verify/label.js';

const sightingOf = (provenance: Provenance): KeySighting => ({
  provenance,
  observers: ['archive.example'],
  firstSeen: Date.UTC(2014, 4, 20),
  lastSeen: Date.UTC(2019, 1, 11),
});

function signature(of: Partial<SignatureJudgement> = {}): SignatureJudgement {
  return {
    domain: 'gmail.com',
    selector: '20120113',
    algorithm: 'rsa-sha256',
    canonicalization: 'relaxed/relaxed',
    body: 'intact',
    header: 'intact',
    result: 'verified',
    reason: '',
    flags: [],
    key: 'ab',
    sighting: sightingOf('attested-observation'),
    signedFields: ['from', 'to', 'subject', 'date'],
    unsignedBytes: 0,
    signedAt: undefined,
    expiresAt: undefined,
    ...of,
  };
}

const flagged = (...flags: SignatureFlag[]): SignatureJudgement => signature({ flags });
const none: ArcChain = { result: 'none', reason: '', sets: [] };
const facts = (of: Partial<LabelFacts> = {}): LabelFacts => ({
  signatures: [],
  arc: none,
  author: [],
  findings: [],
  ...of,
});
const signedBy = (...signatures: SignatureJudgement[]): LabelFacts => facts({ signatures });

const passing: ArcChain = {
  result: 'pass',
  reason: '',
  sets: [
    {
      instance: 1,
      domain: 'lists.example',
      selector: 'arc',
      cv: 'none',
      seal: 'intact',
      key: 'cd',
      flags: [],
      signature: signature(),
      testimony: 'i=1; lists.example;\r\n dkim=pass header.d=gmail.com',
    },
  ],
};
const author: AuthorSignature = {
  kind: 'S/MIME',
  result: 'verified',
  reason: '',
  signer: 'Anna Berg <anna@harbour.example>',
  issuer: '',
  signedAt: undefined,
  section: '',
  trust: 'nobody at hand vouches for the certificate',
  key: 'ef',
  flags: [],
};
const conflict: Finding = {
  code: 'copies-differ',
  level: 'conflict',
  facts: ['here "0.42"', 'there "1.42"'],
  others: [2],
};

describe('the label of a message', () => {
  const cases: readonly (readonly [why: string, of: LabelFacts, label: string, sentence: RegExp])[] = [
    [
      'a key that others saw published, over headers and body',
      signedBy(signature()),
      'domain-signed',
      /^A key that archive\.example saw gmail\.com publish from 2014-05-20 to 2019-02-11 signed these headers and this whole body\.$/,
    ],
    [
      'a key that only the submitter has seen',
      signedBy(signature({ sighting: sightingOf('submitter-supplied') })),
      'key-unconfirmed',
      /could not confirm that the domain published this key\.$/,
    ],
    [
      'a recovered key: it signed two messages, and nobody saw it published',
      signedBy(signature({ sighting: sightingOf('recovered') })),
      'key-unconfirmed',
      /could not confirm/,
    ],
    [
      'a key that can be computed',
      signedBy(flagged('weak-key')),
      'key-unconfirmed',
      /so short that others could/,
    ],
    [
      'l= that leaves a rest',
      signedBy(signature({ flags: ['partial-body'], unsignedBytes: 157 })),
      'partly-signed',
      /covers From, To, Subject, Date, the beginning of the body; it does not cover the last 157 bytes of the body\.$/,
    ],
    [
      'a Cc that anybody may have added',
      signedBy(flagged('unsigned:cc')),
      'partly-signed',
      /does not cover the Cc field\.$/,
    ],
    [
      'a field that is there twice',
      signedBy(flagged('duplicate-header')),
      'partly-signed',
      /which of two fields/,
    ],
    [
      'the domain of somebody else',
      signedBy(flagged('unaligned')),
      'partly-signed',
      /the domain in From, which is not gmail\.com/,
    ],
    [
      'an unsigned field that no reader sees',
      signedBy(flagged('unsigned:references', 'sha1', 'expired')),
      'domain-signed',
      /./,
    ],
    [
      'a receiver that sealed',
      facts({ arc: passing }),
      'receiver-attested',
      /^lists\.example sealed that it accepted this message with: i=1; lists\.example; dkim=pass header\.d=gmail\.com$/,
    ],
    [
      'an author that signed',
      facts({ author: [author] }),
      'author-signed',
      /^A key of Anna Berg .* signed the content of this message \(S\/MIME\); nobody at hand vouches/,
    ],
    ['nothing', facts(), 'no-conflict', /^We found nothing against it; that is not proof\.$/],
    [
      'a signature that does not verify',
      signedBy(signature({ header: 'differs', result: 'failed' })),
      'inconclusive',
      /^Signature does not verify\. Causes include conversion, a wrong key, or alteration\.$/,
    ],
    [
      'headers that hold over another body',
      signedBy(signature({ body: 'differs', result: 'headers-only' })),
      'inconclusive',
      /holds for these headers and not for this body/,
    ],
    [
      'no key',
      signedBy(signature({ header: 'unchecked', result: 'no-key' })),
      'inconclusive',
      /No key of gmail\.com \(selector 20120113\) is at hand; the body is the one that was signed\./,
    ],
    [
      'a key that everybody has',
      signedBy(flagged('burned-key')),
      'inconclusive',
      /private half others can have/,
    ],
    [
      'a field that cannot be read',
      signedBy(signature({ result: 'malformed', body: 'unchecked', header: 'unchecked' })),
      'inconclusive',
      /cannot be read or is of a kind/,
    ],
    [
      'an author’s signature under the key of another address',
      facts({ author: [{ ...author, flags: ['unaligned'] }] }),
      'inconclusive',
      /The S\/MIME signature verifies, but its key is not one of the address in From\./,
    ],
    [
      'an author’s signature without a key',
      facts({ author: [{ ...author, result: 'unchecked' }] }),
      'inconclusive',
      /is present and was not checked \(S\/MIME\)/,
    ],
    [
      'a chain that is broken',
      facts({ arc: { ...passing, result: 'fail', reason: 'set 1 is incomplete' } }),
      'inconclusive',
      /The chain of receivers does not hold: set 1 is incomplete\./,
    ],
    [
      'a conflict, whatever is signed',
      { ...signedBy(signature()), findings: [conflict] },
      'conflict',
      /^here "0\.42"; there "1\.42"\. A person must review this before publication\.$/,
    ],
    [
      'a notice is no conflict',
      { ...signedBy(signature()), findings: [{ ...conflict, level: 'notice' }] },
      'domain-signed',
      /./,
    ],
  ];
  for (const [why, of, label, sentence] of cases)
    test(`${why}: ${label}`, () => {
      const found = labelOf(of);
      assert.equal(found.label, label);
      assert.match(found.sentence, sentence);
    });

  test('the cases above have every label', () => {
    assert.deepEqual(new Set(cases.map(([, , label]) => label)), new Set(labels));
  });

  test('one signature that says all is enough beside others that say less', () => {
    const found = labelOf(
      signedBy(flagged('unaligned'), signature({ result: 'failed', header: 'differs' }), signature()),
    );
    assert.equal(found.label, 'domain-signed');
  });

  test('a label has a name from the vocabulary', () => {
    assert.deepEqual(Object.values(labelNames), [
      'Domain-signed',
      'Domain-signed, key unconfirmed',
      'Partly signed',
      'Receiver-attested',
      'Author-signed',
      'No signature, no conflict found',
      'Inconclusive',
      'Conflict',
    ]);
  });
});

describe('no page, command or finding says more than was shown', () => {
  /** "authentic" and "fake" are verdicts, "tampered" and "proven" claims about people; `verified sender` is neither. */
  const verdict =
    /\b(?:authentic(?:ity|ated)?|inauthentic|fake[ds]?|faking|forged|tampered|tampering|proven|verified sender)\b/i;

  /** String literals and text between tags, without comments and imports. */
  function visibleTexts(source: string): string[] {
    const code = source
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/^\s*\/\/.*$/gm, '')
      .replace(/^(?:import|export) .*from .*$/gm, '');
    return Array.from(
      code.matchAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|>[^<>{}=;]*</g),
      ([text]) => text,
    );
  }

  for (const path of globSync('src/{verify,judging,index,web,cli,read,store}/**/*.{ts,tsx}').sort()) {
    const found = visibleTexts(readFileSync(path, 'utf8')).filter((text) => verdict.test(text));
    if (found.length > 0) test(path, () => assert.deepEqual(found, []));
  }

  test('the search for such words finds them', () => {
    assert.equal(
      visibleTexts("const a = 'It is authentic.'; // fake").filter((text) => verdict.test(text)).length,
      1,
    );
    assert.equal(visibleTexts('<p>Proven</p>').filter((text) => verdict.test(text)).length, 1);
  });
});
