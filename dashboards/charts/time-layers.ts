import { shapes } from '../theme.js';
import type { ValueAxis } from './axes.js';
import { markLayer, type Sketch } from './drawing.js';

/** Layers that charts over time share. Rows carry `line` (null in the running period), `v`, `state`, `series`, `n` and `text`. */

/** Colour and shape, both by series, so that neither alone has to tell them apart. */
export function seriesEncoding(names: string[], sketch: Sketch): Record<string, unknown> {
  const shown = names.length > 1 ? legend : null;
  return {
    color: {
      field: 'series',
      type: 'nominal',
      scale: { domain: names, range: sketch.colours.categories.slice(0, names.length) },
      legend: shown,
    },
    shape: { field: 'series', type: 'nominal', scale: { domain: names, range: shapes.slice(0, names.length) }, legend: shown },
  };
}

/** Words of a name go on the next line where the drawing is too narrow for it; a letter is 7.5 pixels wide at most, near enough. */
const inLines = String.raw`split(trim(replace(datum.label, regexp('(.{1,' + max(12, floor(width / 7.5)) + '})( +|$)', 'g'), '$1\n')), '\n')`;

/** Above the drawing. How many columns it has depends on the width, so that is left to the config. */
export const legend = { title: null, orient: 'top', symbolSize: 70, labelExpr: inLines };

/** The line through complete periods, their points, and the running period hollow and unconnected. */
export function lineLayers(y: ValueAxis, series: Record<string, unknown>, sketch: Sketch): Record<string, unknown>[] {
  const place = { field: 'v', type: 'quantitative', scale: y.scale };
  const { shape: _, ...colour } = series;
  return [
    {
      transform: [{ filter: 'isDefined(datum.line)' }],
      mark: { type: 'line', point: false, strokeWidth: 2, invalid: 'break-paths-filter-domains', aria: false },
      encoding: { ...colour, y: { field: 'line', type: 'quantitative', scale: y.scale, axis: y.axis } },
    },
    {
      transform: [{ filter: "datum.state === 'complete'" }],
      mark: { type: 'point', filled: true, size: 36, opacity: 1, aria: false },
      encoding: { ...series, y: place },
    },
    {
      transform: [{ filter: "datum.state === 'running'" }],
      mark: { type: 'point', filled: false, fill: sketch.colours.ground, strokeWidth: 2, size: 50, opacity: 1, aria: false },
      encoding: { ...series, y: place },
    },
  ];
}

/** Unseen, wide enough to hit, the only layer that is read out. With very many marks the table is the better reading. */
export function openLayer(scale: ValueAxis['scale'], marks: number): Record<string, unknown> {
  const bottom = scale.domain[0];
  return {
    name: markLayer,
    transform: [{ filter: 'datum.n > 0' }, { calculate: `isValid(datum.v) ? datum.v : ${bottom}`, as: 'place' }],
    mark: { type: 'point', shape: 'circle', filled: true, size: 420, opacity: 0, cursor: 'pointer', aria: marks <= 200, invalid: 'filter' },
    encoding: {
      y: { field: 'place', type: 'quantitative', scale },
      shape: { value: 'circle' },
      description: { field: 'text' },
      tooltip: { field: 'text' },
    },
  };
}
