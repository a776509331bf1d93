import { fileURLToPath } from 'node:url';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

const repository = fileURLToPath(new URL('..', import.meta.url));

/** The server to develop against; the built page is served by the same server and needs no proxy. */
const api = process.env.THROUGHLINE_API ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter({ pages: '../dist/web', fallback: 'index.html' }),
      // No stamp of the build's time: the same sources give the same files.
      version: { name: 'throughline' },
      compilerOptions: { runes: true },
    }),
  ],
  // Charts an analyst makes of his own rows are composed by the page, from the sources.
  resolve: { alias: [{ find: /^#dashboards\/(.*)\.js$/, replacement: `${repository}dashboards/$1.ts` }] },
  server: { proxy: { '/api': api } },
  build: { chunkSizeWarningLimit: 1_500 },
});
