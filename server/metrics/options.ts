export interface MetricOptions {
  /** Default calendar: what the customer feels. */
  clock?: 'calendar' | 'business';
  /** Whose changes are handoffs. Default team. */
  level?: 'team' | 'person';
  /** The metric whose periods are watched. */
  of?: string;
}
