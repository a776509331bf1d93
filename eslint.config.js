import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';

/** Folders and what they must not import: the same directions test/architecture.test.ts holds. */
const directions = {
  etl: ['#server/*', '#dashboards/*', '**/web/**', '**/test/**'],
  dashboards: ['#server/*', '#etl/*', '**/web/**', '**/test/**'],
  server: ['**/web/**', '**/test/**'],
};

export default defineConfig(
  { ignores: ['dist/', 'data/', '.cache/', 'coverage/', '**/.svelte-kit/', 'node_modules/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    ignores: ['web/**'],
    extends: [ts.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/require-await': 'off',
      // Our objects are plain functions under names; nothing here uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true, allowNullish: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
        { selector: 'ExportDefaultDeclaration', message: 'Export by name; a default export only where a tool demands it.' },
      ],
    },
  },
  {
    // Answers of `JSON.parse` and of the database are compared whole; a wrong one fails the test.
    files: ['test/**/*.ts'],
    rules: Object.fromEntries(
      ['assignment', 'argument', 'call', 'member-access', 'return'].map((kind) => [`@typescript-eslint/no-unsafe-${kind}`, 'off']),
    ),
  },
  { files: ['*.config.ts', 'test/**/*.config.ts', 'test/support/{cluster,shared-server}.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['etl/**', 'server/**', 'dashboards/**'], rules: { 'no-console': 'error' } },
  ...Object.entries(directions).map(([folder, group]) => ({
    files: [`${folder}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message: `${folder} must not know of it: data flows one way.` }] }] },
  })),
  { files: ['web/**/*.ts'], ignores: ['**/*.svelte.ts'], extends: [ts.configs.recommended] },
  {
    files: ['web/**/*.svelte', 'web/**/*.svelte.ts'],
    extends: [ts.configs.recommended, svelte.configs.recommended],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
    rules: { 'svelte/no-at-html-tags': 'error', 'svelte/no-navigation-without-resolve': 'off' },
  },
  { files: ['web/**'], languageOptions: { globals: { ...globals.browser } }, rules: { '@typescript-eslint/no-explicit-any': 'error' } },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: { ...globals.node } } },
);
