import type { AlertReading, AlertResponse, Target } from '../api.js';
import type { AlertRow } from './alerts.js';
import { chartPath } from './links.js';
import { isFiring } from './machine.js';
import { speaker, type AlertReader, type AlertSpeaker } from './say.js';

/** In whose language an alert is shown. */
export type PageReader = Omit<AlertReader, 'zone'>;

/** An alert as the page and the command line show it; instants in the zone of the alert. */
export function presented(
  { streak: _streak, untold, judgedVersion: _version, ...alert }: AlertRow,
  reader: PageReader,
  targets: readonly Target[],
): AlertResponse {
  const said = speaker({ ...reader, zone: alert.delivery.zone });
  const { rule, reading, phase, mute } = alert;
  return {
    ...alert,
    status: mute ? 'muted' : (untold !== null || alert.error !== null) && !isFiring(phase) ? 'cannot-tell' : phase,
    says: {
      condition: said.condition(rule, targets),
      period: reading ? said.period(rule, reading) : '',
      value: reading ? said.value(rule, reading) : '',
      remarks: reading ? said.remarks(reading) : [],
      since: said.instant(alert.sinceAt),
      mutedUntil: mute ? said.instant(mute.until) : null,
    },
    href: chartPath(rule, targets, reading),
  };
}

/** One line of a reading: its period, its value, and what there is to add. */
export function readingLine(said: AlertSpeaker, rule: AlertRow['rule'], reading: AlertReading): string {
  const { say, format } = said;
  const interval =
    reading.lo === null || reading.hi === null
      ? null
      : `${say('fact.interval')} ${say('interval', { lo: format.value(reading.lo, reading.unit), hi: format.value(reading.hi, reading.unit) })}`;
  const limit = reading.limit === null || reading.unit === 'n' ? null : `${say('fact.limit')} ${format.value(reading.limit, reading.unit)}`;
  const counted = rule.kind === 'items' ? null : `n ${format.count(reading.n)}`;
  const facts = [counted, interval, limit].filter((fact) => fact !== null).join(' · ');
  const line = `${said.period(rule, reading)}: ${said.value(rule, reading)}`;
  return [facts === '' ? `${line}.` : `${line} (${facts}).`, ...said.remarks(reading)].join(' ');
}
