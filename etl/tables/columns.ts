import { SourceError } from '../connector.js';
import { nearest } from '../files/nearest.js';
import type { Mapping } from './mapping.js';

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

/** Compares the columns a source has with those the mapping names. Throws `SourceError` naming what is missing. */
export function checkColumns(columns: readonly string[], mapping: Mapping, name: string, hint = ''): void {
  columns.forEach((column, index) => {
    const earlier = columns.indexOf(column);
    if (earlier < index)
      throw new SourceError(`${name} names the column "${column}" twice (columns ${earlier + 1} and ${index + 1}); rename one of them.`);
  });
  for (const { column, key } of columnsOf(mapping)) {
    if (columns.includes(column)) continue;
    const close = nearest(column, columns);
    throw new SourceError(
      `${name} has no column "${column}", which the mapping names as ${key}${close ? `; did you mean "${close}"?` : '.'} Its columns: ${columns.join(', ')}.${hint}`,
    );
  }
}
