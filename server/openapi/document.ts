import { may, roles } from '../access/principal.js';
import { packageVersion } from '../package-root.js';
import { inputSchema, type JsonSchema } from './described-by.js';
import { feedOperations } from './feed-operations.js';
import { told } from './operations/index.js';
import type { Route } from './routes.js';
import type { Operation } from './operation.js';

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
  openapi: '3.1.1';
  info: Record<string, unknown>;
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, unknown>;
}

/** The description of the whole API, made of what the routes themselves validate with. Shapes of answers are named, not described. */
export function openApiDocument(routes: readonly Route[]): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = structuredClone(feedOperations);
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operationOf(route);
  const features = Object.values(paths).flatMap((operations) => Object.values(operations).flatMap(({ tags }) => tags));
  return {
    openapi: '3.1.1',
    info: {
      title: 'Throughline',
      version: packageVersion,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: [
        'Consistency, delay and handoff loss, measured from the history of tickets and tasks.',
        'A value of the wrong kind is a 400 that names the value and what would do; nothing is changed then.',
        'A change is taken as application/json, from the page itself or with a token.',
        `Roles and what they may do: ${roles.map((role) => `${role} ${permissions.filter((one) => may({ role, only: null, scope: null }, one)).join(', ')}`).join('; ')}.`,
      ].join('\n\n'),
    },
    servers: [{ url: '/' }],
    tags: [...new Set(features)].sort().map((name) => ({ name })),
    paths,
    components: {
      schemas: { Error: errorSchema },
      responses: {
        Refused: {
          description: 'What is wrong, with the value, and the remedy.',
          content: { 'application/json': { schema: { $ref: errorReference } } },
        },
      },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-throughline',
          description: 'Of the page, after sign-in; the name is "throughline" over plain http on the loopback address.',
        },
        push: { type: 'http', scheme: 'bearer', description: 'The token of a connection that takes events of a script.' },
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API token of an account; it may do what both the account and the token may.',
        },
      },
    },
  };
}

const permissions = ['read', 'keep', 'steer', 'export', 'query', 'manage'] as const;
const errorReference = '#/components/schemas/Error';

const errorSchema: JsonSchema = {
  type: 'object',
  properties: {
    statusCode: { type: 'integer' },
    message: { type: 'string' },
    errorId: { type: 'string', description: 'To find it in the log of the server.' },
  },
  required: ['statusCode', 'message', 'errorId'],
};

function operationOf(route: Route): Operation {
  const { summary, answers } = told(route);
  const parameters = [...route.parameters.map(pathParameter), ...queryParameters(route)];
  return {
    operationId: `${route.feature}.${route.handler}`,
    summary,
    tags: [route.feature],
    security: route.needs === 'nothing' || route.needs === null ? [] : [{ session: [route.needs] }, { token: [route.needs] }],
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: inputSchema(route.body) } } } }),
    responses: { [route.status]: answerOf(route, answers), default: { $ref: '#/components/responses/Refused' } },
  };
}

function answerOf({ status, contentType }: Route, answers: readonly string[]): JsonSchema {
  if (status === 204) return { description: 'Done.' };
  const types = contentType === null ? answers : [contentType.replace(/;.*/, '')];
  const [first] = types;
  return {
    description: first === 'application/json' ? 'The answer.' : 'A stream.',
    content: Object.fromEntries(types.map((type) => [type, {}])),
  };
}

function pathParameter({ name, isUuid, schema }: Route['parameters'][number]): JsonSchema {
  const own = schema ? inputSchema(schema) : { type: 'string', maxLength: 500, ...(isUuid && { format: 'uuid' }) };
  return { name, in: 'path', required: true, schema: own };
}

function queryParameters({ query }: Route): JsonSchema[] {
  if (query === null) return [];
  const { properties = {}, required = [], additionalProperties } = inputSchema(query);
  const named = Object.entries(properties as Record<string, JsonSchema>).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: (required as string[]).includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
  if (typeof additionalProperties !== 'object') return named;
  const filters = { name: 'filters', in: 'query', style: 'form', explode: true, schema: { type: 'object', additionalProperties } };
  return [...named, filters];
}
