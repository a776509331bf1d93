import { StartError } from '../start-error.js';

const remedies: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there; start it or correct DATABASE_URL',
  ENOTFOUND: 'no such host; correct DATABASE_URL',
  EAI_AGAIN: 'the host name cannot be looked up; correct DATABASE_URL',
  ETIMEDOUT: 'no answer; check the address and the network',
  '28P01': 'wrong user or password; correct DATABASE_URL',
  '28000': 'the server does not let this user in; correct DATABASE_URL or pg_hba.conf',
  '3D000': 'no such database; create it or correct DATABASE_URL',
  '53300': 'the server has no connection left; raise max_connections',
};

/** One line for a database that cannot be reached: where, what happened, what to do. Never the password. */
export function connectionError(url: string, cause: unknown): StartError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = cause instanceof Error && cause.message !== '' ? cause.message : code;
  return new StartError(`The database ${shownAddress(url)} cannot be used: ${remedies[code] ?? reason}.`, { cause });
}

function shownAddress(url: string): string {
  if (!URL.canParse(url)) return 'of DATABASE_URL';
  const { username, hostname, port, pathname } = new URL(url);
  return `${username === '' ? '' : `${username}@`}${hostname}:${port === '' ? '5432' : port}${pathname}`;
}
