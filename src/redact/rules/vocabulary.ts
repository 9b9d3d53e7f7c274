/**
 * What people write about health and about sexual assault: the sentence around each word of a list. The lists are words
 * that seldom mean anything else; a list of all words of medicine would find every second letter.
 */
import { foldedText } from '../fold.js';
import { TermIndex } from '../terms.js';
import type { Place, Rule } from './rule.js';

/** Characters of a sentence on either side of the word. */
const maxReach = 200;

const health = `
hospital, hospitals, hospitalised, hospitalized, hospice, surgery, surgeon, operation on his, operation on her, clinic,
oncology, oncologist, cancer, tumour, tumor, tumours, tumors, chemo, chemotherapy, radiotherapy, biopsy, malignant, metastasis,
leukaemia, leukemia, lymphoma, melanoma, carcinoma, diagnosis, diagnosed, prognosis, relapse, remission, diabetes, diabetic,
insulin, epilepsy, epileptic, seizure, seizures, asthma, asthmatic, had a stroke, heart attack, heart surgery, heart condition,
pacemaker, hypertension, blood pressure, blood test, blood tests, depression, antidepressant, antidepressants, bipolar,
schizophrenia, schizophrenic, psychosis, psychotic, psychiatrist, psychiatric, psychotherapy, my therapist, his therapist,
her therapist, panic attack, panic attacks, nervous breakdown, suicide, suicidal, overdose, self-harm, anorexia, bulimia,
alcoholic, alcoholism, rehab, detox, addiction, pregnant, pregnancy, miscarriage, abortion, ultrasound, IVF, obstetrician,
gynaecologist, gynecologist, HIV, hepatitis, syphilis, gonorrhoea, gonorrhea, chlamydia, herpes, dementia, Alzheimer,
Alzheimers, Parkinson's disease, multiple sclerosis, arthritis, osteoporosis, fibromyalgia, lupus, prescription, prescribed,
medication, medications, migraine, migraines, my doctor, his doctor, her doctor, sick leave, sick note, medical leave, medical certificate, off sick, signed off sick, wheelchair,
disability benefit, dialysis, transplant, amputation, amputated, paralysed, paralyzed, concussion, physiotherapy,
physiotherapist, MRI scan, CT scan, X-ray of, Krankenhaus, krankgeschrieben, Krebs, Chemotherapie, Schwangerschaft, schwanger,
Fehlgeburt, Depressionen, Psychiater, hôpital, chimiothérapie, enceinte, grossesse, fausse couche, dépression, arrêt maladie,
embarazada, embarazo, cáncer, quimioterapia, baja médica, depresión`;

const assault = `
rape, raped, rapes, raping, rapist, sexual assault, sexually assaulted, sexual abuse, sexually abused, indecent assault,
sexual harassment, sexually harassed, molested, molestation, molester, groped, groping, incest, child abuse, child pornography,
rape crisis, domestic violence, domestic abuse, spiked her drink, vergewaltigt, Vergewaltigung, sexuelle Nötigung,
sexueller Missbrauch, sexuelle Belästigung, violée, agression sexuelle, abus sexuel, abus sexuels, harcèlement sexuel,
violación, violada, abuso sexual, agresión sexual, acoso sexual`;

export const healthRule: Rule = {
  name: 'health',
  version: 1,
  kind: 'health',
  title: 'Health',
  precision:
    'Sentences with one of 150 words in English, some in German, French and Spanish. Many are about hospitals as buildings and surgeries on budgets: read each.',
  find: finder(health),
};

export const assaultRule: Rule = {
  name: 'assault',
  version: 1,
  kind: 'assault',
  title: 'Sexual assault and violence',
  precision:
    'Sentences with one of 60 words and phrases in English, German, French and Spanish. News stories are found as well as people’s own.',
  find: finder(assault),
};

const termsOf = (list: string): string[] => list.split(',').map((term) => term.trim());

function finder(list: string): Rule['find'] {
  let index: TermIndex | undefined;
  return function* find(text: string): Generator<Place> {
    index ??= new TermIndex(termsOf(list).map((term) => ({ text: term, form: 'words' })));
    let done = 0;
    const places = index.find(text).sort((a, b) => a.start - b.start);
    for (const { start, end } of places) {
      if (start < done) continue;
      const sentence = sentenceAround(text, start, end);
      done = sentence.end;
      yield { ...sentence, value: foldedText(text.slice(sentence.start, sentence.end)).slice(0, 400) };
    }
  };
}

/** From the end of the sentence before to its own, or as far as a reader looks. */
function sentenceAround(text: string, start: number, end: number): { start: number; end: number } {
  const before = text.slice(Math.max(0, start - maxReach), start);
  const after = text.slice(end, end + maxReach);
  let from = start - before.length;
  for (const { 0: mark, index } of before.matchAll(/[.?!:]\s|\n/g)) {
    if (mark !== '\n' || endsShort(text, start - before.length + index))
      from = start - before.length + index + mark.length;
  }
  let to = end + after.length;
  for (const { 0: mark, index } of after.matchAll(/[.?!](?=\s|$)|\n/g)) {
    if (mark === '\n' && !endsShort(text, end + index)) continue;
    to = end + index + (mark === '\n' ? 0 : 1);
    break;
  }
  const written = text.slice(from, to);
  return {
    start: from + (written.length - written.trimStart().length),
    end: from + written.trimEnd().length,
  };
}

/** Lines of wrapped text are longer than this; shorter ones end something: an entry of a form, a greeting. */
const wrappedCharacters = 50;

const endsShort = (text: string, lineEnd: number): boolean =>
  lineEnd - text.lastIndexOf('\n', lineEnd - 1) - 1 < wrappedCharacters;
