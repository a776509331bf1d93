import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Patch, Post, Req, UseInterceptors } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type pg from 'pg';
import { z } from 'zod';
import { withTransaction } from '#etl/transaction.js';
import type { Account, AccountLink } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { Refusal } from '../refusal.js';
import { addAccount, changeAccount, readAccount, readAccounts, removeAccount } from './accounts.js';
import { demandPerson } from './account-holder.js';
import { Asker } from './asker.js';
import { Needs } from './needs.js';
import { roles, scopeDimensions, type Principal } from './principal.js';
import { makeWelcomeLink } from './welcome-links.js';

const name = z.string().trim().min(1, 'is empty.').max(120, 'is longer than 120 characters.');
/** An empty scope would be no limit that somebody meant. */
const scope = z
  .partialRecord(z.enum(scopeDimensions), z.array(z.string().max(300)).min(1).max(500))
  .refine((one) => Object.keys(one).length > 0, 'is empty; leave it out for everything.')
  .nullable();

const NewUser = z.strictObject({
  email: z.string().trim().max(320, 'is longer than 320 characters.'),
  name,
  role: z.enum(roles),
  scope: scope.default(null),
  seesNames: z.boolean().default(false),
});
const UserChange = z
  .strictObject({
    name: name.optional(),
    role: z.enum(roles).optional(),
    scope: scope.optional(),
    seesNames: z.boolean().optional(),
    isDisabled: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'Nothing to change; give name, role, scope, seesNames or isDisabled.');

/** Accounts of everybody. */
@Controller('api/users')
@UseInterceptors(RefusalsInterceptor)
export class UsersController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  @Needs('manage')
  @Get()
  list(): Promise<Account[]> {
    return readAccounts(this.pool);
  }

  /** With a link that sets its password. */
  @Needs('manage')
  @Post()
  add(
    @Asker() asker: Principal,
    @Body({ schema: NewUser }) told: z.infer<typeof NewUser>,
    @Req() request: FastifyRequest,
  ): Promise<AccountLink> {
    demandPerson(asker);
    return withTransaction(this.pool, async (client) => {
      const account = await addAccount(client, told);
      const { role } = account;
      await recordAudit(client, { asker, action: 'account.add', object: account.id, detail: { role }, address: request.ip });
      return linkOf(client, account, new Date());
    });
  }

  @Needs('manage')
  @Patch(':id')
  async change(
    @Asker() asker: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: UserChange }) change: z.infer<typeof UserChange>,
    @Req() request: FastifyRequest,
  ): Promise<Account> {
    demandPerson(asker);
    if (id === asker.id && (change.role !== undefined || change.isDisabled !== undefined))
      throw new Refusal('Nobody changes his own role; another administrator does.');
    const account = await changeAccount(this.pool, id, change, new Date());
    const detail = { changed: Object.keys(change).join(', '), role: account.role, isDisabled: account.isDisabled };
    await recordAudit(this.pool, { asker, action: 'account.change', object: id, detail, address: request.ip });
    return account;
  }

  /** A link that sets its password anew, for 24 hours. The old password works until then. */
  @Needs('manage')
  @Post(':id/link')
  @HttpCode(200)
  async link(@Asker() asker: Principal, @Param('id', ParseUUIDPipe) id: string, @Req() request: FastifyRequest): Promise<AccountLink> {
    demandPerson(asker);
    const account = await readAccount(this.pool, id);
    await recordAudit(this.pool, { asker, action: 'password.change', object: id, detail: { how: 'link made' }, address: request.ip });
    return linkOf(this.pool, account, new Date());
  }

  @Needs('manage')
  @Delete(':id')
  @HttpCode(204)
  async remove(@Asker() asker: Principal, @Param('id', ParseUUIDPipe) id: string, @Req() request: FastifyRequest): Promise<void> {
    demandPerson(asker);
    if (id === asker.id) throw new Refusal('Nobody removes his own account; another administrator does.');
    await removeAccount(this.pool, id);
    await recordAudit(this.pool, { asker, action: 'account.remove', object: id, address: request.ip });
  }
}

async function linkOf(db: pg.Pool | pg.ClientBase, account: Account, now: Date): Promise<AccountLink> {
  const { path, expiresAt } = await makeWelcomeLink(db, account.id, now);
  return { account, path, expiresAt: (expiresAt ?? now).toISOString() };
}
