/** `GET /api/openapi.json`: the API, described by itself. */
export type { OpenApiDocument } from '../openapi/document.js';
