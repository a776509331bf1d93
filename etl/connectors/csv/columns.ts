import type { Mapping } from './payload.js';

/** Every column a mapping names, with the key that names it. */
export function columnsOf(mapping: Mapping): { column: string; key: string }[] {
  const { item, event, reassignment } = mapping;
  const found: { column: string | undefined; key: string }[] = [
    { column: item.id, key: 'item.id' },
    { column: event.id, key: 'event.id' },
    { column: event.order === 'file' ? undefined : event.order, key: 'event.order' },
    { column: reassignment?.column, key: 'reassignment.column' },
    { column: item.customer?.name, key: 'item.customer.name' },
    { column: item.customer?.group, key: 'item.customer.group' },
    { column: item.customer?.language, key: 'item.customer.language' },
    { column: event.team?.name, key: 'event.team.name' },
    { column: event.person?.name, key: 'event.person.name' },
    { column: event.due?.said?.column, key: 'event.due.said' },
    ...(['title', 'type', 'service', 'channel', 'priority', 'language', 'customer', 'created', 'started', 'finished'] as const).map(
      (key) => ({
        column: item[key]?.column,
        key: `item.${key}`,
      }),
    ),
    ...(['at', 'status', 'team', 'person', 'actor', 'due'] as const).map((key) => ({ column: event[key]?.column, key: `event.${key}` })),
    ...(['body', 'side', 'public', 'language'] as const).map((key) => ({
      column: event.message?.[key]?.column,
      key: `event.message.${key}`,
    })),
    ...item.attributes.map((column) => ({ column, key: 'item.attributes' })),
    ...placeholders(item.url ?? '').map((column) => ({ column, key: 'item.url' })),
    ...mapping.backFilled.map((column) => ({ column, key: 'backFilled' })),
    ...Object.keys(mapping.noise).map((column) => ({ column, key: 'noise' })),
  ];
  return found.flatMap(({ column, key }) => (column === undefined ? [] : [{ column, key }]));
}

/** Columns named in braces: `https://tool.example/{number}`. */
export function placeholders(template: string): string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].flatMap((match) => match[1] ?? []);
}
