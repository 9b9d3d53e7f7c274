/** Forms of the verbs of `verbs.ts`, and of the adjectives and nouns that report: a word of the text → its entry. */
import { verbTable } from './verbs.js';

export type Form = 'base' | 'third' | 'past' | 'ing';

export interface Verb {
  readonly base: string;
  /** It reports speech; the others thought, will, feeling or evidence. */
  readonly isSpeech: boolean;
  /** Its quotation or clause may stand before or after it. */
  readonly says: boolean;
  readonly addresses: boolean;
  readonly takesObject: boolean;
  readonly takesInfinitive: boolean;
  readonly prepositions: readonly string[];
  readonly acts: readonly string[];
}

export interface VerbForm {
  readonly verb: Verb;
  readonly form: Form;
  /** Past only as participle: written, not wrote. */
  readonly isParticipleOnly: boolean;
}

function allForms(): Map<string, VerbForm> {
  const forms = new Map<string, VerbForm>();
  const add = (word: string, form: VerbForm): void => {
    if (!forms.has(word)) forms.set(word, form);
  };
  for (const line of verbTable.split('\n')) {
    const [head = '', frame = '', acts = ''] = line.split('|');
    const [base, past, participle] = head.trim().split(/\s+/);
    if (base === undefined || base === '') continue;
    const verb = parseVerb(base, frame, acts);
    if (past === undefined) add(pastOf(base), { verb, form: 'past', isParticipleOnly: false });
    else add(past, { verb, form: 'past', isParticipleOnly: false });
    if (participle !== undefined) add(participle, { verb, form: 'past', isParticipleOnly: true });
    // Put, cast, hit, read: their past is their base form.
    add(base, { verb, form: unchanging.has(base) ? 'past' : 'base', isParticipleOnly: false });
    add(thirdOf(base), { verb, form: 'third', isParticipleOnly: false });
    add(ingOf(base), { verb, form: 'ing', isParticipleOnly: false });
  }
  return forms;
}

const unchanging = new Set(['put', 'cast', 'hit', 'read']);

function parseVerb(base: string, frame: string, acts: string): Verb {
  const [letters = '', prepositions = ''] = frame.split(':');
  const has = (letter: string): boolean => letters.split(/\s+/).includes(letter);
  return {
    base,
    isSpeech: has('s'),
    says: has('q'),
    addresses: has('o'),
    takesObject: has('n'),
    takesInfinitive: has('t'),
    prepositions: prepositions.split(/\s+/).filter((word) => word.length > 1),
    acts: acts.split(/\s+/).filter((word) => word !== ''),
  };
}

/** One syllable that ends in consonant, vowel, consonant doubles its last letter; so do these of two. */
const doubling = /^(?:[^aeiou]*[aeiou][bdgmnprt]|admit|refer|extol|permit|commit|regret|label|prefer|recap)$/;
const doubled = (base: string): string => (doubling.test(base) ? `${base}${base.at(-1)}` : base);

function pastOf(base: string): string {
  if (base.endsWith('e')) return `${base}d`;
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ied`;
  return `${doubled(base)}ed`;
}

function thirdOf(base: string): string {
  if (/(?:s|x|z|ch|sh|o)$/.test(base)) return `${base}es`;
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ies`;
  return `${base}s`;
}

function ingOf(base: string): string {
  if (/[^e]e$/.test(base) && base !== 'be') return `${base.slice(0, -1)}ing`;
  return `${doubled(base)}ing`;
}

export const verbForms: ReadonlyMap<string, VerbForm> = allForms();
