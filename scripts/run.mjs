// The one door of the project: `node scripts/run.mjs start|throughline|test|test:pages|test:faults|test:servers|check|build|bench|format`.
// Runs on Node 20 with nothing installed; everything behind it runs on the Node pinned by the lock file.
import { build } from './run/build.mjs';
import { install } from './run/install.mjs';
import { pinnedNode } from './run/node.mjs';
import { Failure, root, run, tool } from './run/process.mjs';
import { check } from './run/check.mjs';

const commands = {
  // The space for new objects only ever grows, three times this: an export of a million rows would keep some 100 MB more than it needs.
  // The parser of SQL runs as it is first compiled: to compile it better takes 500 MB for a second, for texts it reads in less than one ms.
  start: async (node, rest) =>
    run(node, ['--max-semi-space-size=8', '--liftoff-only', 'dist/server/main.js', ...rest], {
      isSupervised: true,
      before: () => build(node),
    }),
  throughline: async (node, rest) =>
    run(node, [`${root}/dist/server/cli.js`, ...rest], {
      cwd: process.env.INIT_CWD ?? process.cwd(),
      isSupervised: true,
      before: () => build(node),
    }),
  test: async (node, rest) => {
    // Each test file and each server it starts is a process of its own: what Node compiled for one, the next takes from here.
    process.env.NODE_COMPILE_CACHE ??= `${root}/.cache/compiled`;
    return run(node, [tool('vitest', 'vitest.mjs'), 'run', ...rest], { before: () => build(node) });
  },
  'test:pages': async (node, rest) =>
    run(node, [tool('vitest', 'vitest.mjs'), 'run', '--config', 'test/pages.config.ts', ...rest], { before: () => build(node) }),
  'test:faults': async (node, rest) => run(node, [tool('vitest', 'vitest.mjs'), 'run', '--config', 'test/faults.config.ts', ...rest]),
  'test:servers': async (node, rest) =>
    run(node, [tool('vitest', 'vitest.mjs'), 'run', '--config', 'test/servers/vitest.config.ts', ...rest]),
  bench: async (node, rest) =>
    run(node, [tool('vitest', 'vitest.mjs'), 'run', '--config', 'test/bench/vitest.config.ts', ...rest], { before: () => build(node) }),
  check: (node) => check(node),
  format: async (node, rest) => run(node, [tool('prettier', 'bin/prettier.cjs'), '--write', '--log-level', 'warn', '.', ...rest]),
  build: async (node) => {
    await build(node);
    return 0;
  },
};

const [name = '', ...rest] = process.argv.slice(2);
try {
  const command = commands[name];
  if (!command) throw new Failure(`Unknown command "${name}"; known: ${Object.keys(commands).join(', ')}.`);
  await install();
  process.exitCode = await command(pinnedNode(), rest);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
