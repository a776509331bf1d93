import 'reflect-metadata';
import { Controller, Delete, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { expect, test } from 'vitest';
import { Needs, OpenToAll } from '#server/access/needs.js';
import { AccessModule } from '#server/access/access.module.js';
import { RouteRights } from '#server/access/route-rights.js';
import { testDatabase } from '../../support/database.js';
import { openedDatabase } from '../../support/opened-database.js';
import { testServer } from '../dashboards/test-server.js';
import { DatabaseModule } from '#server/database/database.module.js';
import { readConfig } from '#server/config.js';

@Controller('api/things')
class ForgetfulController {
  @Needs('read')
  @Get()
  list(): string[] {
    return [];
  }

  @Delete()
  remove(): void {}
}

@Needs('manage')
@Controller('api/machines')
class MachinesController {
  @Get()
  list(): string[] {
    return [];
  }

  @OpenToAll()
  @Get('count')
  count(): number {
    return 0;
  }
}

const database = await testDatabase();

function appWith(controller: new () => object): Promise<NestFastifyApplication> {
  const opened = openedDatabase(database);
  @Module({ imports: [DatabaseModule.with(readConfig({ THROUGHLINE_SIGN_IN: 'off' }), opened), AccessModule], controllers: [controller] })
  class Routes {}
  return NestFactory.create<NestFastifyApplication>(Routes, new FastifyAdapter(), { logger: false, abortOnError: false });
}

test('a route that does not say who may use it does not start', async () => {
  const app = await appWith(ForgetfulController);
  await expect(app.init()).rejects.toThrow(
    "ForgetfulController.remove says nothing about who may use it; put @Needs('…') or @OpenToAll() on the route.",
  );
});

test('what a controller says holds for its routes, unless one says otherwise', async () => {
  const app = await appWith(MachinesController);
  await app.init();
  expect(app.get(RouteRights).routes()).toEqual(
    expect.arrayContaining([
      { name: 'MachinesController.list', needs: 'manage' },
      { name: 'MachinesController.count', needs: 'nothing' },
    ]),
  );
  await app.close();
});

test('the page is told what the owner of the machine may do, where sign-in is switched off', async () => {
  const server = await testServer(database);
  expect(await server.json('/api/state')).toMatchObject({
    asker: {
      name: '',
      role: 'admin',
      isSignedIn: false,
      canSignOut: false,
      permissions: ['read', 'keep', 'steer', 'export', 'query', 'manage'],
      scope: null,
    },
  });
});
