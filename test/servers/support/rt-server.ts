import { chmodSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { freePort, install, runAs, serve, type Started } from './debian.js';

export interface RtServer {
  address: string;
  host: string;
  /** `name:password` of the superuser. */
  login: string;
  /** Asks the API, as the superuser or as `login`. Throws where the answer is no success. */
  ask(method: string, path: string, body?: object | unknown[], login?: string): Promise<unknown>;
  /** Removes a ticket with all its traces, as RT's shredder does. */
  shred(ticket: number): void;
  stop(): Promise<void>;
}

const library = '/usr/share/request-tracker5';
const account = 'www-data';

const rights = `
my $everyone = RT::Group->new(RT->SystemUser);
$everyone->LoadSystemInternalGroup('Everyone');
$everyone->PrincipalObj->GrantRight(Right => $_, Object => RT->System) for qw(SeeQueue ShowTicket CreateTicket ReplyToTicket);
my $staff = RT::Group->new(RT->SystemUser);
$staff->LoadSystemInternalGroup('Privileged');
$staff->PrincipalObj->GrantRight(Right => $_, Object => RT->System) for qw(OwnTicket ModifyTicket CommentOnTicket ShowTicketComments TakeTicket StealTicket);
`;

/** A real Request Tracker of Debian's packages on a free port. What it held before it keeps. */
export async function startRt(): Promise<Started<RtServer>> {
  const missing = install(['rt5-standalone', 'rt5-db-sqlite', 'request-tracker5']);
  if (missing !== null) return { reason: missing };
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const address = `http://${host}`;
  configure(port);
  perl(rights);
  const command = [`${library}/libexec/rt-server`, '--server', 'HTTP::Server::PSGI', '--host', '127.0.0.1', '--port', String(port)];
  const { stop } = await serve(account, command, `${address}/REST/2.0/rt`, '/');
  const login = 'root:password';
  return {
    server: {
      address,
      host,
      login,
      stop,
      ask: (method, path, body, as = login) => ask(address, method, path, body, as),
      shred: (ticket) =>
        perl(
          `use RT::Shredder; RT::Shredder::Init(force => 1); my $s = RT::Shredder->new; $s->PutObjects(Objects => ['RT::Ticket-${ticket}']); $s->WipeoutAll;`,
        ),
    },
  };
}

/** Mail goes nowhere: a test must not write to anybody. */
function configure(port: number): void {
  const file = '/etc/request-tracker5/RT_SiteConfig.d/90-local.pm';
  const lines = ["Set($WebPath, '');", "Set($WebDomain, '127.0.0.1');", `Set($WebPort, ${port});`, "Set($MailCommand, 'testfile');", '1;'];
  writeFileSync(file, `${lines.join('\n')}\n`);
  chmodSync(file, 0o644);
  for (const [command = '', ...rest] of [
    ['chgrp', account, '/etc/request-tracker5/RT_SiteConfig.pm'],
    ['chmod', '640', '/etc/request-tracker5/RT_SiteConfig.pm'],
  ])
    spawnSync(command, rest);
}

function perl(script: string): void {
  runAs(account, ['perl', `-I${library}/lib`, '-MRT=-init', '-e', script], { cwd: '/' });
}

async function ask(address: string, method: string, path: string, body: object | unknown[] | undefined, login: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json', authorization: `Basic ${Buffer.from(login).toString('base64')}` };
  const answer = await fetch(`${address}/REST/2.0${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 200)}`);
  return JSON.parse(text);
}
