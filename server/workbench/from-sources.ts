/** Lets Node itself run the sources of a child process: there `./wire.js` is `wire.ts`. Of no use to what is built. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) =>
    next(context.parentURL?.endsWith('.ts') && specifier.startsWith('.') ? specifier.replace(/\.js$/, '.ts') : specifier, context),
});
