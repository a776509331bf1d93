import { send } from '@fastify/send';
import { Controller, Get, Inject, NotFoundException, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpenToAll } from '../access/needs.js';
import { PAGE_FILES, type PageFiles } from './page-files.js';

/** Files of the page, and its first document for every other address: the page itself knows what is there. */
@Controller()
export class PageController {
  constructor(@Inject(PAGE_FILES) private readonly page: PageFiles) {}

  @OpenToAll()
  @Get('/')
  first(@Res() reply: FastifyReply): FastifyReply {
    return this.document(reply);
  }

  @OpenToAll()
  @Get('*')
  async file(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    const path = pathOf(request.url);
    if (path === 'api' || path.startsWith('api/')) throw new NotFoundException(`/${path} is no address of the API.`);
    if (!this.page.names.has(path)) {
      if (/\.\w+$/.test(path)) throw new NotFoundException(`/${path} is not part of the page.`);
      return this.document(reply);
    }
    // Names under `immutable` change with their content.
    const isImmutable = path.includes('/immutable/');
    const { statusCode, headers, stream } = await send(request.raw, `/${encodeURI(path)}`, {
      root: this.page.directory,
      cacheControl: false,
    });
    return reply
      .code(statusCode)
      .headers(headers)
      .header('cache-control', isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache')
      .send(stream);
  }

  private document(reply: FastifyReply): FastifyReply {
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(this.page.indexHtml);
  }
}

function pathOf(url: string): string {
  const path = url.split('?')[0]?.slice(1) ?? '';
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
