import { z } from 'zod';
import type { Connector } from '#etl/connector.js';
import { builtInConnectors } from '#etl/connectors/index.js';
import type { ConnectorField, ConnectorForm } from '../api.js';

/** Set on the connection's own page, once there are items to see the effect on. */
const setLater = ['statuses', 'settings', 'calendar'];

interface Property {
  type?: string;
  enum?: unknown[];
  default?: unknown;
  description?: string;
  anyOf?: Property[];
}

/** What a person fills in to connect each live tool; those read from files or sent to us are connected otherwise. */
export function connectorForms(): ConnectorForm[] {
  return Object.values(builtInConnectors)
    .filter(isLive)
    .map((connector) => ({ id: connector.id, fields: fieldsOf(connector), secrets: [...connector.secretNames] }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Has an address of its own that is asked again and again. */
export function isLive(connector: Connector): boolean {
  return connector.address !== undefined;
}

function fieldsOf(connector: Connector): ConnectorField[] {
  const { configSchema } = connector;
  if (!(configSchema instanceof z.ZodType)) return [];
  const schema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Property>;
    required?: string[];
  };
  return Object.entries(schema.properties ?? {})
    .filter(([name]) => !setLater.includes(name))
    .map(([name, property]) => ({
      name,
      isRequired: schema.required?.includes(name) ?? false,
      default: property.default === undefined ? null : property.default,
      ...kindOf(property),
    }));
}

/** A field that takes several forms is written as its first plain one; the others are for the command line. */
function kindOf(property: Property): Pick<ConnectorField, 'kind' | 'choices'> {
  const choices = (property.enum ?? []).filter((choice): choice is string => typeof choice === 'string');
  if (choices.length > 0) return { kind: 'choice', choices };
  const [first] = property.anyOf ?? [];
  if (first) return kindOf(first);
  const kinds: Record<string, ConnectorField['kind']> = {
    number: 'number',
    integer: 'number',
    boolean: 'yes-no',
    array: 'list',
    object: 'object',
  };
  return { kind: kinds[property.type ?? ''] ?? 'text', choices: [] };
}
