import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const folders = ['etl', 'server', 'dashboards', 'web', 'test', 'scripts'] as const;
type Folder = (typeof folders)[number];

/** Whom a folder may know besides itself. `types`: only by `import type`. */
const allowed: Record<Folder, Partial<Record<Folder, 'all' | 'types'>>> = {
  etl: {},
  dashboards: {},
  server: { etl: 'all', dashboards: 'all' },
  web: { dashboards: 'types', server: 'types' },
  test: { etl: 'all', server: 'all', dashboards: 'all', web: 'all', scripts: 'all' },
  scripts: {},
};

/** The one file of the server whose types the page may know. */
const apiTypes = 'server/api';

export interface SourceFile {
  /** From the root of the repository, with `/`. */
  path: string;
  text: string;
}

/** Every source of the house. */
export function sourceFiles(): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(repositoryRoot, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|mts|js|mjs|svelte)$/.test(entry.name))
      .map((entry) => relative(repositoryRoot, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((path) => !/(^|\/)(node_modules|\.svelte-kit|dist)\//.test(path))
      .map((path) => ({ path, text: readFileSync(join(repositoryRoot, path), 'utf8') })),
  );
}

/**
 * What the page takes of `dashboards` and runs: rows of an analyst's own query are at the page alone, so it draws them itself. Loaded
 * when such a chart is wanted; everything else comes finished from the server.
 */
const drawnByThePage = 'dashboards/charts/quick';

/** What is wrong with the imports of the files, one sentence each. */
export function wrongImports(files: SourceFile[]): string[] {
  return files.flatMap((file) => importsOf(file.text).flatMap((each) => wrongImport(file.path, each) ?? []));
}

interface Import {
  specifier: string;
  isType: boolean;
}

function wrongImport(path: string, { specifier, isType }: Import): string | null {
  const from = folderOf(path);
  const target = targetOf(path, specifier);
  const to = target === null ? null : folderOf(target);
  if (from === null || to === null || target === null) return null;
  if (from === to)
    return specifier.startsWith('#') ? `${path} writes "${specifier}" for a file of its own folder; write it relative.` : null;
  const permission = allowed[from][to];
  if (permission === undefined) return `${path} imports "${specifier}": ${from} must not know ${to}.`;
  const isDrawing = from === 'web' && target.startsWith(`${drawnByThePage}.`);
  if (permission === 'types' && !isType && !isDrawing)
    return `${path} imports "${specifier}": ${from} may know only types of ${to}; write "import type".`;
  if (from === 'web' && to === 'server' && !target.startsWith(apiTypes))
    return `${path} imports "${specifier}": of the server the page knows api.ts alone.`;
  const isMarked = specifier.startsWith('#') || from === 'web' || from === 'test';
  return isMarked ? null : `${path} imports "${specifier}": a crossing is written #${to}/….`;
}

/** Files that import one another in a circle, each circle as its sorted paths; types count, an import where it is wanted does not. */
export function importCircles(files: SourceFile[]): string[][] {
  const paths = new Set(files.map((file) => file.path));
  const imported = new Map(
    files.map((file) => [file.path, staticImports(file.text).flatMap(({ specifier }) => fileOf(file.path, specifier, paths) ?? [])]),
  );
  const circles: string[][] = [];
  const entered = new Map<string, number>();
  const open: string[] = [];
  // Tarjan (1972): the earliest file still open that can be come back to.
  const earliest = (path: string): number => {
    const order = entered.size;
    entered.set(path, order);
    open.push(path);
    let low = order;
    for (const next of imported.get(path) ?? []) {
      const at = entered.get(next);
      if (at === undefined) low = Math.min(low, earliest(next));
      else if (open.includes(next)) low = Math.min(low, at);
    }
    if (low === order) {
      const circle = open.splice(open.indexOf(path));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low;
  };
  for (const { path } of files) if (!entered.has(path)) earliest(path);
  return circles;
}

/** The file of ours that a specifier means. */
function fileOf(path: string, specifier: string, paths: ReadonlySet<string>): string | null {
  const target = targetOf(path, specifier);
  if (target === null) return null;
  return [target.replace(/\.js$/, '.ts'), target, `${target}.ts`, `${target}/index.ts`].find((each) => paths.has(each)) ?? null;
}

/** Static, re-exporting and dynamic imports. */
function importsOf(text: string): Import[] {
  const dynamic = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)];
  return [...staticImports(text), ...dynamic.map(([, specifier = '']) => ({ specifier, isType: false }))];
}

function staticImports(text: string): Import[] {
  const statements = text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm);
  return [...statements].map(([, type, specifier = '']) => ({ specifier, isType: type !== undefined }));
}

function targetOf(path: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return join(dirname(path), specifier).split(sep).join('/');
  return null;
}

function folderOf(path: string): Folder | null {
  const first = path.split('/')[0];
  return folders.find((folder) => folder === first) ?? null;
}
