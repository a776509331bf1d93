import { join } from 'node:path';
import { Failure, root, runQuietly, say, tool } from './process.mjs';

/** Every check, each to its end, one line a step; the output of those that fail. Gives the exit code. */
export async function check(node) {
  const web = join(root, 'web');
  const run = (options, settings) => (name) => runQuietly(name, node, options, settings);
  const checks = {
    types: run([tool('typescript', 'bin/tsc'), '--noEmit', '-p', 'tsconfig.json']),
    'types of the page': async (name) => {
      await runQuietly(name, node, [tool('@sveltejs/kit', 'svelte-kit.js'), 'sync'], { cwd: web });
      const options = ['--workspace', web, '--tsconfig', join(web, 'tsconfig.json'), '--fail-on-warnings'];
      await runQuietly(name, node, [tool('svelte-check', 'bin/svelte-check'), ...options]);
    },
    lint: run([tool('eslint', 'bin/eslint.js'), '.', '--max-warnings', '0']),
    format: run([tool('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']),
    'import directions': run([tool('vitest', 'vitest.mjs'), 'run', '--config', 'test/architecture.config.ts']),
    'unused code': run([tool('knip', 'bin/knip.js'), '--no-config-hints']),
  };
  let failed = 0;
  for (const [name, work] of Object.entries(checks)) {
    const startedAt = Date.now();
    try {
      await work(name);
      say(`ok      ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failed += 1;
      say(error.message);
      say(`FAILED  ${name}`);
    }
  }
  return failed === 0 ? 0 : 1;
}
