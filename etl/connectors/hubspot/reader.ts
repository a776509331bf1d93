import type { Json, RawRecord } from '../../connector.js';
import type { HubspotClient, ReadObject } from './client.js';
import { NameBook } from './names.js';
import { fieldsOf, followed, plain, valueIn, type HubspotConfig, type Kind } from './payload.js';

const emailProperties = [
  'hs_timestamp',
  'hs_email_direction',
  'hs_email_status',
  'hs_email_subject',
  'hs_email_text',
  'hs_email_html',
  'hubspot_owner_id',
];
const noteProperties = ['hs_timestamp', 'hs_note_body', 'hubspot_owner_id'];

type Belonging = ReadonlyMap<string, ReadObject[]> | null;

/** Reads objects with all that belongs to them, each page of them at once. */
export class ObjectReader {
  private account: ReturnType<HubspotClient['account']> | null = null;

  constructor(
    private readonly config: HubspotConfig,
    private readonly kind: Kind,
    private readonly client: HubspotClient,
    private readonly names: NameBook,
  ) {}

  /** One record an object. One that was archived since it was found is left to the census. */
  async recordsOf(ids: readonly string[]): Promise<{ records: RawRecord[]; warnings: string[] }> {
    if (ids.length === 0) return { records: [], warnings: [] };
    const { kind, client } = this;
    this.account ??= client.account();
    const { portal, domain } = await this.account;
    const objects = await client.objects(kind, ids, plain(kind), followed(this.config, kind));
    const present = objects.map(({ id }) => id);
    const other = fieldsOf[kind].other;
    const belonging = {
      companies: await this.belonging('companies', present, ['name']),
      contacts: await this.belonging('contacts', present, ['firstname', 'lastname', 'email']),
      emails: await this.belonging('emails', present, emailProperties),
      notes: await this.belonging('notes', present, noteProperties),
      others: await this.belonging(other, present, ['createdate']),
    };
    const { stage, pipeline } = fieldsOf[kind];
    const records: RawRecord[] = [];
    for (const object of objects) {
      const of = (rows: Belonging) => (rows === null ? null : (rows.get(object.id) ?? []));
      const messages = [...(of(belonging.emails) ?? []), ...(of(belonging.notes) ?? [])];
      const names = await this.names.of({ stage, pipeline }, [object, ...messages]);
      const payload = {
        object,
        account: { portal, domain },
        names,
        companies: of(belonging.companies)?.map(({ id, properties }) => ({ id, name: valueIn(properties, 'name') ?? `#${id}` })) ?? null,
        contacts: of(belonging.contacts)?.map(({ id, properties }) => ({ id, name: contactName(properties) ?? `#${id}` })) ?? null,
        emails: of(belonging.emails),
        notes: of(belonging.notes),
        others: of(belonging.others)?.map(({ id, properties }) => ({ id, createdAt: valueIn(properties, 'createdate') ?? '' })) ?? null,
      };
      records.push({
        externalId: object.id,
        payload: payload as unknown as Json,
        op: 'upsert',
        position: `${fieldsOf[kind].type} ${object.id}`,
      });
    }
    const hidden = Object.entries(belonging).filter(([, rows]) => rows === null);
    const warnings = [
      ...hidden.map(([type]) => `forbidden_${type}`),
      ...Array.from({ length: ids.length - objects.length }, () => 'vanished_item'),
    ];
    return { records, warnings };
  }

  private async belonging(type: string, ids: readonly string[], properties: string[]): Promise<Belonging> {
    const found = await this.client.associated(this.kind, type, ids);
    if (found === null) return null;
    const all = await this.client.objects(type, [...new Set([...found.values()].flat())], properties);
    const byId = new Map(all.map((object) => [object.id, object]));
    return new Map([...found].map(([id, told]) => [id, told.flatMap((one) => byId.get(one) ?? [])]));
  }
}

function contactName(properties: Record<string, unknown>): string | undefined {
  const name = [valueIn(properties, 'firstname'), valueIn(properties, 'lastname')].filter((part) => part !== undefined).join(' ');
  return name === '' ? valueIn(properties, 'email') : name;
}
