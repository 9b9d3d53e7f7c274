/**
 * Writes docs/parser-conformance.md from the comparisons themselves:
 *
 *   node dist/test/message/conformance-report.js
 */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { comparedSets } from './conformance/all.js';
import type { Comparison } from './conformance/comparison.js';
import { explanations } from './conformance/differences.js';

const path = 'docs/parser-conformance.md';

/** The report as Markdown; the same bytes for the same findings. */
export function formatReport(): string {
  const results = comparedSets.map(({ set, oracle, compare }) => ({ set, oracle, result: compare() }));
  const facts = results.reduce((sum, { result }) => sum + result.facts, 0);
  const differing = results.reduce((sum, { result }) => sum + result.differences.length, 0);
  const lines = [
    '# The parser beside others',
    '',
    '<!-- Made by `node dist/test/message/conformance-report.js`; a test checks that it is current. -->',
    '',
    'Each set of test mail is read whole, and every fact compared with what another parser found in the same bytes: structure, media types, file names, decoded content (by SHA-256), subject, mailboxes, date, msg-ids, parameters. A fact is one such value of one message or one header body.',
    '',
    `**${String(facts - differing)} of ${String(facts)} facts agree.** The other ${String(differing)} are explained below; the tests fail on a difference that is not explained and on an explanation that is no longer needed.`,
    '',
    '| set | compared with | cases | facts | agree | differ |',
    '|---|---|--:|--:|--:|--:|',
    ...results.map(({ set, oracle, result }) => formatRow(set, oracle, result)),
    '',
    "Not compared: `mail-parser/received.json` (Received fields are kept whole, their parts are not in the parser's contract) and `mail-parser/list.json` (no value of the contract is a comma-separated list of phrases).",
    '',
    '## Differences',
    '',
    'Reference for each is the RFC named; where none is named it is a choice of what a reader of an archive needs.',
    '',
  ];
  for (const { reason, facts: ids } of explanations)
    lines.push(`- ${reason}`, ...ids.map((id) => `  - \`${id}\``));
  return `${lines.join('\n')}\n`;
}

function formatRow(set: string, oracle: string, result: Comparison): string {
  const { cases, facts, differences } = result;
  const counts = [cases, facts, facts - differences.length, differences.length].map(String).join(' | ');
  return `| ${set} | ${oracle} | ${counts} |`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(path, formatReport());
}
