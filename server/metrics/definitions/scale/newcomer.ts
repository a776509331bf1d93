/** Customers in their first 90 days are newcomers; whoever comes later in them meets people who do not know them yet. */
const newcomerTime = "interval '2160 hours'";

interface Newcomers {
  /** Whether the customer was a newcomer when the item was created. */
  isNewcomer: string;
  /** Nobody knows how new the customer was, or it was none yet. */
  isOfUnknownAge: string;
  /** The relations beside the fact `u`. */
  joins: string;
}

const customer = 'left join measured.customer c on c.customer_id = u.customer_id';

function newcomersBy(createdAt: string, joins: string): Newcomers {
  return {
    isNewcomer: `case when ${createdAt} < c.since_at + ${newcomerTime} then 1 else 0 end`,
    isOfUnknownAge: `c.since_at is null or ${createdAt} < c.since_at`,
    joins,
  };
}

/** Where the fact `u` is the item itself. */
export const newcomersAmongItems = newcomersBy('u.created_at', customer);

/** Where the fact `u` is another one of an item. */
export const newcomersAmongFacts = newcomersBy('i.created_at', `join measured.item i on i.item_id = u.item_id\n  ${customer}`);
