import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { StartError } from '../start-error.js';
import { NEEDS } from './needs.js';
import type { Permission } from './principal.js';

/** Nest's own metadata key of a handler's path. */
const PATH = 'path';

/** Refuses to start where a route does not say what it asks of whoever uses it: forgotten must not mean open. */
@Injectable()
export class RouteRights implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const silent = this.routes().filter(({ needs }) => needs === undefined);
    if (silent.length === 0) return;
    throw new StartError(
      `${silent.map(({ name }) => name).join(', ')} says nothing about who may use it; put @Needs('…') or @OpenToAll() on the route.`,
    );
  }

  /** Every route of the application with what it needs, as `ThingsController.list`. */
  routes(): { name: string; needs: Permission | 'nothing' | undefined }[] {
    return this.discovery.getControllers().flatMap((wrapper) => {
      const instance: unknown = wrapper.instance;
      if (typeof instance !== 'object' || instance === null) return [];
      const prototype = Object.getPrototypeOf(instance) as { constructor: new () => object };
      const controller = prototype.constructor;
      return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler = Reflect.get(prototype, name) as () => unknown;
        if (Reflect.getMetadata(PATH, handler) === undefined) return [];
        const needs = this.reflector.getAllAndOverride<Permission | 'nothing' | undefined>(NEEDS, [handler, controller]);
        return [{ name: `${controller.name}.${name}`, needs }];
      });
    });
  }
}
