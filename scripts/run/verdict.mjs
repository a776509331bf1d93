// Prints what a run of the tests came to, as one line: `node scripts/run/verdict.mjs results.json`.
import { existsSync, readFileSync } from 'node:fs';

const [file = ''] = process.argv.slice(2);
if (existsSync(file)) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(file, 'utf8'));
  // A file that could not be loaded has failed too, though none of its tests ran.
  const brokenFiles = testResults.filter((result) => result.status === 'failed' && result.assertionResults.length === 0).length;
  console.log(`${numPassedTests} passed, ${numFailedTests + brokenFiles} failed, ${numPendingTests + numTodoTests} skipped`);
} else {
  console.log('0 passed, 1 failed, 0 skipped');
}
