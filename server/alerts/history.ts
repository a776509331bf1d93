import type pg from 'pg';
import type { AlertEpisode, AlertHistoryResponse, AlertMute, AlertPhase, AlertReading } from '../api.js';
import { iso } from '../database/iso.js';
import { readTargets } from '../targets/targets.js';
import { findAlert, muteJson } from './alerts.js';
import { presented, readingLine, type PageReader } from './present.js';
import { speaker } from './say.js';

/** Of each kind; a history is read from its end. */
const shown = 200;

/** What became of an alert: when it fired and recovered, who muted it, what was done, and what was sent. Throws `Missing`. */
export async function readHistory(pool: pg.Pool, id: string, reader: PageReader, now: Date): Promise<AlertHistoryResponse> {
  const alert = await findAlert(pool, id, now);
  const targets = await readTargets(pool);
  const said = speaker({ ...reader, zone: alert.delivery.zone });
  const line = (reading: AlertReading) => readingLine(said, alert.rule, reading);
  const [episodes, mutes, remarks, readings, messages] = await Promise.all([
    rowsOf<Omit<AlertEpisode, 'says'>>(
      pool,
      `select id, ${iso('fired_at')} as "firedAt", fired, ${iso('recovered_at')} as "recoveredAt", recovered, ${iso('told_at')} as "toldAt"
      from app.alert_episode where alert_id = $1 order by fired_at desc limit ${shown}`,
      id,
    ),
    rowsOf<{ mute: AlertMute }>(
      pool,
      `select ${muteJson} as mute from app.alert_mute mute where mute.alert_id = $1 order by mute.muted_at desc limit ${shown}`,
      id,
    ),
    rowsOf<AlertHistoryResponse['remarks'][number]>(
      pool,
      `select id, said_by as by, text, ${iso('said_at')} as at from app.alert_remark where alert_id = $1 order by said_at desc limit ${shown}`,
      id,
    ),
    rowsOf<{ reading: AlertReading; phase: AlertPhase; judgedAt: string }>(
      pool,
      `select reading, phase, ${iso('judged_at')} as "judgedAt" from app.alert_reading where alert_id = $1 order by key desc limit ${shown}`,
      id,
    ),
    rowsOf<AlertHistoryResponse['messages'][number]>(
      pool,
      `select channel.name as channel, dispatch.state, ${iso('dispatch.due_at')} as "dueAt", dispatch.error, notice.message ->> 'title' as title
      from app.channel_notice notice
      join app.channel_dispatch dispatch on dispatch.id = notice.dispatch_id
      join app.channel channel on channel.id = dispatch.channel_id
      where notice.message -> 'event' ->> 'alert' = $1
      order by dispatch.due_at desc, notice.key
      limit ${shown}`,
      id,
    ),
  ]);
  return {
    alert: presented(alert, reader, targets),
    episodes: episodes.map((episode) => ({
      ...episode,
      says: { fired: line(episode.fired), recovered: episode.recovered && line(episode.recovered) },
    })),
    mutes: mutes.map(({ mute }) => mute),
    remarks,
    readings: readings.map(({ reading, ...rest }) => ({ ...reading, ...rest, says: line(reading) })),
    messages,
  };
}

async function rowsOf<Row extends pg.QueryResultRow>(pool: pg.Pool, sql: string, id: string): Promise<Row[]> {
  return (await pool.query<Row>(sql, [id])).rows;
}
