/**
 * PolNeAR (github.com/networkdynamics/PolNeAR): articles with source, cue and content of each attribution, in the
 * standoff format of brat, where places are counted in code points.
 *
 *   T1	Source 325 348	Pastor Bradley Cranston
 *   E1	Attribution:T4 Content:T3 Cue:T2 Source:T1
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Span } from '../../src/claims/span.js';

export interface Annotated {
  readonly name: string;
  readonly text: string;
  readonly attributions: readonly {
    readonly source: readonly Span[];
    readonly cue: readonly Span[];
    readonly content: readonly Span[];
  }[];
}

export type Part = 'train' | 'dev';

/** Articles that several people annotated are read as the first of them did, in order of their marks. */
export function readCorpus(root: string, part: Part): Annotated[] {
  const dir = join(root, 'data', part);
  const annotations = readdirSync(join(dir, 'attributions'))
    .filter((name) => name.endsWith('.ann'))
    .sort();
  return readdirSync(join(dir, 'text'))
    .sort()
    .flatMap((file) => {
      const name = file.replace(/\.txt$/, '');
      const annotation = annotations.find((other) => other.replace(/_[^_]+\.ann$/, '') === name);
      if (annotation === undefined) return [];
      const text = readFileSync(join(dir, 'text', file), 'utf8');
      return [
        {
          name,
          text,
          attributions: parseAnnotation(readFileSync(join(dir, 'attributions', annotation), 'utf8'), text),
        },
      ];
    });
}

function parseAnnotation(annotation: string, text: string): Annotated['attributions'] {
  const units = unitOffsets(text);
  const spans = new Map<string, Span[]>();
  const events: string[] = [];
  for (const line of annotation.split('\n')) {
    const [id = '', what = ''] = line.split('\t');
    if (/^T\d+$/.test(id)) {
      const places = what.slice(what.indexOf(' ') + 1).split(';');
      spans.set(
        id,
        places.map((place) => {
          const [start = 0, end = 0] = place.split(' ').map(Number);
          return { start: units[start] ?? text.length, end: units[end] ?? text.length };
        }),
      );
    } else if (/^E\d+$/.test(id)) events.push(what);
  }
  return events.map((event) => {
    const role = (name: string): Span[] =>
      event
        .split(' ')
        .flatMap((part) => {
          const [key = '', id = ''] = part.split(':');
          return key.replace(/\d+$/, '') === name ? (spans.get(id) ?? []) : [];
        })
        .sort((a, b) => a.start - b.start);
    return { source: role('Source'), cue: role('Cue'), content: role('Content') };
  });
}

function unitOffsets(text: string): number[] {
  const offsets: number[] = [];
  let at = 0;
  for (const character of text) {
    offsets.push(at);
    at += character.length;
  }
  offsets.push(at);
  return offsets;
}
