import * as vega from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { FinishedChart } from '#dashboards/dashboard.js';

/** Draws as the server does: no browser, no `eval`, and a loader that loads nothing. */
export async function svgOf(chart: FinishedChart): Promise<string> {
  const deny = (what: string) => Promise.reject(new Error(`A chart asked for "${what}"; charts load nothing.`));
  const compiled = compile(chart.spec as unknown as TopLevelSpec).spec;
  const view = new vega.View(vega.parse(compiled, undefined, { ast: true }), {
    renderer: 'none',
    expr: expressionInterpreter,
    loader: { load: deny, sanitize: deny, http: deny, file: deny } as unknown as vega.Loader,
    logLevel: vega.Warn,
  });
  view.data('rows', structuredClone(chart.rows));
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}

/** Texts drawn, in order. */
export function textsIn(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)]
    .flatMap(([, inner]) => (inner ?? '').replace(/<\/?tspan[^>]*>/g, '\n').split('\n'))
    .filter((text) => text !== '');
}
