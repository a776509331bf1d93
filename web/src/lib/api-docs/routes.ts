import type { OpenApiDocument } from '#server/api.js';
import { asSchema, exampleOf, inShort, type Schema } from './schema.js';

/** One route of the API as the page tells it. */
export interface ApiRoute {
  /** Of its operation, and of its place on the page. */
  id: string;
  method: string;
  path: string;
  summary: string;
  /** Any of them opens it; none: it is open to whoever reaches the server. */
  permissions: string[];
  parameters: { name: string; place: string; isRequired: boolean; takes: string; about: string }[];
  body: Schema | null;
  /** Media types of the answer. */
  answers: string[];
}

export interface ApiSubject {
  id: string;
  /** `Export schedules`. */
  title: string;
  routes: ApiRoute[];
}

/** Routes by subject, of all of them or of those that have every word of the text in method, path or summary. */
export function subjectsOf(document: OpenApiDocument, text = ''): ApiSubject[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const subjects = new Map<string, ApiRoute[]>();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const [id = ''] = operation.tags;
      const said = `${method} ${path} ${operation.summary} ${id}`.toLowerCase();
      if (!words.every((word) => said.includes(word))) continue;
      subjects.set(id, [...(subjects.get(id) ?? []), routeOf(method, path, operation)]);
    }
  }
  return [...subjects].map(([id, routes]) => ({ id, title: spaced(id), routes })).sort((a, b) => a.title.localeCompare(b.title, 'en'));
}

/** A line for the shell that asks the route with the least it takes; `$TOKEN` stands for a token, CAPITALS for what is to be filled in. */
export function curlOf({ method, path, permissions, parameters, body }: ApiRoute, origin: string): string {
  const query = parameters.filter(({ place, isRequired }) => place === 'query' && isRequired);
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase());
  const address = `${origin}${filled}${query.length > 0 ? `?${query.map(({ name }) => `${name}=${name.toUpperCase()}`).join('&')}` : ''}`;
  return [
    'curl',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...(permissions.length > 0 ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(body ? [`-H 'Content-Type: application/json' -d '${JSON.stringify(exampleOf(body)).replaceAll("'", `'\\''`)}'`] : []),
    `'${address}'`,
  ].join(' ');
}

type Operation = OpenApiDocument['paths'][string][string];

function routeOf(
  method: string,
  path: string,
  { operationId, summary, security, parameters = [], requestBody, responses }: Operation,
): ApiRoute {
  const body = asSchema(asSchema(asSchema(requestBody)['content'])['application/json'])['schema'];
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    summary,
    permissions: [...new Set(security.flatMap((one) => Object.values(one).flat()))],
    parameters: parameters.map((one) => ({
      name: String(one['name']),
      place: String(one['in']),
      isRequired: one['required'] === true,
      takes: inShort(asSchema(one['schema'])),
      about: typeof one['description'] === 'string' ? one['description'] : '',
    })),
    body: body === undefined ? null : asSchema(body),
    answers: [
      ...new Set(Object.entries(responses).flatMap(([code, one]) => (code.startsWith('2') ? Object.keys(asSchema(one['content'])) : []))),
    ],
  };
}

/** `ExportSchedules` as `Export schedules`. */
function spaced(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
