/**
 * Holds the plan of src/ by reading its imports: who may know whom, who may touch the world outside.
 * The plan is told in docs/architecture.md.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, test } from 'node:test';

/** Earlier stages first. Stages of one row do not know each other. */
const plan: readonly (readonly string[])[] = [
  ['limits', 'errors'],
  ['message', 'receive', 'people', 'proof'],
  ['verify', 'claims', 'check'],
  ['thread', 'store', 'index/query', 'extract'],
  ['index', 'confined'],
  ['read'],
  ['redact'],
  ['pipeline', 'attachments', 'export', 'judging', 'capture', 'review'],
  ['rasterize'],
  ['reindex', 'fsck'],
  ['web'],
  ['release'],
  ['cli'],
];

/** Stages that turn bytes and values into values: files, network, other threads, clock and chance reach them as arguments. */
const pure = [
  'limits',
  'errors',
  'proof',
  'message',
  'verify',
  'claims',
  'people',
  'thread',
  'index/query',
  'redact',
];

/** Modules of Node that do no input or output. */
const pureModules = ['node:buffer', 'node:crypto', 'node:zlib'];

/** Who may open files. */
const mayOpenFiles = [
  'receive',
  'store',
  'index',
  'pipeline',
  'reindex',
  'fsck',
  'confined',
  'attachments',
  'judging',
  'capture',
  'review',
  'rasterize',
  'web',
  'release',
  'check',
  'cli',
];

/** read/raw.ts reads a message's bytes back out of originals; it needs the index (for the spool), so it cannot lie in store/. */
const alsoOpensFiles = ['src/read/raw.ts'];

interface Module {
  readonly path: string;
  readonly stage: string;
  readonly source: string;
  /** Specifiers as written. */
  readonly imports: readonly string[];
}

const importing =
  /^(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

const modules: readonly Module[] = globSync('src/**/*.{ts,tsx}')
  .sort()
  .map((path) => {
    const source = readFileSync(path, 'utf8');
    const imports = Array.from(source.matchAll(importing), (found) => found[1] ?? found[2] ?? found[3] ?? '');
    return { path, stage: stageOf(path), source, imports };
  });

function stageOf(path: string): string {
  const parts = relative('src', path).split('/');
  if (parts.length === 1) return (parts[0] ?? '').replace(/\.tsx?$/, '');
  return parts[0] === 'index' && parts[1] === 'query' ? 'index/query' : (parts[0] ?? '');
}

/** The modules of ours that a module imports. */
function ownImports(module: Module): Module[] {
  const own = module.imports.filter((specifier) => specifier.startsWith('.'));
  // What is missing is the compiler's to say.
  return own.flatMap((specifier) => {
    const path = join(dirname(module.path), specifier).replace(/\.js$/, '');
    return modules.filter((other) => other.path === `${path}.ts` || other.path === `${path}.tsx`);
  });
}

const rowOf = (stage: string): number => plan.findIndex((row) => row.includes(stage));

describe('the architecture', () => {
  test('gives every module a place', () => {
    assert.ok(modules.length > 80);
    const homeless = modules.filter((module) => rowOf(module.stage) < 0).map((module) => module.path);
    assert.deepEqual(homeless, []);
  });

  test('a stage imports only earlier stages', () => {
    const wrong: string[] = [];
    for (const module of modules) {
      for (const other of ownImports(module)) {
        if (other.stage === module.stage || rowOf(other.stage) < rowOf(module.stage)) continue;
        wrong.push(`${module.path} imports ${other.path}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  test('no module imports itself through others', () => {
    assert.deepEqual(findCycle(), []);
  });

  test('pure stages do no input or output', () => {
    const wrong: string[] = [];
    for (const module of modules.filter(({ stage }) => pure.includes(stage))) {
      for (const specifier of module.imports) {
        if (specifier.startsWith('node:') && !pureModules.includes(specifier))
          wrong.push(`${module.path} imports ${specifier}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  test('pure stages ask no clock, no chance, no environment', () => {
    const asking =
      /\b(?:Date\.now|Math\.random|performance\.now|randomUUID|randomBytes|process\.\w+|fetch|setTimeout|setInterval)\b|new Date\(\)/;
    const wrong = modules.filter(
      ({ stage, source }) => pure.includes(stage) && asking.test(withoutComments(source)),
    );
    assert.deepEqual(
      wrong.map((module) => module.path),
      [],
    );
  });

  test('only the stages that are for it open files', () => {
    const wrong = modules.filter(
      ({ path, stage, imports }) =>
        imports.some((specifier) => /^node:fs(?:\/promises)?$/.test(specifier)) &&
        !mayOpenFiles.includes(stage) &&
        !alsoOpensFiles.includes(path),
    );
    assert.deepEqual(
      wrong.map((module) => module.path),
      [],
    );
  });

  /** capture/fetch.ts fetches an address that a person names, and refuses what is not public. */
  test('only web and cli listen, and nothing else reaches the network but the fetching of articles', () => {
    const network = /^node:(?:net|http|http2|https|tls|dgram|dns)(?:\/.*)?$/;
    const wrong = modules.filter(
      ({ path, stage, imports }) =>
        imports.some((specifier) => network.test(specifier)) &&
        stage !== 'web' &&
        stage !== 'cli' &&
        path !== 'src/capture/fetch.ts',
    );
    assert.deepEqual(
      wrong.map((module) => module.path),
      [],
    );
  });

  test('modules of Node are imported by their full name', () => {
    const wrong = modules.filter(({ imports }) =>
      imports.some((specifier) =>
        /^(?:fs|path|os|crypto|zlib|stream|util|events|url|http)(?:\/|$)/.test(specifier),
      ),
    );
    assert.deepEqual(
      wrong.map((module) => module.path),
      [],
    );
  });

  test('no file is a drawer for odds and ends', () => {
    const drawer = /(?:^|[/-])(?:utils?|helpers?|misc|common|types|services?|managers?)(?:[/.-]|$)/;
    assert.deepEqual(
      modules.filter(({ path }) => drawer.test(path)).map((module) => module.path),
      [],
    );
  });
});

/** A circle of imports as paths, first and last the same; empty where there is none. Type imports count: they couple files as well. */
function findCycle(): string[] {
  const done = new Set<Module>();
  for (const start of modules) {
    const trail: Module[] = [];
    const rest: Module[][] = [[start]];
    while (rest.length > 0) {
      const next = rest.at(-1)?.pop();
      if (next === undefined) {
        rest.pop();
        const left = trail.pop();
        if (left !== undefined) done.add(left);
        continue;
      }
      const at = trail.indexOf(next);
      if (at >= 0) return [...trail.slice(at), next].map((module) => module.path);
      if (done.has(next)) continue;
      trail.push(next);
      rest.push(ownImports(next));
    }
  }
  return [];
}

const withoutComments = (source: string): string =>
  source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
