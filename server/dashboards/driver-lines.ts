import { formatter } from '#dashboards/format.js';
import type { Unit } from '#dashboards/metric-result.js';
import type { DimensionDrivers, DriversResponse, HeadlineValue, SegmentDriver, SegmentValue } from '../api.js';
import { alignedLines } from '../command-line/aligned-lines.js';

const format = formatter('en');

/**
 * What changed and why, for reading in a terminal: the change, the dimension to look at with its segments, and how much the others explain.
 */
export function driverLines(drivers: DriversResponse): string {
  const { metric, value, unit, before, after, change, evidence, zone, asOf } = drivers;
  const absent = drivers.absent.map((one) => `not measurable in ${one.connection}: ${one.reason} (${one.signal})`);
  const head = [
    `${metric}${value === null ? '' : ` ${value}`}: ${windowed(after, unit)}, before ${windowed(before, unit)}${change === null ? '' : `: ${format.difference(change, unit)}, ${evidence}`}`,
    `${after.from} to ${after.to} against ${before.from} to ${before.to} (exclusive), ${zone}${asOf === null ? '' : `, data to ${asOf}`}`,
  ];
  return [...head, ...reasons(drivers), ...(absent.length > 0 ? ['', ...absent] : [])].join('\n');
}

function reasons({ by, change, dimensions, unit }: DriversResponse): string[] {
  if (change === null) return ['nothing to split: the value of a window is withheld'];
  if (change === 0) return ['nothing to split: the value is the same'];
  const [first, ...others] = dimensions;
  if (!first) return ['nothing to split: no dimension has two segments'];
  const told = others.map((one) => `${one.by} ${percent(one.explained)}`).join(', ');
  return [
    '',
    by === null
      ? 'no dimension explains more than chance does'
      : `look at ${by}: its segments carry ${percent(first.explained)} of the change beyond their size`,
    `by ${first.by}: mix ${format.difference(first.mix, unit)}, rate ${format.difference(first.rate, unit)}`,
    ...segmentTable(first, unit),
    ...(told === '' ? [] : ['', `other dimensions: ${told}`]),
  ];
}

function segmentTable({ by, segments, others }: DimensionDrivers, unit: Unit): string[] {
  const rows = alignedLines<SegmentDriver>(
    [
      [by, (one) => one.segment ?? '(none)'],
      ['adds', (one) => format.difference(one.contribution, unit)],
      ['of change', (one) => percent(one.share)],
      [
        '95 %',
        (one) => (one.lo === null || one.hi === null ? '' : `${format.difference(one.lo, unit)} … ${format.difference(one.hi, unit)}`),
      ],
      ['mix', (one) => format.difference(one.mix, unit)],
      ['rate', (one) => format.difference(one.rate, unit)],
      ['before', (one) => segmentValue(one.before, unit)],
      ['after', (one) => segmentValue(one.after, unit)],
      ['', (one) => one.evidence],
    ],
    segments,
  );
  return others === null ? rows : [...rows, `${others.segments} others add ${format.difference(others.contribution, unit)}`];
}

function windowed({ value, n }: HeadlineValue, unit: Unit): string {
  return `${format.value(value, unit)} (n ${n})`;
}

function segmentValue(one: SegmentValue | null, unit: Unit): string {
  return one === null ? 'not there' : `${format.value(one.value, unit)} (n ${one.n}, ${percent(one.weight)})`;
}

function percent(value: number): string {
  // Nothing of a fall is -0.
  return format.value(value === 0 ? 0 : value, '%');
}
