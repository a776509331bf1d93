import type pg from 'pg';
import type { Config } from '../../config.js';
import { fine, type Check } from '../check.js';
import type { Phrase } from '../texts/index.js';

/** The way messages take, and what became of those of the last 30 days. */
export async function mailCheck(pool: pg.Pool, config: Config): Promise<Check> {
  const { rows } = await pool.query<{ waiting: number; failed: number; reason: string | null }>(
    `select
      (count(*) filter (where state in ('queued', 'unknown') and attempts > 0))::int as waiting,
      (count(*) filter (where state = 'failed'))::int as failed,
      (array_agg(reason order by queued_at desc) filter (where state = 'failed'))[1] as reason
    from app.mail
    where queued_at > now() - interval '30 days'`,
  );
  const { waiting = 0, failed = 0, reason = null } = rows[0] ?? {};
  const { smtp } = config.mail;
  const folder: Phrase = { key: 'mail.folder', values: { directory: `${config.dataDirectory}/mail` } };
  const way = smtp ? `${smtp.host}:${smtp.port}` : folder;
  const remedies: Phrase[] = [];
  if (failed > 0) remedies.push({ key: 'mail.failed.do', values: { reason: reason ?? { key: 'mail.no-reason' } } });
  if (waiting > 0) remedies.push({ key: 'mail.waiting.do' });
  const subject = { key: 'subject.mail' } as const;
  const found: Phrase = { key: 'mail.way', values: { way, failed, waiting } };
  return remedies.length === 0 ? fine('mail', subject, found) : { id: 'mail', subject, state: 'warning', found, remedies };
}
