import type { Answer, Explanation } from '../dashboard.js';
import type { Estimate } from '../metric-result.js';
import { dayBefore } from '../format.js';
import { keyOf } from '../i18n/messages.js';
import { countText, notesOf, type Sketch } from './drawing.js';
import { intervalText, intervalUnit } from './table.js';

/** What stands behind the ⓘ of a number, in the reader's language. `whole`: the answer over the whole window, if asked. */
export function explanation(answer: Answer, whole: Answer | undefined, sketch: Sketch): Explanation {
  const { say, format } = sketch;
  const { info, result } = answer;
  const row = whole?.result.metric === info.id ? whole.result.rows[0] : undefined;
  const facts = [
    { label: say('fact.period'), text: `${format.date(result.from)} – ${format.date(dayBefore(result.to))} · ${result.zone}` },
  ];
  if (row) {
    facts.push({ label: say('fact.n'), text: countText(answer, row.n, say) });
    if (row.lo !== null) facts.push({ label: say('fact.interval'), text: intervalText(row, intervalUnit(answer), sketch) });
  }
  const excluded = (row ? [row] : result.rows).reduce((sum, one) => sum + notesOf(one).excluded, 0);
  facts.push({ label: say('fact.excluded'), text: format.count(excluded) });
  facts.push({ label: say('fact.treatment'), text: say(`treatment.${info.treatment}`) });
  if (info.hasBusinessClock || sketch.context.clock === 'business') facts.push({ label: say('fact.clock'), text: clockText(info, sketch) });
  facts.push({ label: say('fact.minimum'), text: say(keyOf(`count.${info.counts}`), { n: info.minimumN }) });
  facts.push({ label: say('fact.better'), text: say(`better.${info.direction}`) });
  if (result.asOf) facts.push({ label: say('fact.as-of'), text: format.instant(result.asOf, result.zone) });
  if (info.estimate) facts.push({ label: say('fact.estimate'), text: estimateText(info.estimate, sketch) });
  if (info.source && info.source !== '—') facts.push({ label: say('fact.source'), text: info.source });
  for (const one of result.absent) facts.push({ label: say('fact.absent'), text: `${one.connection}: ${one.reason}` });
  return {
    name: say(keyOf(`metric.${info.id}.name`)),
    feels: say(keyOf(`metric.${info.id}.feels`)),
    definition: say(keyOf(`metric.${info.id}.definition`)),
    facts,
  };
}

function clockText({ hasBusinessClock }: Answer['info'], { say, context }: Sketch): string {
  if (!hasBusinessClock) return say('clock.none');
  return say(context.clock === 'business' ? 'clock.business' : 'clock.calendar');
}

/** How well the texts are read, and in which languages nobody can say. */
function estimateText({ precision, recall, n, unseen, languages }: Estimate, { say, format }: Sketch): string {
  const share = (value: number) => format.value(100 * value, '%');
  const thin = languages.filter((one) => one.precision === null).map((one) => one.language);
  const whole = say('fact.estimate.text', { precision: share(precision), recall: share(recall), n });
  const elsewhere = say('fact.estimate.unseen', { precision: share(unseen.precision), recall: share(unseen.recall), n: unseen.n });
  const unsaid = thin.length === 0 ? [] : [say('fact.estimate.thin', { languages: format.list(thin) })];
  return format.list([whole, elsewhere, ...unsaid], 'semicolon');
}
