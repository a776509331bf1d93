import type { Config } from '../config.js';
import { chooseLog } from '../console.js';
import { neverLog } from '../redact.js';

/** How this process writes its log, and what must never be in it. Called first of all. */
export function startLog({ log, databaseUrl, secretKey, mail, oidc }: Config): void {
  chooseLog(log);
  neverLog(secretKey, mail.smtp?.login?.password, oidc?.clientSecret);
  if (databaseUrl !== null) neverLogPasswordOf(databaseUrl);
}

/** Of a database that was opened with one of its own. */
export function neverLogPasswordOf(databaseUrl: string): void {
  if (URL.canParse(databaseUrl)) neverLog(decodeURIComponent(new URL(databaseUrl).password));
}
