import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { addConnection } from '#etl/connections.js';
import { syncConnection } from '#etl/sync.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';

const mapping = {
  rows: 'events',
  times: { format: 'iso', zone: 'UTC' },
  item: {
    id: 'item',
    title: 'title',
    url: 'https://desk.example/{item}?{title}',
    type: { column: 'type' },
    service: 'service',
    customer: { column: 'customer', name: 'customer_name' },
  },
  event: {
    at: 'at',
    status: 'status',
    team: 'team',
    person: 'person',
    due: 'due',
    message: { body: 'comment', side: { column: 'side', values: { agent: 'team', user: 'customer' } } },
  },
  statuses: { open: 'ours_active', wait: 'customer', done: 'done' },
};

const columns = [
  'item',
  'title',
  'type',
  'service',
  'customer',
  'customer_name',
  'at',
  'status',
  'team',
  'person',
  'due',
  'comment',
  'side',
];
const day = 86_400_000;

/**
 * Imports a log in which every text that a person writes is one of these: titles, teams, people, customers, services, comments. Every third
 * item is still open and late. Gives how many items there are.
 */
export async function loadHostileCompany(pool: pg.Pool, directory: string, texts: readonly string[], name = 'hostile'): Promise<number> {
  const lines = texts.flatMap((title, n) => {
    const opened = Date.parse('2026-03-02T08:00:00Z') + (n % 60) * day;
    const other = (step: number, most: number) => texts[((n % most) * step) % texts.length] ?? '';
    const rest = [title, 'task', other(7, 9), `c${n % 12}`, other(11, 12)];
    const row = (hours: number, status: string, team: string, comment: string, side: string) =>
      [
        `T-${n}`,
        ...rest,
        new Date(opened + hours * 3_600_000).toISOString(),
        status,
        team,
        other(13, 10),
        new Date(opened + 2 * day).toISOString(),
        comment,
        side,
      ]
        .map(quoted)
        .join(',');
    const story = [
      row(0, 'open', other(3, 8), title, 'user'),
      row(20, 'open', other(5, 8), title, 'agent'),
      row(30, 'wait', other(5, 8), '', ''),
    ];
    return n % 3 === 0 ? story.slice(0, 2) : [...story, row(60, 'done', other(5, 8), title, 'agent')];
  });
  const file = join(directory, `${name}.csv`);
  await writeFile(file, [columns.join(','), ...lines].join('\n'));
  await addConnection(pool, { name, connector: 'csv', config: { file, mapping } });
  await syncConnection(pool, name);
  await deriveFacts(pool);
  return texts.length;
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
