import type { Config } from '../config.js';
import type { Role } from './principal.js';

/** Whether accounts of this role have to have a second factor before anything else. */
export function isSecondFactorRequired({ secondFactor }: Pick<Config, 'secondFactor'>, role: Role): boolean {
  return secondFactor === 'all' || (secondFactor === 'admins' && role === 'admin');
}

/** What it takes to set one up, and no more. */
const open = ['/api/state', '/api/account', '/api/account/password', '/api/account/second-factor', '/api/account/second-factor/confirm'];

/** Whether a route is open to an account that still has to set one up. */
export function opensWithoutSecondFactor(template: string | undefined): boolean {
  return template !== undefined && open.includes(template);
}
