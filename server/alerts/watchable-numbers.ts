import { formatter } from '#dashboards/format.js';
import { keyOf, translator, type Locale } from '#dashboards/i18n/messages.js';
import type { WatchableNumber } from '../api.js';
import { metrics } from '../metrics/definitions/index.js';
import { metricInfo, type Metric } from '../metrics/metric.js';

/** Values that are set beside a number and are none of their own. */
const besides = /^(lower|upper|whole)/;

/** Every number of a period that stands alone, by its name in a language. Each of several values is a number. */
export function watchableNumbers(locale: Locale): WatchableNumber[] {
  const say = translator(locale);
  const { compareNames } = formatter(locale);
  return metrics
    .filter(isSingle)
    .flatMap((metric): WatchableNumber[] => {
      const { id, values, unit, units, direction } = metricInfo(metric);
      const name = say(keyOf(`metric.${id}.name`));
      if (values.length === 0) return [{ metric: id, value: null, name, unit, direction, hasSignals: true }];
      return values
        .filter((value) => !besides.test(value))
        .map((value) => ({
          metric: id,
          value,
          name: `${name}: ${say(keyOf(`value.${value}`))}`,
          unit: units?.[value] ?? unit,
          direction,
          hasSignals: value === values[0],
        }));
    })
    .sort((one, other) => compareNames(one.name, other.name));
}

/** Neither a chart over another metric, nor one number for each of its parts. */
function isSingle({ compute }: Metric): boolean {
  return compute.kind === 'counted' && compute.units({ clock: 'calendar', level: 'team' }).segment === undefined;
}
