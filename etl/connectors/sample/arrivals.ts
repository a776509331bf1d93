import { Temporal } from 'temporal-polyfill';
import { newcomerSeconds } from './truths.js';
import { secondsAt } from './work-calendar.js';
import type { Customer } from './customers.js';
import type { Random } from './random.js';
import type { World } from './world.js';

export interface Arrival {
  at: number;
  customer: Customer;
}

/** New customers write more often than the others. */
const newcomerWeight = 2.5;
/** Monday first; sums to seven. */
const weekdayShares = [1.35, 1.2, 1.1, 1.1, 1, 0.7, 0.55];

/**
 * When items come in on their own over the whole timeline, `perWeek` of them on average, more in spring and few at the turn of the year.
 */
export function arrivals(world: World, random: Random, perWeek: number): Arrival[] {
  const { timeline } = world;
  const came: Arrival[] = [];
  for (let day = timeline.days.from.add({ weeks: 2 }); ; day = day.add({ days: 1 })) {
    const midnight = secondsAt(day, '00:00', 'Europe/Berlin');
    if (midnight >= timeline.until) break;
    const mean = (perWeek / 7) * (weekdayShares[day.dayOfWeek - 1] ?? 1) * season(day);
    for (let count = random.poisson(mean); count > 0; count -= 1) {
      const customer = someCustomer(world, random, midnight);
      const at = world.customerCalendar(customer).next(midnight + random.whole(0, 86_400));
      if (at < timeline.until) came.push({ at, customer });
    }
  }
  return came.sort((one, other) => one.at - other.at);
}

function season(day: Temporal.PlainDate): number {
  const isTurnOfYear = (day.month === 12 && day.day >= 23) || (day.month === 1 && day.day <= 3);
  return isTurnOfYear ? 0.45 : 1 + 0.1 * Math.cos((2 * Math.PI * (day.dayOfYear - 110)) / 365);
}

/** Customers are sorted by their first day. */
function someCustomer({ customers }: World, random: Random, at: number): Customer {
  const known = customers.findLastIndex(({ since }) => since <= at) + 1;
  const fresh = known - (customers.findLastIndex(({ since }) => since <= at - newcomerSeconds) + 1);
  const old = known - fresh;
  const isFresh = random.chance((fresh * newcomerWeight) / (old + fresh * newcomerWeight));
  const customer = customers[isFresh ? old + random.whole(0, fresh) : random.whole(0, old)];
  if (!customer) throw new RangeError('The sample company has no customer before its history begins.');
  return customer;
}
