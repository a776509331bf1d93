import type { Service, TeamId } from './company.js';
import type { Moment } from './timeline.js';

/** The customer served is in the first days of being one for this long. */
export const newcomerSeconds = 90 * 86_400;

/**
 * What is planted in the sample company and must be found again by the metrics. Each truth begins at a moment of the
 * timeline and holds to its end; before it and elsewhere the same process runs with the ordinary numbers.
 */
export const truths = {
  /** After a reorganisation tasks handed from Onboarding to Delivery North wait three times as long for the first act of the receiver. */
  slowPair: { from: 'reorganisation', tool: 'projects', sender: 'onboarding', receiver: 'north', waitFactor: 3 },

  /**
   * Tasks of this service that would be late get a new date instead, nearly all of them and mostly without a word: many on the
   * eve, many once the old date has passed. Nothing finishes earlier or later for it.
   */
  movedDates: {
    from: 'movedDates',
    tool: 'projects',
    service: 'Site installation',
    fates: { announced: 3, unsaid: 42, afterwards: 52, left: 3 },
  },

  /**
   * Since the growth month, work for customers in their first 90 days takes this many times as long; the dates promised are
   * those of any other customer. Tasks only, and not those of the control service. Newcomers before it are served like all others.
   */
  newcomers: { from: 'growthFrom', tool: 'projects', workFactor: 1.8 },

  /** This team works on and answers when it is done, but says nothing to the customer in between. */
  silentTeam: { from: 'quiet', tool: 'helpdesk', team: 'billing' },

  /** What takes over 30 working hours of the desk takes longer still: four hours for each one beyond. The median lies below and stays. */
  heavyTail: { from: 'heavyTail', tool: 'helpdesk', type: 'Incident', beyondSeconds: 30 * 3_600, growth: 3 },

  /** Tickets of this service that Support hands to Delivery South come back and go out again: this share does, not the ordinary one. */
  loop: { from: 'loop', tool: 'helpdesk', service: 'Cloud telephony', teams: ['support', 'south'], shareReturned: 0.6 },
} as const satisfies Record<string, { from: Moment } & Record<string, unknown>>;

/** Where nothing is planted: metrics must find nothing of the kind here. */
export const controls = {
  team: 'sales' satisfies TeamId,
  /** In projects, where Delivery South alone delivers it. */
  service: 'Device care' satisfies Service,
  /** In projects. */
  pair: { sender: 'onboarding' satisfies TeamId, receiver: 'south' satisfies TeamId },
  /** In the helpdesk. */
  type: 'Question',
} as const;
