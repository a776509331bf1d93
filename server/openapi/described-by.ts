import { z } from 'zod';

const inputs = new WeakMap<object, z.ZodType>();

/**
 * Says in a schema of its own what goes into one that a function reads, such as a query string: JSON Schema cannot tell what a function
 * takes. The sweep of `test/security` sends what is said here and what is not, so the two cannot drift apart.
 */
export function describedBy<Schema extends z.ZodType>(schema: Schema, input: z.ZodType): Schema {
  inputs.set(schema, input);
  return schema;
}

export type JsonSchema = Record<string, unknown>;

/** JSON Schema 2020-12 of what a schema takes, which is what OpenAPI 3.1 speaks. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _dialect, ...told } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const input = inputs.get(zodSchema);
      if (!input) return;
      const { default: standard } = jsonSchema;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
      Object.assign(jsonSchema, inputSchema(input), standard === undefined ? {} : { default: standard });
    },
  });
  return told;
}
