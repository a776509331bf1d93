import { courtsOf, full, none } from '../capability.js';
import type { Capabilities, Capability } from '../connector.js';
import type { Mapping } from './mapping.js';

const itemList = (what: string) => none(`An item list shows only the present ${what}, not how it changed.`);

/** What a table can tell, judged by what its mapping names. */
export function capabilitiesOf(mapping: Mapping): Capabilities {
  const { item, event } = mapping;
  const isLog = mapping.rows === 'events';
  const meanings = Object.values(mapping.statuses);
  const status = isLog ? (event.status ? full : none('The mapping names no status column.')) : itemList('status');
  const owner = (source: { column?: string | undefined } | undefined, what: string) =>
    source?.column === undefined ? none(`The mapping names no ${what} column.`) : isLog ? full : itemList(what);
  return {
    status,
    courts: status.fidelity === 'none' ? status : courtsOf(meanings, 'The mapping gives no status the meaning of a waiting one.'),
    finish:
      item.finished || (status.fidelity === 'full' && meanings.includes('done'))
        ? full
        : none('The mapping names neither a finish column nor a status that means done.'),
    reopen: status.fidelity === 'none' ? status : meanings.includes('done') ? full : none('The mapping names no status that means done.'),
    team: owner(event.team, 'team'),
    person: owner(event.person, 'person'),
    due: event.due ? full : none('The mapping names no due date column.'),
    'first-due': firstDue(mapping),
    'due-history': dueHistory(mapping),
    messages: event.message ? full : none('The mapping names no message column.'),
    visibility: event.message?.public?.column !== undefined ? full : none('The mapping does not tell public from internal messages.'),
    customer: item.customer ? full : none('The mapping names no customer column.'),
    rating: none('A table has no ratings.'),
    links: none('A table has no links between items.'),
  };
}

function firstDue(mapping: Mapping): Capability {
  const isGivenOnce = mapping.event.due?.said !== undefined || mapping.event.due?.moves === 'never';
  return isGivenOnce ? full : dueHistory(mapping);
}

function dueHistory({ rows, event, backFilled }: Mapping): Capability {
  if (!event.due) return none('The mapping names no due date column.');
  if (event.due.moves === 'never') return none('The mapping says that the due date never moves (event.due.moves).');
  if (rows === 'items') return itemList('due date');
  if (event.due.said) return none('The mapping says that the due date is given once (event.due.said), so its moves are not told.');
  return backFilled.includes(event.due.column) ? none('The due date is back-filled: every row shows the last one.') : full;
}
