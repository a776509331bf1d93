import { SourceError } from '../../connector.js';
import { timeReader, type ReadTime } from '../../files/time-format.js';
import type { LogElement } from './log-element.js';
import { eventSchema, objectSchema, type OcelConfig, type OcelEvent, type OcelObject, type Parties, type Role } from './payload.js';

/** About 120 bytes each. */
const mostObjects = 5_000_000;
const roles = ['customer', 'team', 'person'] as const;

/**
 * What one element alone cannot know: types and names of the objects, and since when each item has been. Two readings of the
 * log fill it, one where the objects come before the events.
 */
export class ObjectIndex {
  private readonly types = new Map<string, string>();
  private readonly names = new Map<string, string>();
  private readonly begins = new Map<string, string>();
  private readonly customers = new Map<string, string>();
  private readonly items: ReadonlySet<string>;
  private readonly readTime: (value: string) => ReadTime | null;

  constructor(
    private readonly config: OcelConfig,
    private readonly name: string,
  ) {
    const { times, event } = config.mapping;
    this.items = new Set(config.items);
    this.readTime = timeReader({ format: event.at?.format ?? times.format, zone: event.at?.zone ?? times.zone, dateOnlyAt: '00:00' });
  }

  /** False where an event came before any object, so that its relations could not be read yet. */
  note(element: LogElement): boolean {
    if (element.kind === 'object') {
      const object = objectSchema.safeParse(element.value);
      if (object.success) this.noteObject(object.data);
      return true;
    }
    const event = eventSchema.safeParse(element.value);
    if (event.success) this.noteEvent(event.data);
    return this.types.size > 0;
  }

  typeOf(id: string): string | undefined {
    return this.types.get(id);
  }

  isItem(id: string): boolean {
    return this.items.has(this.types.get(id) ?? '');
  }

  /** First event of the object, ISO. */
  beginOf(id: string): string | undefined {
    return this.begins.get(id);
  }

  /** Of the objects related, the first in each role. An item has the customer it had in any event, where its own relations name none. */
  partiesOf({ id, relationships }: OcelObject | OcelEvent, isItem = false): Parties {
    const parties: Parties = {};
    for (const role of roles) {
      const wanted = this.config.roles[role];
      const own = wanted && relationships.find(({ objectId, qualifier }) => this.isIn(wanted, objectId, qualifier))?.objectId;
      const party = own ?? (isItem && role === 'customer' ? this.customers.get(id) : undefined);
      if (party !== undefined) parties[role] = { id: party, name: this.names.get(party) ?? party };
    }
    return parties;
  }

  /** Types that occur, for a person who named one that does not. */
  knownTypes(): string[] {
    return [...new Set(this.types.values())].sort();
  }

  private noteObject({ id, type, attributes }: OcelObject): void {
    if (this.types.size >= mostObjects) throw new SourceError(`${this.name} has more than ${mostObjects} objects; split it.`);
    this.types.set(id, type);
    const name = this.items.has(type) ? undefined : attributes.findLast((attribute) => attribute.name.toLowerCase() === 'name')?.value;
    if (name) this.names.set(id, name);
  }

  private noteEvent({ time, relationships }: OcelEvent): void {
    const at = this.readTime(time)?.at;
    if (at === undefined) return;
    const { customer } = this.config.roles;
    const buyer = customer && relationships.find(({ objectId, qualifier }) => this.isIn(customer, objectId, qualifier))?.objectId;
    for (const { objectId } of relationships) {
      const begin = this.begins.get(objectId);
      if (begin === undefined || Date.parse(at) < Date.parse(begin)) this.begins.set(objectId, at);
      if (buyer !== undefined && this.isItem(objectId) && !this.customers.has(objectId)) this.customers.set(objectId, buyer);
    }
  }

  private isIn({ types, qualifiers }: Role, objectId: string, qualifier: string): boolean {
    const type = this.types.get(objectId);
    if (type === undefined) return false;
    return (types.length === 0 || types.includes(type)) && (qualifiers.length === 0 || qualifiers.includes(qualifier));
  }
}
