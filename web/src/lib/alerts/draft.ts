import type { AlertDelivery, AlertRule, Locale, StateAsker, WatchableNumber } from '#server/api.js';
import type { Unit } from '#dashboards/metric-result.js';
import { choiceElsewhere, readChoice, withQuery, type Choice, type ReadableQuery } from '../address.js';

export const kinds = ['threshold', 'signal', 'target', 'stale', 'items'] as const satisfies AlertRule['kind'][];
/** Those somebody may ask for: how fresh a source is, is of everything. */
export function offeredKinds(scope: StateAsker['scope']): Draft['kind'][] {
  return kinds.filter((kind) => kind !== 'stale' || scope === null);
}

export const alertGrains = ['day', 'week', 'month', 'quarter'] as const;
export const reasons = ['late-untold', 'silent-untold', 'likely-late'] as const;

/** What the form holds: as it is typed, so that nothing is lost while another kind is looked at. */
export interface Draft {
  name: string;
  kind: (typeof kinds)[number];
  /** Metric and value, as `numberKey` writes them. */
  number: string;
  grain: (typeof alertGrains)[number];
  filters: Choice['filters'];
  clock: Choice['clock'];
  direction: 'above' | 'below';
  threshold: string;
  recoverAt: string;
  isRunningJudged: boolean;
  side: 'worse' | 'either';
  from: string;
  target: string;
  /** Empty: any. */
  connection: string;
  hours: string;
  reasons: (typeof reasons)[number][];
  least: number;
  hold: number;
  recover: number;
  channels: string[];
  hasQuiet: boolean;
  quietFrom: string;
  quietTo: string;
  /** Empty: at once. */
  digestHour: string;
}

export function numberKey({ metric, value }: Pick<WatchableNumber, 'metric' | 'value'>): string {
  return value === null ? metric : `${metric} ${value}`;
}

/** The address of the form, filled in. */
export function newAlertAddress(choice: Choice, number: { metric: string; part: string | null; scope?: Choice['filters'] }): string {
  const query = choiceElsewhere({ ...choice, filters: number.scope ?? choice.filters });
  query.set('new', 'threshold');
  query.set('metric', number.metric);
  if (number.part !== null) query.set('value', number.part);
  return withQuery('/alerts', query);
}

/** What the address asks for, of the kinds that are offered; null: no new alert. */
export function readDraft(query: ReadableQuery, firstDay: string, offered: readonly Draft['kind'][] = kinds): Draft | null {
  const asked = query.get('new');
  if (asked === null) return null;
  const { filters, grain, clock } = readChoice(query);
  const metric = query.get('metric');
  return {
    ...emptyDraft(firstDay),
    kind: offered.find((kind) => kind === asked) ?? 'threshold',
    number: metric === null ? '' : numberKey({ metric, value: query.get('value') }),
    filters,
    grain: alertGrains.find((one) => one === grain) ?? 'week',
    clock,
  };
}

export function emptyDraft(firstDay: string): Draft {
  return {
    name: '',
    kind: 'threshold',
    number: '',
    grain: 'week',
    filters: {},
    clock: 'calendar',
    direction: 'above',
    threshold: '',
    recoverAt: '',
    isRunningJudged: false,
    side: 'worse',
    from: firstDay,
    target: '',
    connection: '',
    hours: '24',
    reasons: [...reasons],
    least: 1,
    hold: 1,
    recover: 1,
    channels: [],
    hasQuiet: false,
    quietFrom: '22:00',
    quietTo: '07:00',
    digestHour: '',
  };
}

/** As the API takes it. Durations are typed in hours. Throws where a number cannot be read, with what was typed. */
export function ruleOf(draft: Draft, unit: Unit): unknown {
  const { kind, grain, filters, hold, recover } = draft;
  const [metric = '', value = null] = draft.number.split(' ');
  const scale = unit === 's' ? 3_600 : 1;
  const holding = { hold, recover };
  const scope = { metric, value, filters, grain, ...(draft.clock === 'business' && { clock: 'business' }) };
  if (kind === 'stale')
    return { kind, connection: draft.connection === '' ? null : draft.connection, hours: readNumber(draft.hours), ...holding };
  if (kind === 'items') return { kind, filters, reasons: draft.reasons, least: draft.least, ...holding };
  if (kind === 'target') return { kind, target: draft.target, grain, ...holding };
  if (kind === 'signal') return { kind, ...scope, from: draft.from, side: draft.side, ...holding };
  return {
    kind,
    ...scope,
    direction: draft.direction,
    threshold: readNumber(draft.threshold) * scale,
    ...(draft.recoverAt.trim() !== '' && { recoverAt: readNumber(draft.recoverAt) * scale }),
    isRunningJudged: draft.isRunningJudged,
    ...holding,
  };
}

export function deliveryOf(draft: Draft, reader: { locale: Locale; digits: 'own' | 'latn'; zone: string }): AlertDelivery {
  return {
    locale: reader.locale,
    ...(reader.digits === 'latn' && { digits: 'latn' as const }),
    zone: reader.zone,
    quiet: draft.hasQuiet ? { from: draft.quietFrom, to: draft.quietTo } : null,
    digestHour: draft.digestHour === '' ? null : Number(draft.digestHour),
  };
}

const zeroes = ['۰', '٠'].map((zero) => zero.charCodeAt(0));

/** In digits of any of our languages, with a point or a comma. Throws with what was typed. */
export function readNumber(text: string): number {
  const latin = [...text.trim()]
    .map((character) => {
      const code = character.charCodeAt(0);
      const zero = zeroes.find((one) => code >= one && code < one + 10);
      return zero === undefined ? character : String(code - zero);
    })
    .join('')
    .replace(/[,٫]/, '.')
    .replace('−', '-');
  const value = Number(latin);
  if (latin === '' || !Number.isFinite(value)) throw new RangeError(text);
  return value;
}
