import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { underLock } from './lock.mjs';
import { root, runQuietly, say, tool } from './process.mjs';

const dist = join(root, 'dist');
const code = ['etl', 'server', 'dashboards'];
const shared = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

const parts = {
  server: {
    sources: [...code, ...shared],
    result: 'server/main.js',
    make: async (node) => {
      await runQuietly('building the server', node, [tool('typescript', 'bin/tsc'), '-p', 'tsconfig.build.json']);
      removeOrphans();
    },
  },
  page: {
    sources: ['web', 'dashboards', 'server/api.ts', ...shared],
    result: 'web/index.html',
    make: (node) =>
      runQuietly('building the page', node, [tool('vite', 'bin/vite.js'), 'build', '--logLevel', 'warn'], {
        cwd: join(root, 'web'),
        env: { ...process.env, NODE_ENV: 'production' },
      }),
  },
};

/** Builds what is older than its sources; judged by content, so that a fresh checkout with an old date is seen. */
export async function build(node) {
  if (stale().length === 0) return;
  await underLock(async () => {
    const names = stale();
    if (names.length === 0) return;
    const started = Date.now();
    say(`building the ${names.join(' and the ')} …`);
    mkdirSync(dist, { recursive: true });
    await Promise.all(
      names.map(async (name) => {
        const before = fingerprint(parts[name].sources);
        await parts[name].make(node);
        writeFileSync(stampOf(name), before);
      }),
    );
    say(`built in ${Math.round((Date.now() - started) / 1000)} s`);
  });
}

function stale() {
  return Object.keys(parts).filter((name) => {
    const isBuilt = existsSync(stampOf(name)) && existsSync(join(dist, parts[name].result));
    return !isBuilt || readFileSync(stampOf(name), 'utf8') !== fingerprint(parts[name].sources);
  });
}

function stampOf(name) {
  return join(dist, `.${name}-sources`);
}

function fingerprint(sources) {
  const hash = createHash('sha256');
  for (const source of sources)
    for (const file of filesOf(join(root, source)))
      hash
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
  return hash.digest('hex');
}

function filesOf(path) {
  if (!existsSync(path)) return [];
  const entries = readdirSyncOrNull(path);
  if (entries === null) return [path];
  return entries
    .filter((entry) => !['node_modules', '.svelte-kit', 'build'].includes(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesOf(join(path, entry.name)));
}

function readdirSyncOrNull(path) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return null;
    throw error;
  }
}

/** What was built from sources that are gone would still be found by an import. */
function removeOrphans() {
  for (const folder of code) {
    for (const file of filesOf(join(dist, folder))) {
      const source = join(root, relative(dist, file)).replace(/\.js(\.map)?$/, '.ts');
      if (!existsSync(source)) rmSync(file);
    }
  }
}
