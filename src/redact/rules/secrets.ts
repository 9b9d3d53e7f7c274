/** What opens a door: passwords that a text tells, keys and tokens. */
import type { Place, Rule } from './rule.js';

export const passwordRule: Rule = {
  name: 'password',
  version: 1,
  kind: 'password',
  title: 'Passwords',
  precision:
    'What stands right behind a word for password in eight languages and a sign or "is". Sentences such as "password is required" are left out by a list of words; others are found by mistake.',
  find: findPasswords,
};

const passwordIntroduction =
  /(?<![\p{L}])(?:pass ?(?:word|phrase|code|wd)|pwd|passwort|kennwort|mot de passe|contraseña|clave|wachtwoord|senha|пароль|密码|パスワード|비밀번호|(?:login|user|username|userid|user id)\s?[:=]\s?\S{1,40}\s{1,3}(?:pw|pass)|PIN|pw)(?:\s(?:is|lautet|est|es|for (?:the )?[\p{L} -]{1,30} is))?(?:\s?[:=：]\s?|\s(?:is|lautet|est|es|was|is now)\s|\s?[-–]\s|\s)(?=\S{4})/giu;

/** What such a sentence goes on with where no password follows. */
const plainWord =
  /^(?:(?:the|a|an|and|or|for|to|of|in|on|at|by|your|my|our|his|her|their|this|that|these|will|must|should|can|cannot|has|have|had|been|be|not|no|is|was|are|required|needed|protected|changed|reset|below|following|same|case|sensitive|expired?s?|expires|when|where|which|from|with|into|as|if|you|we|they|it|i|please|so|but|list|file|change|policy|number|numbers|entry|prompt|protection|account|accounts|and\/or|then|only|again|hint|manager|screen|field|box|incorrect|invalid|correct|wrong|set|security|request|requests|issue|issues|problem|problems|information|assigned|provided|sent|emailed|mailed|immediately|after|before|until|every|each|per|lets?|all|any|new|old|valid|access|both|via|recovery|up|out|also|still|being|there|here|what|who|how|why|does|do|did|would|could|may|might|just|now|attached|available|unknown|forgotten|lost|safe|secret|private|confidential)[.,;:!?)"']*)$/i;

function* findPasswords(text: string): Generator<Place> {
  for (const { 0: said, index } of text.matchAll(passwordIntroduction)) {
    const start = index + said.length;
    const word = /^["'“‘«]?(\S{4,64})/.exec(text.slice(start, start + 70));
    const secret = word?.[1]?.replace(/["'”’».,;:?)]+$/, '') ?? '';
    if (word === null || secret.length < 4 || plainWord.test(secret)) continue;
    // After a blank alone only what looks like one: "password Winter15" and not "password protection".
    const isSigned = /[:=：–]\s?$|\s(?:is|lautet|est|es|was|now)\s$/i.test(said);
    if (!isSigned && !looksChosen(secret)) continue;
    if (isSigned && /^[\p{Ll}]+$/u.test(secret) && secret.length < 6) continue;
    if (/^(?:https?:|www\.|<|\[|_{3,}|\*{3,}|-{3,}|={3,}|\.{3,})/i.test(secret)) continue;
    const from = start + word[0].length - (word[1]?.length ?? 0);
    yield { start: from, end: from + secret.length, value: secret };
  }
}

const looksChosen = (word: string): boolean =>
  /\d/.test(word) && /[^\d.,:/-]/.test(word) && word.length <= 32;

export const keyRule: Rule = {
  name: 'key',
  version: 1,
  kind: 'key',
  title: 'Keys and tokens',
  precision:
    'Private keys in PEM, keys of AWS, GitHub, Google, Slack, Stripe and others by their own shape, JSON web tokens, and long random values behind words such as "api key". Public keys and certificates are not meant.',
  find: findKeys,
};

const shaped: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=\s:>,.-]{1,20000}?-----END (?:[A-Z]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g,
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{36,255}|(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{60,100}/g,
  /(?<![A-Za-z0-9])AIza[\w-]{35}(?![\w-])/g,
  /(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,250}/g,
  /(?<![A-Za-z0-9])[sr]k_(?:live|test)_[A-Za-z0-9]{16,250}/g,
  /(?<![A-Za-z0-9])glpat-[\w-]{20,64}/g,
  /(?<![\w-])eyJ[\w-]{10,4000}\.eyJ[\w-]{10,4000}\.[\w-]{10,1000}/g,
  /(?<![A-Za-z0-9])SG\.[\w-]{16,32}\.[\w-]{16,64}(?![\w-])/g,
];

const named =
  /(?<![\p{L}])(?:api[ _-]?key|secret[ _-]?(?:access[ _-]?)?key|access[ _-]?token|auth[ _-]?token|client[ _-]?secret|bearer)["']?(?: is)?\s?[:=]?\s?["']?([A-Za-z0-9+/_=-]{20,200})(?![A-Za-z0-9+/_=-])/giu;

function* findKeys(text: string): Generator<Place> {
  for (const pattern of shaped)
    for (const { 0: key, index } of text.matchAll(pattern))
      yield { start: index, end: index + key.length, value: key.replace(/[\s>]+/g, '').slice(0, 400) };
  for (const { 0: found, 1: key = '', index } of text.matchAll(named)) {
    if (!/\d/.test(key) || !/[A-Za-z]/.test(key)) continue;
    const start = index + found.length - key.length;
    yield { start, end: start + key.length, value: key };
  }
}
