import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { importCircles, repositoryRoot, sourceFiles, wrongImports } from './support/import-directions.js';

test('every import of the house goes in the one direction', () => {
  expect(wrongImports(sourceFiles())).toEqual([]);
});

test.each([
  ['etl/load.ts', `import { x } from '#server/config.js';`, 'etl must not know server'],
  ['dashboards/theme.ts', `import type { Court } from '#etl/connector.js';`, 'dashboards must not know etl'],
  ['server/main.ts', `import { y } from '../test/support/database.js';`, 'server must not know test'],
  ['server/main.ts', `import { load } from '../etl/load.js';`, 'a crossing is written #etl/…'],
  ['server/main.ts', `const page = await import('../web/src/app.js');`, 'server must not know web'],
  ['web/src/lib/api.ts', `import { boards } from '#dashboards/boards/index.js';`, 'web may know only types of dashboards'],
  ['web/src/lib/api.ts', `import type { Config } from '#server/config.js';`, 'of the server the page knows api.ts alone'],
  [
    'web/src/routes/+page.svelte',
    `<script lang="ts">\n  import { readConfig } from '../../../server/config.js';\n</script>`,
    'web may know only types of server',
  ],
  ['etl/sync.ts', `export * from '#etl/load.js';`, 'write it relative'],
])('%s with %s is refused', (path, text, reason) => {
  expect(wrongImports([{ path, text }])).toEqual([expect.stringContaining(reason)]);
});

test.each([
  ['server/main.ts', `import { syncConnection } from '#etl/sync.js';`],
  ['web/src/lib/api.ts', `import type { StateResponse } from '#server/api.js';`],
  ['web/src/lib/api.ts', `import type {\n  BoardResponse,\n  ItemsResponse,\n} from '#server/api.js';`],
  ['etl/sync.ts', `import { loadPage } from './load.js';`],
  ['web/src/lib/workbench/QuickChart.svelte', `const { quickChart } = await import('#dashboards/charts/quick.js');`],
])('%s with %s is fine', (path, text) => {
  expect(wrongImports([{ path, text }])).toEqual([]);
});

test('no files of the house import one another in a circle, types among them', () => {
  expect(importCircles(sourceFiles())).toEqual([]);
});

test('a circle is found over types, a way around and a re-export; a file that is imported where it is wanted makes none', () => {
  const files = [
    { path: 'etl/a.ts', text: `import { b } from './b.js';\nimport { d } from './d.js';` },
    { path: 'etl/b.ts', text: `export * from './c.js';` },
    { path: 'etl/c.ts', text: `import type { A } from './a.js';` },
    { path: 'etl/d.ts', text: `const { a } = await import('./a.js');` },
  ];
  expect(importCircles(files)).toEqual([['etl/a.ts', 'etl/b.ts', 'etl/c.ts']]);
});

test('no source file is kept out of the repository by .gitignore', (context) => {
  const rooms = ['server', 'etl', 'dashboards', 'web/src', 'test', 'scripts'];
  const asked = spawnSync('git', ['ls-files', '--others', '--ignored', '--exclude-standard', '--', ...rooms], { encoding: 'utf8' });
  if (asked.status !== 0) return context.skip('this is no git checkout, or git is not installed');
  expect(asked.stdout).toBe('');
});

test('every link of the documents leads to a file of the repository', () => {
  const documents = ['README.md', 'SECURITY.md', ...readdirSync(join(repositoryRoot, 'docs')).map((name) => `docs/${name}`)];
  const broken = documents
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) =>
      [...readFileSync(join(repositoryRoot, path), 'utf8').matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, to = '']) => ({
        path,
        to,
      })),
    )
    .filter(({ path, to }) => !existsSync(join(repositoryRoot, dirname(path), to)));
  expect(broken).toEqual([]);
});
