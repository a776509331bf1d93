import { isIP } from 'node:net';
import { Refusal } from '../refusal.js';
import { StartError } from '../start-error.js';
import { parseAddress } from './address.js';
import type { MailAddress } from './message.js';

/** The mail server that messages are given to. */
export interface SmtpServer {
  host: string;
  port: number;
  /** `implicit`: from the first byte; `starttls`: before anything is told, or nothing is; `none`: in the clear. */
  tls: 'implicit' | 'starttls' | 'none';
  /** Null: without login. */
  login: { user: string; password: string } | null;
}

export interface MailSettings {
  /** Null: messages are put into a folder. */
  smtp: SmtpServer | null;
  from: MailAddress;
  /** The only domains that are written to; empty: all. */
  domains: string[];
}

/** As the environment has them; what is not set is undefined. */
export interface MailEnvironment {
  THROUGHLINE_SMTP_URL?: string | undefined;
  THROUGHLINE_MAIL_FROM?: string | undefined;
  THROUGHLINE_MAIL_DOMAINS?: string | undefined;
}

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/** Throws a `StartError` that names the value, without a password, and the remedy. */
export function readMailSettings(environment: MailEnvironment): MailSettings {
  const url = environment.THROUGHLINE_SMTP_URL;
  const from = environment.THROUGHLINE_MAIL_FROM;
  if (url !== undefined && from === undefined) {
    throw new StartError(
      'THROUGHLINE_SMTP_URL is set, but THROUGHLINE_MAIL_FROM is not: say whom messages come from, as in reports@company.com.',
    );
  }
  return {
    smtp: url === undefined ? null : readServer(url),
    from: from === undefined ? { name: 'Throughline', address: 'throughline@localhost' } : readSender(from),
    domains: readDomains(environment.THROUGHLINE_MAIL_DOMAINS),
  };
}

function readServer(text: string): SmtpServer {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '' || !['', '/'].includes(url.pathname) || url.hash !== '') {
    throw wrong('must be an address such as smtp://user:password@mail.company.com:587 or smtps://mail.company.com');
  }
  const shown = `${url.protocol}//${url.host}${url.search}`;
  const asked = url.searchParams.get('tls');
  if ([...url.searchParams.keys()].some((key) => key !== 'tls') || (asked !== null && asked !== 'none' && asked !== 'required')) {
    throw wrong(`(${shown}) may end with ?tls=none or ?tls=required and nothing else`);
  }
  const isLoopback = loopback.includes(url.hostname);
  const isClear = asked === 'none' || (isLoopback && asked === null);
  const tls = url.protocol === 'smtps:' ? 'implicit' : isClear ? 'none' : 'starttls';
  if (tls === 'implicit' && asked === 'none') throw wrong(`(${shown}) asks for TLS and for none; write smtp:// or leave ?tls=none out`);
  if ((url.username === '') !== (url.password === '')) throw wrong(`(${shown}) has a user or a password without the other`);
  if (tls === 'none' && url.username !== '' && !isLoopback) {
    throw wrong(`(${shown}) would send the password in the clear; leave ?tls=none out, or the user and password`);
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (tls === 'implicit' ? 465 : 587) : Number(url.port),
    tls,
    login: url.username === '' ? null : { user: decoded(url.username, shown), password: decoded(url.password, shown) },
  };
}

function decoded(part: string, shown: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw wrong(`(${shown}) has a % in user or password that is not followed by two hexadecimal digits; write a bare % as %25`);
  }
}

function readSender(text: string): MailAddress {
  const [, name = '', named, bare] = /^(?:([^<>"]*?)\s*<([^<>]*)>|([^<>]*))$/.exec(text.trim()) ?? [];
  try {
    return parseAddress(named ?? bare ?? '', name);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new StartError(
      `THROUGHLINE_MAIL_FROM=${text} is not valid; it must be an address such as reports@company.com or Throughline <reports@company.com>.`,
    );
  }
}

function readDomains(text: string | undefined): string[] {
  if (text === undefined) return [];
  const domains = text.split(',').map((domain) => domain.trim().toLowerCase());
  const wrongOne = domains.find(
    (domain) => !/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(domain) || isIP(domain) > 0,
  );
  if (wrongOne === undefined) return domains;
  throw new StartError(
    `THROUGHLINE_MAIL_DOMAINS=${text} is not valid: "${wrongOne}" is no domain; it must be domains such as company.com,partner.org.`,
  );
}

function wrong(what: string): StartError {
  return new StartError(`THROUGHLINE_SMTP_URL=(hidden) is not valid: it ${what}.`);
}
