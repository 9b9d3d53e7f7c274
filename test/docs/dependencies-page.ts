/** The part of docs/dependencies.md that follows from package.json and package-lock.json. */
import { existsSync, readFileSync } from 'node:fs';

export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Licences whose works may be used by, and shipped with, a work under Apache-2.0. */
export const compatible = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'MIT OR Apache-2.0',
];

/** For development alone: its files are used unchanged and not shipped. */
export const compatibleForDevelopment = [...compatible, 'MPL-2.0'];

export const marker =
  '<!-- Made by npm run docs from package-lock.json. What stands below is not edited by hand. -->\n';

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

export const manifest = (): Manifest => readJson('package.json') as Manifest;

/** Every package of the lock file by its place in node_modules. */
export function lockedPackages(): Map<string, Locked> {
  const { packages } = readJson('package-lock.json') as { packages: Record<string, Locked> };
  return new Map(Object.entries(packages).filter(([place]) => place !== ''));
}

const nameOf = (place: string): string =>
  place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** What the package at `place` requires, as Node would find it: the nearest node_modules upwards. */
function findRequired(locked: Map<string, Locked>, place: string, name: string): string | undefined {
  for (let from = place; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    const candidate = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
    if (locked.has(candidate)) return candidate;
    if (from === '') return undefined;
  }
}

/** Names of everything that comes with a direct dependency, itself left out. */
export function broughtBy(locked: Map<string, Locked>, name: string): string[] {
  const seen = new Set<string>([`node_modules/${name}`]);
  const open = [...seen];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { dependencies = {}, optionalDependencies = {} } = locked.get(place) ?? {};
    for (const wanted of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const found = findRequired(locked, place, wanted);
      if (found === undefined || seen.has(found)) continue;
      seen.add(found);
      open.push(found);
    }
  }
  return [...seen].slice(1).map(nameOf).sort();
}

/** The licence that an installed package itself states, which the lock file must agree with. */
export function statedLicence(place: string): string | undefined {
  const path = `${place}/package.json`;
  if (!existsSync(path)) return undefined;
  const { license } = readJson(path) as { license?: string };
  return license;
}

/** Everything below the marker. */
export function generatedPart(): string {
  const locked = lockedPackages();
  const { dependencies, devDependencies } = manifest();
  const parts = [
    marker,
    '## Versions, licences, and what each brings\n',
    directTable(locked, dependencies, 'at run time'),
  ];
  parts.push(
    directTable(locked, devDependencies, 'for development only'),
    '## All packages by licence\n',
    licenceTable(locked),
  );
  return parts.join('\n');
}

function directTable(
  locked: Map<string, Locked>,
  names: Readonly<Record<string, string>>,
  when: string,
): string {
  const rows = Object.keys(names)
    .sort()
    .map((name) => {
      const { version = '', license = '' } = locked.get(`node_modules/${name}`) ?? {};
      const brought = broughtBy(locked, name);
      const list = brought.length > 12 ? `${brought.length} packages` : brought.join(', ');
      return `| ${name} | ${version} | ${license} | ${list} |`;
    });
  return [`| ${when} | version | licence | brings |`, '|---|---|---|---|', ...rows, ''].join('\n');
}

function licenceTable(locked: Map<string, Locked>): string {
  const byLicence = new Map<string, { shipped: Set<string>; development: Set<string> }>();
  for (const [place, { license = 'none stated', dev = false }] of locked) {
    const lists = byLicence.get(license) ?? { shipped: new Set(), development: new Set() };
    byLicence.set(license, lists);
    (dev ? lists.development : lists.shipped).add(nameOf(place));
  }
  const list = (names: Set<string>): string => [...names].sort().join(', ');
  const rows = [...byLicence]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([licence, { shipped, development }]) => `| ${licence} | ${list(shipped)} | ${list(development)} |`);
  return ['| licence | at run time | for development only |', '|---|---|---|', ...rows, ''].join('\n');
}
