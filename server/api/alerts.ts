import type { Calendar, Dimension, Grain, Unit } from '#dashboards/metric-result.js';
import type { OwnerShown } from './schedules.js';
import type { Locale } from './state.js';
import type { WatchReason } from './today.js';

/** What a number is of. */
export interface AlertScope {
  metric: string;
  /** Which of several values; null: the first, or the only one. */
  value: string | null;
  filters: Partial<Record<Dimension, string[]>>;
  grain: Exclude<Grain, 'all' | 'year'>;
  calendar?: Calendar;
  clock?: 'business';
  /** The period that is not over is judged too. */
  isRunningJudged: boolean;
}

interface Holding {
  /** So many periods or looks in a row must breach before it fires, and be clear before it recovers. Looks are a minute apart. */
  hold: number;
  recover: number;
}

/** What is wanted to be told. Thresholds in the unit of the value: seconds, percentages 0 to 100. */
export type AlertRule =
  /** Fires beyond `threshold`; recovers only at `recoverAt` or better. */
  | ({ kind: 'threshold'; direction: 'above' | 'below'; threshold: number; recoverAt: number } & AlertScope & Holding)
  /** A signal of the process behaviour chart whose window begins on `from`: its first twelve complete periods are the baseline. */
  | ({ kind: 'signal'; from: string; side: 'worse' | 'either' } & Omit<AlertScope, 'isRunningJudged'> & Holding)
  /** A target, by its id, is missed by more than chance. */
  | ({ kind: 'target'; target: string } & Pick<AlertScope, 'grain' | 'calendar'> & Holding)
  /** No complete sync for longer; null: of any connection that is read by schedule. */
  | ({ kind: 'stale'; connection: string | null; hours: number } & Holding)
  /** At least so many open items whose customer was not told are on the watch list for one of the reasons. */
  | ({ kind: 'items'; filters: AlertScope['filters']; reasons: Exclude<WatchReason, 'late'>[]; least: number } & Holding);

/** How it is told. */
export interface AlertDelivery {
  locale: Locale;
  digits?: 'latn';
  /** IANA zone of quiet hours and digest. */
  zone: string;
  /** Local times `HH:MM`, half-open; what comes within is held back and sent after. */
  quiet: { from: string; to: string } | null;
  /** Local hour of one message a day with all that came; null: at once. */
  digestHour: number | null;
}

/** `pending`: it breaches, not yet long enough; `recovering`: it is clear again, not yet long enough. */
export type AlertPhase = 'ok' | 'pending' | 'firing' | 'recovering';

/** Why nobody can tell: see the notes of `MetricRow`; `baseline`: its twelve periods are not complete; `no-source`: nothing to look at. */
export type AlertUntold =
  'too-few' | 'not-reached' | 'mixed-types' | 'not-measurable' | 'empty' | 'undefined' | 'baseline' | 'no-source' | 'no-target';

/** One judged period or look. */
export interface AlertReading {
  /** First day of the period, or the moment of the look. */
  key: string;
  verdict: 'breach' | 'clear' | 'between' | 'untold';
  untold: AlertUntold | null;
  value: number | null;
  unit: Unit;
  n: number;
  /** 95 % interval, where the value has one. */
  lo: number | null;
  hi: number | null;
  /** What it was held against: threshold, limit of the process, or wanted value. */
  limit: number | null;
  /** Of a process behaviour chart. */
  signals: string[];
  isRunning: boolean;
  /** The data's own time. */
  asOf: string | null;
  /** What caused it: the first items, or the sources that went stale. */
  causes: AlertCause[];
}

export interface AlertCause {
  /** Of an item; null for a source. */
  id: string | null;
  name: string;
  detail: string;
}

/** `GET /api/alerts?lang&digits`: those that fire first. `POST`, `PATCH` and `DELETE /api/alerts/:id` make, change and remove one. */
export interface AlertResponse extends OwnerShown {
  id: string;
  name: string;
  rule: AlertRule;
  delivery: AlertDelivery;
  /** Ids of channels. */
  channels: string[];
  madeAt: string;
  phase: AlertPhase;
  /** The phase, but where it is muted or nobody can tell. */
  status: AlertPhase | 'muted' | 'cannot-tell';
  sinceAt: string;
  reading: AlertReading | null;
  mute: AlertMute | null;
  /** Why it could not be judged at all; null: it could. */
  error: string | null;
  /** The latest, oldest first. */
  readings: Pick<AlertReading, 'key' | 'verdict' | 'value' | 'n'>[];
  /** In the reader's language: what it watches, its last reading, and since when it stands so; where to look. */
  says: { condition: string; period: string; value: string; remarks: string[]; since: string; mutedUntil: string | null };
  href: string;
}

export interface AlertMute {
  id: string;
  by: string;
  why: string;
  mutedAt: string;
  until: string;
  ended: { by: string; at: string } | null;
}

/** `GET /api/alerts/:id/history?lang&digits`: the latest first. */
export interface AlertHistoryResponse {
  alert: AlertResponse;
  episodes: AlertEpisode[];
  mutes: AlertMute[];
  /** What people did about it. */
  remarks: { id: string; by: string; text: string; at: string }[];
  readings: (AlertReading & { phase: AlertPhase; judgedAt: string; says: string })[];
  messages: { channel: string; state: 'queued' | 'sending' | 'sent' | 'failed'; dueAt: string; error: string | null; title: string }[];
}

export interface AlertEpisode {
  id: string;
  firedAt: string;
  fired: AlertReading;
  recoveredAt: string | null;
  recovered: AlertReading | null;
  toldAt: string | null;
  says: { fired: string; recovered: string | null };
}

/** `POST /api/alerts/preview` with a rule and how it is told: how it stands now, and the very message that would come. */
export interface AlertPreview {
  reading: AlertReading | null;
  /** How the rule would stand after the latest periods. */
  phase: AlertPhase;
  condition: string;
  /** Null where there is no data to read. */
  message: ChannelPreview | null;
}

/** `POST /api/alerts/:id/test`: the same, sent to its channels, marked as a test. */
export interface AlertTest extends AlertPreview {
  sent: { channel: string; error: string | null }[];
}

/** The same message as each kind of channel shows it. */
export interface ChannelPreview {
  title: string;
  text: string;
  html: string;
  slack: unknown;
  webhook: unknown;
}

export type ChannelKind = 'mail' | 'slack' | 'webhook';

/** `GET /api/channels`; `POST` keeps one, `POST /api/channels/:id/test` sends a test there, `DELETE` removes one. */
export interface ChannelResponse {
  id: string;
  name: string;
  kind: ChannelKind;
  /** The address; of a web address its origin. */
  destination: string;
  addedBy: string;
  addedAt: string;
  lastSentAt: string | null;
  /** What was sent did not arrive. */
  failing: { since: string; error: string } | null;
  /** Names of the alerts told there. */
  alerts: string[];
  waiting: number;
}

/** `GET /api/alerts/numbers?lang`: what can be watched, by its name. */
export interface WatchableNumber {
  metric: string;
  /** Of several values; null: the only one. */
  value: string | null;
  name: string;
  unit: Unit;
  direction: 'lower' | 'higher' | 'neither';
  /** It has a process behaviour chart. */
  hasSignals: boolean;
}
