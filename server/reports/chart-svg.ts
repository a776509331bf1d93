import { expressionInterpreter } from 'vega-interpreter';
import { parse, View, type Loader, type Runtime } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { markLayer } from '#dashboards/charts/drawing.js';
import type { FinishedChart } from '#dashboards/dashboard.js';

/** The chart as the page draws it, as SVG, without a browser. Null where there is nothing to draw. */
export async function chartSvg(chart: FinishedChart): Promise<string | null> {
  if (chart.spec === null) return null;
  // Our own spec, made by `composeChart`; Vega-Lite's type is wider than any literal can show.
  const { spec } = compile(withoutMarks(chart.spec) as unknown as TopLevelSpec);
  const runtime: Runtime = parse(spec, undefined, { ast: true });
  const view = new View(runtime, { renderer: 'none', expr: expressionInterpreter, loader: refusingLoader });
  try {
    view.data(
      'rows',
      chart.rows.map((row) => ({ ...row })),
    );
    await view.runAsync();
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/** On paper nothing is pointed at: the unseen marks would only make it heavy. */
function withoutMarks(spec: Record<string, unknown>): Record<string, unknown> {
  if (!Array.isArray(spec['layer'])) return spec;
  return { ...spec, layer: spec['layer'].filter((layer: { name?: string }) => layer.name !== markLayer) };
}

/** Charts carry their rows; whatever asks for a file or an address is refused. */
const refusingLoader: Loader = {
  load: refuse,
  sanitize: refuse,
  http: refuse,
  file: refuse,
};

function refuse(uri: unknown): Promise<never> {
  return Promise.reject(new Error(`A chart asked to load ${String(uri)}; charts load nothing.`));
}
