import type { AlertPreview, AlertReading } from '../api.js';
import type { ChannelMessage } from '../channels/message.js';
import { previewOf } from '../channels/preview.js';
import { readTargets } from '../targets/targets.js';
import type { AlertRow } from './alerts.js';
import { itemCauses, readCauses } from './causes.js';
import { alertMessage } from './compose-message.js';
import { judgedPeriods } from './judge.js';
import type { AlertContext } from './alert-context.js';
import { lookAtItems, lookAtSources } from './looks.js';
import { atRest, step } from './machine.js';
import { isPeriodRule, readPeriods } from './period-readings.js';
import { checkRule } from './rule.js';
import { speaker } from './say.js';

type Draft = Pick<AlertRow, 'id' | 'name' | 'owner' | 'rule' | 'delivery'>;

/** How a rule would stand now, and the very message that would come were it to fire now. Throws `Refusal` or `MetricError`. */
export async function previewAlert(context: AlertContext, alert: Draft, now: Date): Promise<AlertPreview & { messages: ChannelMessage[] }> {
  const { rule, delivery } = alert;
  checkRule(rule);
  const targets = await readTargets(context.pool);
  const readings = await readNow(context, alert, now);
  let standing = atRest;
  for (const { verdict } of readings) standing = step(standing, verdict, rule);
  const reading = readings.findLast(({ verdict }) => verdict === 'breach') ?? readings.at(-1) ?? null;
  const messages = reading
    ? [
        alertMessage(
          alert,
          { kind: 'fired', at: now.toISOString(), reading: { ...reading, causes: await readCauses(context, alert, reading) } },
          { targets, publicUrl: context.publicUrl, episode: '' },
        ),
      ]
    : [];
  return {
    reading: readings.at(-1) ?? null,
    phase: standing.phase,
    condition: speaker(delivery).condition(rule, targets),
    message: messages.length === 0 ? null : previewOf(messages),
    messages,
  };
}

async function readNow(context: AlertContext, { rule, delivery }: Draft, now: Date): Promise<AlertReading[]> {
  if (isPeriodRule(rule)) return readPeriods(context.pool, context.engine, rule, judgedPeriods);
  if (rule.kind === 'stale') return [await lookAtSources(context.pool, rule, now)];
  const { reading, items } = await lookAtItems(context.watch, rule, now);
  return [{ ...reading, causes: itemCauses(items, delivery) }];
}
