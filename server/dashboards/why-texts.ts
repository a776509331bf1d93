import type { ChartDefinition } from '#dashboards/dashboard.js';
import { formatter, type Formatter } from '#dashboards/format.js';
import { intlLocale, keyOf, translator, type Translate } from '#dashboards/i18n/messages.js';
import { withReasonsIn } from '#dashboards/i18n/reasons/reason-in.js';
import type { Unit } from '#dashboards/metric-result.js';
import type {
  DimensionDrivers,
  DriverDimension,
  DriversResponse,
  HeadlineValue,
  SegmentDriver,
  SegmentValue,
  WhyResponse,
  WhySegment,
  WhyValue,
} from '../api.js';
import { findMetric } from '../metrics/definitions/index.js';
import type { Question } from './question.js';

/** Segments that a sentence names; the table has the others. */
const mostNamed = 3;

interface Asked {
  /** The dimension asked for; null: none. */
  asked: DriverDimension | null;
  shown: DimensionDrivers | undefined;
  ofType: string | null;
  question: Question;
}

interface Tongue {
  say: Translate;
  format: Formatter;
  unit: Unit;
  locale: string;
}

/** The parts of a change in the reader's language, a sentence that says them first. */
export function whyTexts(
  chart: ChartDefinition,
  drivers: DriversResponse,
  { asked, shown, ofType, question }: Asked,
): Omit<WhyResponse, 'items'> {
  const say = translator(question.locale, question);
  const { absent } = withReasonsIn(question.locale, drivers);
  const tongue: Tongue = {
    say,
    format: formatter(question.locale, question),
    unit: drivers.unit,
    locale: intlLocale(question.locale, question),
  };
  const reach = reachOf(shown);
  const plain = say(keyOf(`chart.${chart.id}.title`));
  return {
    chart: chart.id,
    metric: drivers.metric,
    title: ofType === null ? plain : say('chart.of-type', { title: plain, type: ofType }),
    ofType,
    summary: [changeSentence({ ...drivers, absent }, tongue), causeSentence(drivers, asked, shown, tongue)]
      .filter((text) => text !== '')
      .join(' '),
    before: windowValue(drivers.before, drivers, tongue),
    after: windowValue(drivers.after, drivers, tongue),
    evidence: drivers.evidence,
    by: shown?.by ?? null,
    dimensions: drivers.dimensions.map((one) => ({
      by: one.by,
      name: dimensionName(one.by, say),
      explained: share(one.explained, tongue),
      isTelling: isTelling(one),
    })),
    segments: shown?.segments.map((segment) => segmentTexts(segment, reach, tongue)) ?? [],
    others: shown?.others
      ? {
          name: say('why.others', { count: shown.others.segments }),
          contribution: difference(shown.others.contribution, tongue),
          mix: difference(shown.others.mix, tongue),
          rate: difference(shown.others.rate, tongue),
        }
      : null,
    split: shown
      ? [say('why.split.mix', { mix: difference(shown.mix, tongue) }), say('why.split.rate', { rate: difference(shown.rate, tongue) })]
      : [],
    absent,
  };
}

function changeSentence(
  { metric, value, before, after, change, evidence, absent, asOf }: DriversResponse,
  { say, format, unit }: Tongue,
): string {
  if (asOf === null && absent[0]) return say('summary.absent', { reason: absent[0].reason });
  if (change === null) return say('why.withheld');
  const name = say(keyOf(`metric.${metric}.name`));
  const texts = {
    name: value === null ? name : `${name} (${say(keyOf(`value.${value}`))})`,
    before: format.value(before.value, unit),
    after: format.value(after.value, unit),
    difference: format.difference(change, unit),
  };
  return change === 0 ? say('why.same', texts) : say(`why.change.${evidence}`, texts);
}

