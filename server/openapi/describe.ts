import { openApiDocument, type OpenApiDocument } from './document.js';
import { OpenApiController } from './openapi.controller.js';
import { controllersIn, routesOf, type Feature } from './routes.js';

/** The description of the API that these features have, and of itself. */
export function describeApi(features: readonly Feature[]): OpenApiDocument {
  return openApiDocument(routesOf([...controllersIn(features), OpenApiController]));
}
