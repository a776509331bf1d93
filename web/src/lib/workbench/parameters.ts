import type { QueryParameter, QueryParameterType, QueryRunRequest } from '#server/api.js';

/** A parameter as it stands in the form. */
export interface DraftParameter {
  name: string;
  type: QueryParameterType;
  value: string;
  isNull: boolean;
}

export const parameterTypes = ['text', 'integer', 'number', 'boolean', 'date', 'instant'] as const satisfies QueryParameterType[];

/** Texts, quoted names and comments: what stands in them is no parameter. */
const quoted = /'(?:[^']|'')*'|"[^"]*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$/g;
/** More would be no form any more. */
const mostParameters = 30;

/** The highest `$n` of a text. */
export function parametersIn(text: string): number {
  const numbers = [...text.replaceAll(quoted, ' ').matchAll(/\$(\d{1,2})\b/g)].map(([, number]) => Number(number));
  return Math.min(mostParameters, Math.max(0, ...numbers));
}

/** As many as the text has; what was entered stays. */
export function fitted(parameters: readonly DraftParameter[], count: number): DraftParameter[] {
  return Array.from({ length: count }, (_, at) => parameters[at] ?? { name: `p${at + 1}`, type: 'text', value: '', isNull: false });
}

/** A kept query's parameters with the values a link gives them. */
export function entered(parameters: readonly QueryParameter[], query: Pick<URLSearchParams, 'get'>): DraftParameter[] {
  return parameters.map(({ name, type, default: usual }) => {
    const value = query.get(`p.${name}`) ?? usual;
    return { name, type, value: value ?? '', isNull: value === null };
  });
}

/** The values a link carries. */
export function linked(id: string, parameters: readonly DraftParameter[]): URLSearchParams {
  const query = new URLSearchParams({ query: id });
  for (const { name, value, isNull } of parameters) if (!isNull) query.set(`p.${name}`, value);
  return query;
}

export function keptParameters(parameters: readonly DraftParameter[]): QueryParameter[] {
  return parameters.map(({ name, type, value, isNull }) => ({ name, type, default: isNull ? null : value }));
}

/** As the server takes it: without a semicolon at the end, values bound in their order. */
export function requestOf(text: string, parameters: readonly DraftParameter[]): QueryRunRequest {
  const values = parameters.map(({ type, value, isNull }) => ({ type, value: isNull ? null : value }));
  return { text: text.replace(/[\s;]+$/, ''), ...(values.length > 0 && { parameters: values }) };
}
