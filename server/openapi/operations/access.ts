import type { Told } from './index.js';

/** Accounts, sign-in and what is recorded of them. */
export const access: Record<string, Told> = {
  'Audit.list': 'What happened: sign-ins, changes, exports, queries; newest first.',
};
