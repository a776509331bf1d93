import type { AlertReading, Target } from '../api.js';
import type { ChannelMessage } from '../channels/message.js';
import type { AlertRow } from './alerts.js';
import { chartPath, itemsPath, scopeOfRule } from './links.js';
import { speaker } from './say.js';

/** What has happened to an alert. `more`: items that came since it fired. */
export type AlertEvent =
  | { kind: 'fired'; at: string; reading: AlertReading }
  | { kind: 'recovered'; at: string; reading: AlertReading }
  | { kind: 'more'; at: string; reading: AlertReading; count: number };

interface Beside {
  targets: readonly Target[];
  /** Origin of links. */
  publicUrl: string;
  episode: string;
}

/** The message of an event, in the language of the alert. */
export function alertMessage(
  alert: Pick<AlertRow, 'id' | 'name' | 'owner' | 'rule' | 'delivery'>,
  event: AlertEvent,
  { targets, publicUrl, episode }: Beside,
): ChannelMessage {
  const { kind, at, reading } = event;
  const { rule, delivery } = alert;
  const { say, format, ...told } = speaker(delivery);
  const linkTo = (path: string) => `${publicUrl}${path}${path.includes('?') ? '&' : '?'}lang=${delivery.locale}`;
  const items = itemsPath(rule, targets, reading);
  const scope = scopeOfRule(rule, targets)?.filters ?? (rule.kind === 'items' ? rule.filters : {});
  const [period, value] = [told.period(rule, reading), told.value(rule, reading)];
  const facts: [label: string, value: string | null][] = [
    [say('fact.condition'), told.condition(rule, targets)],
    [say('fact.period'), period],
    [say('fact.value'), value],
    [say('fact.interval'), reading.lo === null || reading.hi === null ? null : interval(reading.lo, reading.hi)],
    [say('fact.n'), format.count(reading.n)],
    [say('fact.limit'), reading.limit === null ? null : format.value(reading.limit, reading.unit)],
    [say('fact.scope'), told.scope(scope) || null],
    [say('fact.asOf'), reading.asOf === null ? null : told.instant(reading.asOf)],
    [say('fact.owner'), alert.owner],
    [say('fact.quiet'), delivery.quiet === null ? null : say('quiet', { ...delivery.quiet, zone: delivery.zone })],
  ];

  function interval(lo: number, hi: number): string {
    return say('interval', { lo: format.value(lo, reading.unit), hi: format.value(hi, reading.unit) });
  }

  return {
    locale: delivery.locale,
    title: say(`title.${kind}`, { name: alert.name, count: event.kind === 'more' ? event.count : 0 }),
    lines: [
      ...(kind === 'recovered' ? [say('line.over')] : []),
      `${period}: ${value}`,
      ...told.remarks(reading),
      ...(kind === 'fired' && rule.kind === 'threshold' && rule.recoverAt !== rule.threshold
        ? [say('line.recover', { limit: format.value(rule.recoverAt, reading.unit) })]
        : []),
    ],
    facts: facts.flatMap(([label, shown]) => (shown === null ? [] : [{ label, value: shown }])),
    itemsTitle: say(rule.kind === 'stale' ? 'items.sources' : 'items.causes'),
    items:
      kind === 'recovered'
        ? []
        : reading.causes.map(({ id, name, detail }) => ({ name, detail, href: id === null ? null : linkTo(`/items/${id}`) })),
    links: [
      ...(items === null ? [] : [{ label: say('link.items'), href: linkTo(items) }]),
      {
        label: say(rule.kind === 'items' ? 'link.watch' : rule.kind === 'stale' ? 'link.data' : 'link.board'),
        href: linkTo(chartPath(rule, targets, reading)),
      },
      { label: say('link.alert'), href: linkTo(`/alerts/${alert.id}`) },
    ],
    event: { type: `alert.${kind}`, alert: alert.id, name: alert.name, owner: alert.owner, episode, at, rule, reading },
  };
}
