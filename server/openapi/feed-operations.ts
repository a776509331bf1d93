import type { Operation } from './operation.js';

const connection = { name: 'connection', in: 'path', required: true, schema: { type: 'string', maxLength: 500 } };
const refused = { $ref: '#/components/responses/Refused' };

/** Routes that read their bodies as they come, so that no controller declares them: see `server/ingest/feed-routes.ts`. */
export const feedOperations: Record<string, Record<string, Operation>> = {
  '/api/ingest/{connection}': {
    post: {
      operationId: 'Ingest.push',
      summary: 'Take events of a script, one JSON object a line; up to 256 MB.',
      tags: ['Ingest'],
      security: [{ push: [] }],
      parameters: [connection],
      requestBody: { required: true, content: { 'application/x-ndjson': {} } },
      responses: { 200: { description: 'What became of every line.', content: { 'application/json': {} } }, default: refused },
    },
  },
  '/api/webhooks/{connection}': {
    post: {
      operationId: 'Ingest.notice',
      summary: 'Take the notice of a tool that something has changed, signed as the tool signs; up to 25 MB.',
      tags: ['Ingest'],
      security: [],
      parameters: [connection],
      requestBody: { required: true, content: { 'application/json': {} } },
      responses: { 202: { description: 'What will be read because of it.', content: { 'application/json': {} } }, default: refused },
    },
  },
};
