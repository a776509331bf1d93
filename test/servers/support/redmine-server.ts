import { freePort, install, runAs, serve, type Started } from './debian.js';

export interface RedmineServer {
  address: string;
  host: string;
  /** The administrator's. */
  key: string;
  /** Asks the API; `as` another login. Throws where the answer is no success. */
  ask(method: string, path: string, body?: object, as?: string): Promise<unknown>;
  stop(): Promise<void>;
}

const folder = '/usr/share/redmine';
const account = 'www-data';
const environment = ['env', 'RAILS_ENV=production', 'REDMINE_INSTANCE=default', 'REDMINE_LANG=en', 'RUBYOPT=-W0'];

const settings = `
Setting.rest_api_enabled = '1'
Setting.issue_group_assignment = '1'
Setting.cross_project_issue_relations = '1'
admin = User.find_by_login('admin')
admin.must_change_passwd = false
admin.save!(validate: false)
puts admin.api_key
`;

/** A real Redmine of Debian's packages on a free port. What it held before it keeps. */
export async function startRedmine(): Promise<Started<RedmineServer>> {
  const missing = install(['redmine', 'redmine-sqlite', 'puma']);
  if (missing !== null) return { reason: missing };
  const key = prepare();
  const host = `127.0.0.1:${await freePort()}`;
  const address = `http://${host}`;
  const command = [...environment, 'puma', '-q', '-e', 'production', '-b', `tcp://${host}`, '-t', '1:4', 'config.ru'];
  const { stop } = await serve(account, command, `${address}/issue_statuses.json`, folder);
  return { server: { address, host, key, stop, ask: (method, path, body, as) => ask(address, key, method, path, body, as) } };
}

/** Gives Redmine its usual trackers and statuses where it has none, and lets its API answer. */
function prepare(): string {
  runAs(account, [...environment, 'rake', 'redmine:load_default_data'], { cwd: folder });
  const printed = runAs(account, [...environment, 'bin/rails', 'runner', '-e', 'production', '-'], { cwd: folder, input: settings });
  return printed.trim().split('\n').at(-1) ?? '';
}

async function ask(address: string, key: string, method: string, path: string, body?: object, as?: string): Promise<unknown> {
  const headers = {
    'content-type': 'application/json',
    'x-redmine-api-key': key,
    ...(as === undefined ? {} : { 'x-redmine-switch-user': as }),
  };
  const answer = await fetch(`${address}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 200)}`);
  return text.trim() === '' ? null : JSON.parse(text);
}
