import { type DynamicModule, ParseUUIDPipe, RequestMethod, type Type } from '@nestjs/common';
import type { z } from 'zod';
import { NEEDS } from '../access/needs.js';
import type { Permission } from '../access/principal.js';

/** A route as its controller declares it: what is validated is what is told. */
export interface Route {
  method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** As `/api/items/{id}`. */
  path: string;
  /** Name of the feature, as `PersonalBoards`. */
  feature: string;
  handler: string;
  needs: Permission | 'nothing' | null;
  /** Of the path, in its order. */
  parameters: { name: string; isUuid: boolean; schema?: z.ZodType }[];
  query: z.ZodType | null;
  body: z.ZodType | null;
  status: number;
  contentType: string | null;
}

/** The names under which Nest 12 keeps what decorators say; its constants are not exported. */
const keys = {
  controllers: 'controllers',
  imports: 'imports',
  path: 'path',
  method: 'method',
  arguments: '__routeArguments__',
  status: '__httpCode__',
  headers: '__headers__',
};
/** Kinds of arguments of a handler, as Nest numbers them. */
const kinds = { body: '3', query: '4', parameter: '5' };

const methods = new Map<RequestMethod, Route['method']>([
  [RequestMethod.GET, 'get'],
  [RequestMethod.POST, 'post'],
  [RequestMethod.PATCH, 'patch'],
  [RequestMethod.PUT, 'put'],
  [RequestMethod.DELETE, 'delete'],
]);

interface Argument {
  data?: string;
  pipes: unknown[];
  schema?: z.ZodType;
}

export type Feature = Type<unknown> | DynamicModule;

/** The controllers of modules and of what they import, each once. */
export function controllersIn(modules: readonly Feature[], seen = new Set<unknown>()): Type<unknown>[] {
  return modules.flatMap((feature) => {
    const module = 'module' in feature ? feature.module : feature;
    if (seen.has(module)) return [];
    seen.add(module);
    const told: Partial<DynamicModule> = 'module' in feature ? feature : {};
    const own = [...(read<Type<unknown>[]>(keys.controllers, module) ?? []), ...(told.controllers ?? [])];
    const imports = [...(read<Feature[]>(keys.imports, module) ?? []), ...((told.imports ?? []) as Feature[])];
    return [...own, ...controllersIn(imports, seen)];
  });
}

/** The routes of controllers, in the order of their code. Throws where one uses a method that is not told here. */
export function routesOf(controllers: readonly Type<unknown>[]): Route[] {
  return controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype)
      .filter((name) => name !== 'constructor' && typeof prototype[name] === 'function')
      .filter((name) => read(keys.method, prototype[name] as object) !== undefined)
      .map((name) => routeOf(controller, name, prototype[name] as object));
  });
}

function routeOf(controller: Type<unknown>, name: string, handler: object): Route {
  const number = read<RequestMethod>(keys.method, handler) ?? RequestMethod.GET;
  const method = methods.get(number);
  if (method === undefined)
    throw new Error(`${controller.name}.${name} answers ${RequestMethod[number]}; add it to server/openapi/routes.ts.`);
  const given = Object.entries(read<Record<string, Argument>>(keys.arguments, controller, name) ?? {});
  const ofKind = (kind: string) => given.filter(([key]) => key.split(':')[0] === kind).map(([, argument]) => argument);
  const path = [read<string>(keys.path, controller), read<string>(keys.path, handler)]
    .flatMap((part) => (part ?? '').split('/'))
    .filter((part) => part !== '')
    .map((part) => part.replace(/^:(\w+)/, '{$1}'));
  const validated = ofKind(kinds.parameter);
  const headers = read<{ name: string; value: string }[]>(keys.headers, handler) ?? [];
  return {
    method,
    path: `/${path.join('/')}`,
    feature: controller.name.replace(/Controller$/, ''),
    handler: name,
    needs: read<Permission | 'nothing'>(NEEDS, handler) ?? read<Permission | 'nothing'>(NEEDS, controller) ?? null,
    parameters: path
      .flatMap((part) => /^\{(\w+)\}/.exec(part)?.[1] ?? [])
      .map((parameter) => {
        const argument = validated.find(({ data }) => data === parameter);
        return {
          name: parameter,
          isUuid: argument?.pipes.some((pipe) => pipe === ParseUUIDPipe || pipe instanceof ParseUUIDPipe) ?? false,
          ...(argument?.schema && { schema: argument.schema }),
        };
      }),
    query: ofKind(kinds.query)[0]?.schema ?? null,
    body: ofKind(kinds.body)[0]?.schema ?? null,
    status: read<number>(keys.status, handler) ?? (method === 'post' ? 201 : 200),
    contentType: headers.find((header) => header.name.toLowerCase() === 'content-type')?.value ?? null,
  };
}

function read<T>(key: string, target: object, property?: string): T | undefined {
  return (property === undefined ? Reflect.getMetadata(key, target) : Reflect.getMetadata(key, target, property)) as T | undefined;
}
