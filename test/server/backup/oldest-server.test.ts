import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addAccount } from '#server/access/accounts.js';
import { writeBackup } from '#server/backup/backup.js';
import { restoreBackup } from '#server/backup/restore.js';
import { testDatabase } from '../../support/database.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { noOldestServer, poolOf, startOldestServer } from '../../support/oldest-server.js';
import { tell, tellConnection, type StoryItem } from '../../support/story.js';
import { hashOf } from './hash-of.js';

const story = (name: string): StoryItem => ({
  name,
  events: [
    { at: '2026-03-02T09:00:00Z', status: 'queued', team: 'Desk' },
    { at: '2026-03-02T10:00:00Z', kind: 'promised', due: '2026-03-04T12:00:00Z' },
    { at: '2026-03-02T11:00:00Z', kind: 'said', text: 'Tabs\tand \\. and\nlines' },
    { at: '2026-03-05T12:00:00Z', status: 'done', team: 'Field' },
  ],
});

test.skipIf(noOldestServer !== '')(
  `a backup moves to the oldest PostgreSQL and back, to the hash of every table${noOldestServer}`,
  async () => {
    const [own, other] = [await testDatabase(), await testDatabase()];
    await tellConnection(own.pool);
    await tell(own.pool, ...Array.from({ length: 40 }, (_, number) => story(`item ${number}`)));
    await deriveFacts(own.pool);
    await addAccount(own.pool, { name: 'Ada', email: 'ada@company.test', role: 'lead', scope: { team: ['Desk'] }, seesNames: true });
    const oldest = await startOldestServer();
    const pool = poolOf(oldest.url('postgres'));
    const directory = await mkdtemp(join(tmpdir(), 'throughline-moved-'));
    const [there, back] = [join(directory, 'there.backup'), join(directory, 'back.backup')];
    const quietly = { signal: new AbortController().signal, tell: () => {} };
    try {
      const hashes = await hashOf(own.pool);
      await writeBackup(own.pool, there, quietly.signal, quietly.tell);
      await restoreBackup(oldest.url('postgres'), there, { isReplacing: false, ...quietly });
      expect(await hashOf(pool)).toEqual(hashes);
      await writeBackup(pool, back, quietly.signal, quietly.tell);
      await restoreBackup(other.url, back, { isReplacing: true, ...quietly });
      expect(await hashOf(other.pool)).toEqual(hashes);
      expect((await other.pool.query('select email, role, scope from app.account')).rows).toEqual([
        { email: 'ada@company.test', role: 'lead', scope: { team: ['Desk'] } },
      ]);
    } finally {
      await pool.end();
      await oldest.stop();
      await rm(directory, { recursive: true });
    }
  },
);
