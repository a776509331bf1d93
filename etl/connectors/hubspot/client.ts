import { z } from 'zod';
import { SourceError, type Context, type Json } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { createHttp, type Http } from '../../http/http.js';
import { key, type HubspotConfig, type Kind } from './payload.js';

export const hubspotSecret = 'token';

/** HubSpot reads values with their history for so many objects at once. */
export const pageSize = 50;
/** Most objects that are read by id at once, without history. */
const objectsAtOnce = 100;
/** Searches are limited to a few a second, whatever else the account may do. */
const pace = { concurrency: 3, perSecond: 4 };
const listSize = 100;

const next = z.looseObject({ next: z.looseObject({ after: key }).nullish() }).nullish();
const modified = z.looseObject({ hs_lastmodifieddate: z.string().nullish() });
const searchSchema = z.looseObject({
  total: z.number(),
  results: z.array(z.looseObject({ id: key, updatedAt: z.string(), properties: modified.nullish() })),
  paging: next,
});
const objectsSchema = z.looseObject({ results: z.array(z.looseObject({ id: key, properties: z.record(z.string(), z.unknown()) })) });
const listSchema = z.looseObject({ results: z.array(z.looseObject({ id: key })), paging: next });
const associationsSchema = z.looseObject({
  results: z.array(
    z.looseObject({
      from: z.looseObject({ id: key }),
      to: z.array(z.looseObject({ toObjectId: key, associationTypes: z.array(z.looseObject({ label: z.string().nullish() })).nullish() })),
      paging: next,
    }),
  ),
});
const flag = z.preprocess((value) => (typeof value === 'string' ? value === 'true' : value), z.boolean());
const pipelinesSchema = z.looseObject({
  results: z.array(
    z.looseObject({
      id: key,
      label: z.string(),
      stages: z.array(
        z.looseObject({
          id: key,
          label: z.string(),
          metadata: z
            .looseObject({ isClosed: flag.nullish(), ticketState: z.string().nullish(), probability: z.coerce.number().nullish() })
            .nullish(),
        }),
      ),
    }),
  ),
});
const ownersSchema = z.looseObject({
  results: z.array(
    z.looseObject({
      id: key,
      userId: z.number().nullish(),
      firstName: z.string().nullish(),
      lastName: z.string().nullish(),
      email: z.string().nullish(),
      teams: z.array(z.looseObject({ id: key, name: z.string() })).nullish(),
    }),
  ),
  paging: next,
});
const accountSchema = z.looseObject({ portalId: key, timeZone: z.string().nullish(), uiDomain: z.string().nullish() });

export interface FoundObject {
  id: string;
  /** ISO, milliseconds. */
  modifiedAt: string;
}
export interface Stage {
  id: string;
  label: string;
  pipeline: string;
  /** Ends an object: well, or as lost. */
  end: 'open' | 'won' | 'lost';
}
export type Owner = z.output<typeof ownersSchema>['results'][number];
export type ReadObject = z.output<typeof objectsSchema>['results'][number];

/** What a HubSpot account answers. Throws `HttpError`; nothing here is kept between runs. */
export class HubspotClient {
  private readonly http: Http;

  constructor(config: HubspotConfig, context: Context) {
    this.http = createHttp({
      baseUrl: config.url,
      pace,
      context,
      credentials: async () => ({ headers: { authorization: `Bearer ${await context.secret(hubspotSecret)}` } }),
    });
  }

  /** Objects modified at `from` (ISO) or later, by that time. HubSpot finds what changed only after seconds, rarely minutes. */
  async search(kind: Kind, from: string | null, offset: number, limit = pageSize) {
    const property = 'hs_lastmodifieddate';
    const filters = from === null ? [] : [{ filters: [{ propertyName: property, operator: 'GTE', value: String(Date.parse(from)) }] }];
    const sorts = [{ propertyName: property, direction: 'ASCENDING' }];
    const asked = { filterGroups: filters, sorts, properties: [property], limit, after: String(offset) };
    const { body, at } = await this.http.postJson(`crm/v3/objects/${kind}/search`, asked, { schema: searchSchema });
    const found = body.results.map((row): FoundObject => ({ id: row.id, modifiedAt: row.properties?.[property] ?? row.updatedAt }));
    return { found, total: body.total, hasMore: Boolean(body.paging?.next), at };
  }

  /** Objects by id, in the order asked for; those that are archived meanwhile are missing. */
  async objects(type: string, ids: readonly string[], properties: string[], propertiesWithHistory?: string[]): Promise<ReadObject[]> {
    const read = new Map<string, ReadObject>();
    for (let start = 0; start < ids.length; start += objectsAtOnce) {
      const inputs = ids.slice(start, start + objectsAtOnce).map((id) => ({ id }));
      const asked = { inputs, properties, ...(propertiesWithHistory ? { propertiesWithHistory } : {}) };
      const { body } = await this.http.postJson(`crm/v3/objects/${type}/batch/read`, asked, { schema: objectsSchema });
      for (const object of body.results) read.set(object.id, object);
    }
    return ids.flatMap((id) => read.get(id) ?? []);
  }

