/**
 * Writes docs/attachment-conformance.md from a run over the whole of shared/corpora/tika-attachments:
 *
 *   node dist/test/extract/conformance-report.js
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Extractor, type Outcome } from '../../src/attachments/extractor.js';
import { findType } from '../../src/extract/type.js';
import { missedWords } from './missed-words.js';

export const corpus = join('..', 'shared', 'corpora', 'tika-attachments');
const path = 'docs/attachment-conformance.md';

interface Heard {
  readonly oracle: string;
  /** Distinct words, lower case; every so many-th of a long list. */
  readonly words: readonly string[];
}

export interface FileResult {
  readonly file: string;
  readonly outcome: Outcome;
  /** What another program read; undefined where there is none for the type, or it read nothing. */
  readonly heard: Heard | undefined;
  /** Words of the other program that are not in our text. */
  readonly missing: readonly string[];
}

const word = /\p{L}{3,}/gu;

/** Reads every file of the corpus as the program does, in the process with limits. */
export async function readCorpus(): Promise<FileResult[]> {
  const oracles = JSON.parse(readFileSync('test/extract/oracles/words.json', 'utf8')) as Record<
    string,
    Heard
  >;
  const extractor = new Extractor();
  const results: FileResult[] = [];
  try {
    for (const file of readdirSync(corpus).sort()) {
      const outcome = await extractor.extract(readFileSync(join(corpus, file)));
      const heard = oracles[file];
      const text = outcome.pieces.map((piece) => piece.text).join('\n');
      const words = new Set(
        Array.from(text.normalize('NFKC').toLowerCase().matchAll(word), ([found]) => found),
      );
      const missing = heard?.words.filter((wanted) => !words.has(wanted.normalize('NFKC'))) ?? [];
      results.push({ file, outcome, heard, missing });
    }
  } finally {
    extractor.close();
  }
  return results;
}

export function formatReport(results: readonly FileResult[]): string {
  const lines = [
    '# Attachments: what is read',
    '',
    '<!-- Made by `node dist/test/extract/conformance-report.js`; a test checks that it is current. -->',
    '',
    `All ${results.length} files of Apache Tika's test documents that lie in \`shared/corpora/tika-attachments\`, read by the process that reads attachments. Many are damaged, encrypted or odd on purpose. None ended that process; a test fails if one does.`,
    '',
    '## By type',
    '',
    '| type by content | files | with text | no text in it | encrypted | not read | failed |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...typeRows(results),
    '',
    '## Beside other programs',
    '',
    'Distinct words of three letters and more that another program finds in the same file (of long texts a sample of about 120, spread evenly), and how many of them are in the text read here. Words that two programs split differently count as missed.',
    '',
    '| other program | files | words | found here | share |',
    '|---|--:|--:|--:|--:|',
    ...oracleRows(results),
    '',
    'Files where words are missed, and why where it is known:',
    '',
    ...results.filter(({ missing }) => missing.length > 0).map(missedLine),
    '',
    '## Without text',
    '',
    ...results.filter(({ outcome }) => outcome.status !== 'extracted').map(bareLine),
  ];
  return `${lines.join('\n')}\n`;
}

function typeRows(results: readonly FileResult[]): string[] {
  const byType = new Map<string, Outcome[]>();
  for (const { outcome } of results) {
    const name = findType(outcome.mediaType)?.name ?? outcome.mediaType;
    byType.set(name, [...(byType.get(name) ?? []), outcome]);
  }
  return [...byType]
    .sort(([one, a], [other, b]) => b.length - a.length || (one < other ? -1 : 1))
    .map(([name, outcomes]) => {
      const count = (...statuses: string[]): number =>
        outcomes.filter(({ status }) => statuses.includes(status)).length;
      const failed = outcomes.length - count('extracted', 'empty', 'encrypted', 'unsupported');
      return `| ${name} | ${outcomes.length} | ${count('extracted')} | ${count('empty')} | ${count('encrypted')} | ${count('unsupported')} | ${failed} |`;
    });
}

function oracleRows(results: readonly FileResult[]): string[] {
  const byOracle = new Map<string, { files: number; words: number; missed: number }>();
  for (const { heard, missing } of results) {
    if (heard === undefined) continue;
    const sum = byOracle.get(heard.oracle) ?? { files: 0, words: 0, missed: 0 };
    byOracle.set(heard.oracle, {
      files: sum.files + 1,
      words: sum.words + heard.words.length,
      missed: sum.missed + missing.length,
    });
  }
  return [...byOracle].sort().map(([oracle, { files, words, missed }]) => {
    return `| ${oracle} | ${files} | ${words} | ${words - missed} | ${((100 * (words - missed)) / words).toFixed(1)} % |`;
  });
}

function missedLine({ file, heard, missing }: FileResult): string {
  const shown = missing.slice(0, 4).map((each) => `\`${each}\``);
  const reason = missedWords.get(file);
  return `- ${file}: ${missing.length} of ${heard?.words.length ?? 0} (${shown.join(', ')}${missing.length > 4 ? ', …' : ''})${reason === undefined ? '' : `. ${reason}`}`;
}

function bareLine({ file, outcome: { status, note, mediaType } }: FileResult): string {
  const name = findType(mediaType)?.name ?? mediaType;
  return `- ${file}: ${name}, ${status}${note === '' ? '' : `: ${note.replace(/[<>|]/g, ' ')}`}`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(path, formatReport(await readCorpus()));
