import {
  Body,
  Controller,
  Delete,
  ForbiddenException,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Post,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { z } from 'zod';
import type { NewShareLink, ShareLinksResponse } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { CONFIG, type Config } from '../config.js';
import { knownBoards } from '../dashboards/known-boards.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { Missing } from '../refusal.js';
import { readReport } from '../reports/kept-reports.js';
import { accountHolder } from './account-holder.js';
import { Asker } from './asker.js';
import { Needs, OpenToAll } from './needs.js';
import { may, type Principal } from './principal.js';
import { ScopeBody } from './scope-body.js';
import { isBehindTls } from './session-cookie.js';
import { shareCookie } from './share-cookie.js';
import { sharedPage } from './share-page.js';
import { listShares, makeShare, mostShareDays, openShare, revokeShare, usualShareDays } from './share.js';
import { stepCookie } from './step-cookie.js';

const NewLink = z.strictObject({
  title: z.string().trim().min(1, 'is empty; say what is shown.').max(200, 'is longer than 200 characters.'),
  address: z.string().min(1).max(8_000),
  scope: ScopeBody.nullable().default(null),
  days: z.int().min(1).max(mostShareDays, `is longer than ${mostShareDays} days; make a new link by then.`).default(usualShareDays),
});
const KeyBody = z.strictObject({ key: z.string().min(1).max(100) });

/** Links that show one page to those without an account. */
@Controller('api/share-links')
@UseInterceptors(RefusalsInterceptor)
export class ShareController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** One's own; an administrator sees those of everybody. */
  @Needs('steer')
  @Get()
  async list(@Asker() asker: Principal): Promise<ShareLinksResponse> {
    const isOn = this.config.hasShareLinks;
    return { isOn, links: isOn ? await listShares(this.pool, reachOf(asker), new Date()) : [] };
  }

  @Needs('steer')
  @Post()
  async make(
    @Asker() asker: Principal,
    @Body({ schema: NewLink }) wish: z.infer<typeof NewLink>,
    @Req() request: FastifyRequest,
  ): Promise<NewShareLink> {
    this.beOn();
    const maker = accountHolder(asker);
    await this.beThere(wish.address, asker);
    const made = await makeShare(this.pool, maker, wish, new Date());
    const detail = { path: made.address.split('?')[0] ?? '', expiresAt: made.expiresAt };
    await recordAudit(this.pool, { asker, action: 'share.make', object: made.id, detail, address: request.ip });
    return made;
  }

  @Needs('steer')
  @Delete(':id')
  @HttpCode(204)
  async revoke(@Asker() asker: Principal, @Param('id', ParseUUIDPipe) id: string, @Req() request: FastifyRequest): Promise<void> {
    await revokeShare(this.pool, reachOf(asker), id, new Date());
    await recordAudit(this.pool, { asker, action: 'share.revoke', object: id, address: request.ip });
  }

  /** Takes the key of a link, which its address carries behind the #, and gives a cookie for it. Gives the page that it opens. */
  @OpenToAll()
  @Post('open')
  @HttpCode(200)
  async open(
    @Body({ schema: KeyBody }) { key }: z.infer<typeof KeyBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ address: string }> {
    const page = this.config.hasShareLinks ? (await openShare(this.pool, key, new Date()))?.page : undefined;
    if (!page) throw new Missing('This link has ended, was revoked, or never was one; ask whoever sent it for a new one.');
    reply.header('set-cookie', stepCookie(shareCookie, key, isBehindTls(this.config)));
    return { address: `${page.path}${page.query}` };
  }

  private beOn(): void {
    if (this.config.hasShareLinks) return;
    throw new ForbiddenException(
      'Share links are switched off here; whoever runs the server switches them on with THROUGHLINE_SHARE_LINKS=on.',
    );
  }

  /** Throws `Missing` where the maker has no such page. */
  private async beThere(address: string, asker: Principal): Promise<void> {
    const { kind, id } = sharedPage(address);
    if (kind === 'report') await readReport(this.pool, id, asker);
    else if (!knownBoards(this.config.boardsDirectory).some((board) => board.id === id)) throw new Missing(`There is no board "${id}".`);
  }
}

/** The account whose links somebody sees and revokes; null: those of all. */
function reachOf(asker: Principal): string | null {
  return may(asker, 'manage') ? null : accountHolder(asker).id;
}
