/** Customers in their first 90 days are newcomers; whoever comes later in them meets people who do not know them yet. */
const newcomerTime = "interval '2160 hours'";

/** Whether the customer `c` was a newcomer when the item `i` was created. */
export const isNewcomer = `case when i.created_at < c.since_at + ${newcomerTime} then 1 else 0 end`;

/** Nobody knows how new the customer was, or it was none yet. */
export const isOfUnknownAge = 'c.since_at is null or i.created_at < c.since_at';

/** The item and the customer beside the fact `u`. */
export const itemAndCustomer = `join measured.item i on i.item_id = u.item_id
  left join measured.customer c on c.customer_id = u.customer_id`;