function causeSentence(
  { change, dimensions }: DriversResponse,
  asked: DriverDimension | null,
  shown: DimensionDrivers | undefined,
  tongue: Tongue,
): string {
  const { say, locale } = tongue;
  if (change === null || change === 0) return '';
  if (dimensions.length === 0) return say('why.cause.whole');
  if (!shown) return say(asked === null ? 'why.cause.chance' : 'why.cause.whole');
  const dimension = dimensionName(shown.by, say);
  const named = carriers(shown.segments).slice(0, mostNamed);
  if (named.length === 0) return say('why.cause.chance-here', { dimension });
  const segments = named.map((one) =>
    say('why.cause.segment', { segment: segmentName(one.segment, say), share: share(one.share, tongue) }),
  );
  return say('why.cause.segments', {
    dimension,
    segments: new Intl.ListFormat(locale, { type: 'conjunction' }).format(segments),
    count: named.length,
  });
}

function windowValue({ from, to, value, n, lo, hi }: HeadlineValue, { metric }: DriversResponse, { say, format, unit }: Tongue): WhyValue {
  const count = say(keyOf(`count.${findMetric(metric).counts}`), { n });
  return {
    period: `${format.date(from)} – ${format.date(lastDay(to))}`,
    value: format.value(value, unit),
    basis: lo === null || hi === null ? count : say('headline.basis', { count, lo: format.value(lo, unit), hi: format.value(hi, unit) }),
  };
}

function segmentTexts(segment: SegmentDriver, reach: number, tongue: Tongue): WhySegment {
  const { contribution, lo, hi, evidence, mix, rate, before, after } = segment;
  const place = (amount: number) => (reach === 0 ? 0 : (100 * amount) / reach);
  return {
    segment: segment.segment,
    name: segmentName(segment.segment, tongue.say),
    contribution: difference(contribution, tongue),
    interval: lo === null || hi === null ? null : `${difference(lo, tongue)} … ${difference(hi, tongue)}`,
    share: share(segment.share, tongue),
    mix: difference(mix, tongue),
    rate: difference(rate, tongue),
    before: segmentValue(before, tongue),
    after: segmentValue(after, tongue),
    evidence,
    bar: { at: place(contribution), lo: lo === null ? null : place(lo), hi: hi === null ? null : place(hi) },
  };
}

/** Segments that moved the way of the whole, more than chance has it; the one that carries most first. */
export function carriers(segments: readonly SegmentDriver[]): SegmentDriver[] {
  return segments.filter(({ evidence, share }) => evidence === 'signal' && share > 0);
}

/** Segments of it carry the change, beyond their size and beyond chance. */
export function isTelling({ explained, segments }: DimensionDrivers): boolean {
  return explained > 0 && carriers(segments).length > 0;
}

/** The farthest any bar or its interval goes, either way. */
function reachOf(shown: DimensionDrivers | undefined): number {
  const ends = (shown?.segments ?? []).flatMap(({ contribution, lo, hi }) => [contribution, lo ?? 0, hi ?? 0]);
  return Math.max(0, ...ends.map(Math.abs));
}

function segmentValue(one: SegmentValue | null, tongue: Tongue): string {
  const { say, format, unit } = tongue;
  if (one === null) return say('why.not-there');
  return `${format.value(one.value, unit)} · n ${format.count(one.n)} (${share(one.weight, tongue)})`;
}

function segmentName(segment: string | null, say: Translate): string {
  return segment ?? say('segment.none');
}

function dimensionName(by: DriverDimension, say: Translate): string {
  return by === 'pair' ? say('why.dimension.pair') : say(keyOf(`dimension.${by}`));
}

/** Whole percents: a share of a change is no exact thing. Nothing of a fall is −0. */
function share(percent: number, { format }: Tongue): string {
  return format.value(Math.round(percent) + 0, '%');
}

function difference(amount: number, { format, unit }: Tongue): string {
  return format.difference(amount === 0 ? 0 : amount, unit);
}

/** Windows are half-open; people read the last day. */
function lastDay(to: string): string {
  const day = new Date(`${to}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}
