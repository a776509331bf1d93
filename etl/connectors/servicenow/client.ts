import { z } from 'zod';
import { SourceError, type Context } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { createHttp, type Http } from '../../http/http.js';
import { linkOf } from '../../http/link.js';
import type { ServiceNowConfig } from './payload.js';

export const serviceNowSecret = 'token';
/** Rows asked for at once; ids of that many fit a query. */
export const pageSize = 50;
const historyPageSize = 1_000;
/** As often a page may be another one than was asked for. */
const mostRepeats = 10;

export type Row = Record<string, unknown>;
const schema = z.looseObject({ result: z.array(z.record(z.string(), z.unknown())) });

export interface TablePage {
  rows: Row[];
  /** Rows that fit the query from its beginning on, also those hidden from this account. */
  total: number | null;
  hasNext: boolean;
  at: string | null;
  headers: Headers;
}

/** The Table API of an instance. https://www.servicenow.com/docs/csh?topicname=c_TableAPI.html Throws `HttpError`. */
export class ServiceNowClient {
  private readonly http: Http;

  constructor(config: ServiceNowConfig, context: Context) {
    this.http = createHttp({
      baseUrl: config.url,
      context,
      credentials: async () => {
        const secret = await context.secret(serviceNowSecret);
        const authorization =
          config.user === undefined ? `Bearer ${secret}` : `Basic ${Buffer.from(`${config.user}:${secret}`).toString('base64')}`;
        return { headers: { authorization } };
      },
    });
  }

  async page(
    table: string,
    query: string,
    ask: { limit?: number; offset?: number; fields?: string; isShown?: boolean } = {},
  ): Promise<TablePage> {
    const { limit = historyPageSize, offset = 0, fields, isShown = false } = ask;
    const { body, at, headers } = await this.http.getJson(`api/now/table/${table}`, {
      query: {
        sysparm_query: query,
        sysparm_limit: limit,
        sysparm_offset: offset,
        sysparm_fields: fields,
        sysparm_display_value: isShown ? 'all' : 'false',
        sysparm_exclude_reference_link: true,
      },
      schema,
    });
    const total = Number.parseInt(headers.get('x-total-count') ?? '', 10);
    const isCounted = Number.isSafeInteger(total);
    const hasNext = linkOf(headers, 'next') !== null || (headers.get('link') === null && isCounted && offset + body.result.length < total);
    return { rows: body.result, total: isCounted ? total : null, hasNext, at, headers };
  }

  /** Tasks changed at `from` or later, by time of change. A page whose rows are all hidden is passed over. */
  async changed(table: string, from: string | null, offset: number): Promise<{ rows: Row[]; sourceNow: string | null; hasMore: boolean }> {
    const bound = from === null ? '' : `sys_updated_on>=${stored(from)}^`;
    for (let start = offset; ; start += pageSize) {
      const page = await this.page(table, `${bound}ORDERBYsys_updated_on^ORDERBYsys_id`, { limit: pageSize, offset: start, isShown: true });
      if (page.rows.length > 0 || !page.hasNext) return { rows: page.rows, sourceNow: page.at, hasMore: page.hasNext };
    }
  }

  /**
   * All rows that fit, by id, in pages of which none was skipped. `hidden`: rows that the tool counts and this account does not
   * see. Where a page shows rows that were not asked for again and again, reading ends.
   */
  async *all(table: string, query: string, fields: string, fits: (row: Row) => boolean): AsyncGenerator<{ rows: Row[]; hidden: number }> {
    const ask = (above: string) =>
      this.page(table, `${query}${query === '' ? '' : '^'}${above === '' ? '' : `sys_id>${above}^`}ORDERBYsys_id`, { fields });
    let bound = '';
    let repeats = 0;
    let page = await ask(bound);
    for (;;) {
      const rows = page.rows.filter((row) => String(row['sys_id']) > bound && fits(row));
      const next = rows.map((row) => String(row['sys_id'])).reduce((a, b) => (b > a ? b : a), bound);
      const following = page.hasNext && rows.length > 0 ? await ask(next) : null;
      const skipped = page.total === null ? 0 : page.total - rows.length - (following?.total ?? 0);
      const isForeign = rows.length < page.rows.length;
      if ((skipped > 0 || isForeign) && repeats < mostRepeats) {
        repeats += 1;
        page = await ask(bound);
        continue;
      }
      if (isForeign) throw new SourceError(`ServiceNow was asked for ${table} above ${bound || 'none'} and gave others again and again.`);
      repeats = 0;
      yield { rows, hidden: Math.max(0, skipped) };
      if (following === null) return;
      bound = next;
      page = following;
    }
  }

  /** Rows in which `field` is one of `values`; null where the account may not read the table. */
  async among(
    table: string,
    field: string,
    values: readonly string[],
    fields: string,
    more = '',
  ): Promise<{ rows: Row[]; hidden: number } | null> {
    const found = { rows: [] as Row[], hidden: 0 };
    const wanted = new Set(values);
    try {
      for (let from = 0; from < values.length; from += pageSize) {
        const query = `${field}IN${values.slice(from, from + pageSize).join(',')}${more}`;
        for await (const { rows, hidden } of this.all(table, query, fields, (row) => wanted.has(String(row[field])))) {
          found.rows.push(...rows);
          found.hidden += hidden;
        }
      }
      return found;
    } catch (error) {
      if (isHttpError(error, 'forbidden')) return null;
      throw error;
    }
  }

  /** How many rows fit; null where the account may not read the table. */
  async count(table: string, query: string): Promise<number | null> {
    try {
      const { rows, total } = await this.page(table, query, { limit: 1, fields: 'sys_id' });
      // Rules that hide every row still let them be counted.
      return rows.length === 0 ? 0 : total;
    } catch (error) {
      if (isHttpError(error, 'forbidden')) return null;
      throw error;
    }
  }

  /** Whether a record can be seen. What a rule hides is not found either. */
  async exists(table: string, id: string): Promise<boolean | 'forbidden'> {
    try {
      return (await this.page(table, `sys_id=${id}`, { limit: 1, fields: 'sys_id' })).rows.length > 0;
    } catch (error) {
      if (isHttpError(error, 'forbidden')) return 'forbidden';
      throw error;
    }
  }
}

/** An instant as queries write it. */
function stored(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}
