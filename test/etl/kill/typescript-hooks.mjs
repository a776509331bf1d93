// Lets a child process run the sources as they are: `./x.js` and `#etl/x.js` are found as their `.ts`.
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('../../../', import.meta.url);

registerHooks({
  resolve(specifier, context, nextResolve) {
    const path = specifier.endsWith('.js') ? specifier.replace(/\.js$/, '.ts') : null;
    if (path?.startsWith('#')) return nextResolve(new URL(path.slice(1), root).href, context);
    if (path?.startsWith('.') && context.parentURL) {
      const source = new URL(path, context.parentURL);
      if (existsSync(fileURLToPath(source))) return nextResolve(source.href, context);
    }
    return nextResolve(specifier, context);
  },
});
