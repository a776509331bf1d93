import { type CustomDecorator, SetMetadata } from '@nestjs/common';
import type { Permission } from './principal.js';

/** Nest metadata key of what a route asks for. */
export const NEEDS = 'needs';

/** What a route, or every route of a controller, asks of whoever uses it. */
export const Needs = (permission: Permission): CustomDecorator => SetMetadata(NEEDS, permission);

/** Open to everyone who reaches the port: sign-in, health, the page's own files, and routes that prove their asker themselves. */
export const OpenToAll = (): CustomDecorator => SetMetadata(NEEDS, 'nothing');
