import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { AuditLine, AuditResponse, Note } from '#server/api.js';
import { registerAuditCommand } from '#server/audit/audit.cli.js';
import { recordingCommands } from '#server/audit/audited-commands.js';
import { registerNoteCommand } from '#server/notes/note.cli.js';
import { dropOldAudit } from '#server/audit/keep-audit.js';
import { testDatabase } from '../../support/database.js';
import { runCommand } from '../dashboards/command-line.js';
import { testServer } from '../dashboards/test-server.js';

const database = await testDatabase();
const { pool } = database;
const server = await testServer(database);

/** Nothing can be taken out of the log, so each test begins a table of its own making. */
beforeEach(async () => {
  await pool.query('alter table app.audit disable trigger all; delete from app.audit; alter table app.audit enable trigger all');
});

const log = async (query = '') => server.json<AuditResponse>(`/api/audit${query}`);
const brief = ({ name, by, action, object, outcome, detail }: AuditLine) => ({ name, by, action, object, outcome, detail });
const write = (action: string, at: string, name = 'Ann') =>
  pool.query(`insert into app.audit (at, name, by, action, outcome) values ($2, $3, 'session', $1, 'done')`, [action, at, name]);

test('a change through the API is in the log with its object and what may be told of it, not with its text', async () => {
  const { body } = await server.post<Note>('/api/notes', { from: '2026-02-10', kind: 'release', text: 'Said to nobody' });
  await server.send('DELETE', `/api/notes/${body.id}`);
  const { lines } = await log();
  expect(lines.map(brief)).toEqual([
    { name: '', by: 'open', action: 'note.remove', object: body.id, outcome: 'done', detail: {} },
    { name: '', by: 'open', action: 'note.add', object: body.id, outcome: 'done', detail: { from: '2026-02-10', kind: 'release' } },
  ]);
  expect(lines[0]?.address).toBe('127.0.0.1');
  expect(JSON.stringify(lines)).not.toContain('nobody');
});

test('what was refused for its form, or is not there, changed nothing and is not in the log', async () => {
  expect((await server.post('/api/notes', { from: 'soon' })).status).toBe(400);
  expect(await server.delete(`/api/notes/${randomUUID()}`)).toBe(404);
  expect((await log()).lines).toEqual([]);
});

test('a file that was taken is in the log before its first byte, and so is the log itself', async () => {
  await write('note.add', '2026-03-01T09:00:00Z', '=cmd()');
  const { text, headers } = await server.get('/api/audit/download');
  expect(headers['content-disposition']).toBe('attachment; filename="throughline-audit.csv"');
  const [head, first, second] = text.split('\n');
  expect(head).toBe('id,at,name,role,by,action,object,outcome,detail,address');
  expect(`${first}${second}`).toContain("'=cmd()");
  expect((await log()).lines[0]).toMatchObject({ action: 'audit.export', detail: {} });
  const lines = (await server.get('/api/audit/download?format=ndjson')).text.trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as AuditLine).action)).toContain('note.add');
});

test('lines are found by action, outcome, name and time, and page by page', async () => {
  await write('note.add', '2026-03-01T09:00:00Z');
  await write('sign-in', '2026-03-02T09:00:00Z', 'Ben');
  await write('sign-in', '2026-03-03T09:00:00Z');
  const of = async (query: string) => (await log(query)).lines.map(({ at, action }) => `${at.slice(0, 10)} ${action}`);
  expect(await of('?action=sign-in')).toEqual(['2026-03-03 sign-in', '2026-03-02 sign-in']);
  expect(await of('?name=Ben')).toEqual(['2026-03-02 sign-in']);
  expect(await of('?from=2026-03-02&to=2026-03-03')).toEqual(['2026-03-02 sign-in']);
  expect(await of('?from=2026-03-03T10:00:00%2B02:00')).toEqual(['2026-03-03 sign-in']);

  const first = await log('?limit=2');
  expect(first.lines).toHaveLength(2);
  expect(first.names).toEqual(['Ann', 'Ben']);
  const second = await log(`?limit=2&before=${first.before}`);
  expect(second.lines.map(({ action }) => action)).toEqual(['note.add']);
  expect(second.before).toBeNull();
  await pool.query(
    `insert into app.audit (at, name, by, action, outcome) values ('2026-03-04T09:00:00Z', 'Cem', 'session', 'sign-in', 'refused')`,
  );
  expect((await log('?outcome=refused&from=2026-03-01')).lines.map(({ name }) => name)).toEqual(['Cem']);
  expect((await server.get('/api/audit?outcome=lost')).status).toBe(400);
  expect((await server.get('/api/audit?action=everything')).status).toBe(400);
});

test('lines go when they are older than the days somebody set, and setting them is in the log', async () => {
  await write('note.add', new Date(Date.now() - 50 * 86_400_000).toISOString());
  expect(await dropOldAudit(pool)).toBe(0);
  expect((await server.send('PATCH', '/api/audit/settings', { keepDays: 29 })).status).toBe(400);
  expect((await server.send('PATCH', '/api/audit/settings', { keepDays: 40 })).status).toBe(200);
  expect(await dropOldAudit(pool)).toBe(1);
  const { lines, keepDays } = await log();
  expect(keepDays).toBe(40);
  expect(lines.map(brief)).toEqual([
    { name: '', by: 'open', action: 'setting.change', object: null, outcome: 'done', detail: { keepDays: 40 } },
  ]);
  await pool.query(`delete from app.setting where name = 'audit'`);
});

test('a command is in the log under the account of the machine, also where it was refused', async () => {
  const register = (program: Parameters<typeof registerNoteCommand>[0], run: Parameters<typeof registerNoteCommand>[1]) => {
    const recording = recordingCommands(program, run);
    registerNoteCommand(program, recording);
    registerAuditCommand(program, recording);
  };
  await runCommand(pool, register, ['note', 'add', 'A secret plan', '--on', '2026-03-01']);
  await runCommand(pool, register, ['note', 'remove', 'x']);
  await runCommand(pool, register, ['note', 'list']);
  const { lines } = await log();
  expect(lines.map(({ by, action, object, outcome, detail }) => ({ by, action, object, outcome, detail }))).toEqual([
    { by: 'command', action: 'note.remove', object: 'x', outcome: 'refused', detail: { command: 'note remove' } },
    {
      by: 'command',
      action: 'note.add',
      object: null,
      outcome: 'done',
      detail: { command: 'note add', on: '2026-03-01', kind: 'other' },
    },
  ]);
  const { printed } = await runCommand(pool, register, ['audit', '--action', 'note.add']);
  expect(printed[0]).toMatch(/note\.add +done +on=2026-03-01 kind=other command=note add/);
  const ndjson = await runCommand(pool, register, ['audit', '--since', '2026-01-01', '--format', 'ndjson']);
  expect(String(ndjson.printed[0]).split('\n')).toHaveLength(2);
  expect((await runCommand(pool, register, ['audit', 'keep'])).printed).toEqual(['Lines of the audit log are kept for 400 days.']);
});
