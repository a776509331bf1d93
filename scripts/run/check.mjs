import { join } from 'node:path';
import { Failure, root, runQuietly, say, tool } from './process.mjs';

/** Every check, each to its end, one line a step; the output of those that fail. Gives the exit code. */
export async function steps(node) {
  const checks = [
    ['types', [tool('typescript', 'bin/tsc'), '--noEmit', '-p', 'tsconfig.json']],
    [
      'types of the page',
      [tool('svelte-check', 'bin/svelte-check'), '--workspace', 'web', '--tsconfig', join(root, 'web/tsconfig.json'), '--fail-on-warnings'],
    ],
    ['lint', [tool('eslint', 'bin/eslint.js'), '.', '--max-warnings', '0']],
    ['format', [tool('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
    ['import directions', [tool('vitest', 'vitest.mjs'), 'run', '--config', 'test/architecture.config.ts']],
    ['unused code', [tool('knip', 'bin/knip.js')]],
  ];
  let failed = 0;
  for (const [name, options] of checks) {
    const started = Date.now();
    try {
      await runQuietly(name, node, options);
      say(`ok      ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failed += 1;
      say(error.message);
      say(`FAILED  ${name}`);
    }
  }
  return failed === 0 ? 0 : 1;
}
