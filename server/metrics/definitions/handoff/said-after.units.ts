import { itemKeys, type Units } from '../../metric.js';
import { ofLevel, type Level } from './handoff.units.js';

/** Handoffs after which `words` were said while the receiver had the item, and whether among them was what `mark` tells. */
function saidAfter(words: 'receiver_words' | 'customer_words', mark: 'is_reask' | 'is_repeat'): (level: Level) => Units {
  return (level) => ({
    per: 'row',
    columns: ['happened'],
    sql: `  select ${itemKeys}, u.at, u.excluded is not null as is_excluded, case when u.${mark} then 1 else 0 end as happened
  from measured.handoff_word u
  join source s on s.connection_id = u.connection_id
  where u.at <= s.as_of_at and u.${words} > 0 and ${ofLevel[level]}`,
  });
}

export const askedAfter = saidAfter('receiver_words', 'is_reask');
export const repeatedAfter = saidAfter('customer_words', 'is_repeat');