  /** Ids of what each object is associated with, the primary ones first; null where the token lacks the right. */
  async associated(kind: Kind, type: string, ids: readonly string[]): Promise<Map<string, string[]> | null> {
    const found = new Map<string, { id: string; isPrimary: boolean }[]>();
    try {
      for (let inputs: { id: string; after?: string }[] = ids.map((id) => ({ id })); inputs.length > 0;) {
        const path = `crm/v4/associations/${kind}/${type}/batch/read`;
        const { body } = await this.http.postJson(path, { inputs }, { schema: associationsSchema });
        const rest: { id: string; after: string }[] = [];
        for (const { from, to, paging } of body.results) {
          const labels = (one: (typeof to)[number]) => (one.associationTypes ?? []).map(({ label }) => label ?? '');
          const told = to.map((one) => ({ id: one.toObjectId, isPrimary: labels(one).some((label) => /^primary/i.test(label)) }));
          found.set(from.id, [...(found.get(from.id) ?? []), ...told]);
          if (paging?.next) rest.push({ id: from.id, after: paging.next.after });
        }
        if (rest.some((one) => inputs.some(({ id, after }) => one.id === id && one.after === after))) throw stuck(path);
        inputs = rest;
      }
    } catch (error) {
      if (isHttpError(error, 'forbidden')) return null;
      throw error;
    }
    return new Map([...found].map(([id, told]) => [id, inOrder(told)]));
  }

  /** Ids of all objects that are not archived. */
  async *ids(kind: Kind): AsyncGenerator<string[]> {
    for (let after: string | undefined; ;) {
      const path = `crm/v3/objects/${kind}`;
      const { body } = await this.http.getJson(path, { query: { limit: listSize, properties: 'createdate', after }, schema: listSchema });
      yield body.results.map(({ id }) => id);
      const following = body.paging?.next?.after;
      if (following === undefined) return;
      if (following === after) throw stuck(path);
      after = following;
    }
  }

  /** The id under which HubSpot has an object now: another one where it was merged; null where it is archived or gone. */
  async present(kind: Kind, id: string): Promise<string | null> {
    const schema = z.looseObject({ id: key });
    const body = await this.orNull(this.http.getJson(`crm/v3/objects/${kind}/${encodeURIComponent(id)}`, { schema }));
    return body?.id ?? null;
  }

  async pipelines(kind: Kind): Promise<{ id: string; label: string; stages: Stage[] }[]> {
    const { body } = await this.http.getJson(`crm/v3/pipelines/${kind}`, { schema: pipelinesSchema });
    return body.results.map(({ id, label, stages }) => ({
      id,
      label,
      stages: stages.map((stage) => {
        const isClosed = stage.metadata?.isClosed === true || stage.metadata?.ticketState === 'CLOSED';
        const isLost = kind === 'deals' && stage.metadata?.probability === 0;
        return { id: stage.id, label: stage.label, pipeline: label, end: !isClosed ? 'open' : isLost ? 'lost' : 'won' };
      }),
    }));
  }

  /** Owners, also those who have left. */
  async owners(): Promise<Owner[]> {
    const owners: Owner[] = [];
    for (const archived of [false, true]) {
      for (let after: string | undefined; ;) {
        const { body } = await this.http.getJson('crm/v3/owners', { query: { limit: listSize, archived, after }, schema: ownersSchema });
        owners.push(...body.results);
        const following = body.paging?.next?.after;
        if (following === undefined) break;
        if (following === after) throw stuck('crm/v3/owners');
        after = following;
      }
    }
    return owners;
  }

  async hasProperty(kind: Kind, name: string): Promise<boolean> {
    return (await this.orNull(this.http.getJson<Json>(`crm/v3/properties/${kind}/${encodeURIComponent(name)}`))) !== null;
  }

  async account() {
    const { body, at, headers } = await this.http.getJson('account-info/v3/details', { schema: accountSchema });
    return { portal: body.portalId, domain: body.uiDomain ?? 'app.hubspot.com', zone: body.timeZone ?? null, at, headers };
  }

  private async orNull<T>(answer: Promise<{ body: T }>): Promise<T | null> {
    try {
      return (await answer).body;
    } catch (error) {
      if (isHttpError(error, 'not-found')) return null;
      throw error;
    }
  }
}

/** The primary one first, then by id, which HubSpot counts up. */
function inOrder(told: { id: string; isPrimary: boolean }[]): string[] {
  const sorted = told.sort((a, b) => Number(b.isPrimary) - Number(a.isPrimary) || Number(a.id) - Number(b.id));
  return [...new Set(sorted.map(({ id }) => id))];
}

function stuck(path: string): SourceError {
  return new SourceError(`HubSpot leads from one page of ${path} to the same again; the cursor does not move.`);
}
