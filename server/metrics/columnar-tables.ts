/** Relations of the schema `measured` that the columnar copy holds, with their columns in order. */
export type ColumnarTable = { name: string; columns: Record<string, ColumnType> };
type ColumnType = 'uuid' | 'varchar' | 'timestamptz' | 'bigint' | 'int' | 'boolean';

/** Raised with any change below: a copy of another format is made anew. */
export const copyFormat = 9;

const itemKeyColumns = {
  item_id: 'uuid',
  connection_id: 'uuid',
  team_id: 'uuid',
  customer_id: 'uuid',
  type: 'varchar',
  service: 'varchar',
  channel: 'varchar',
  priority: 'varchar',
  language: 'varchar',
  excluded: 'varchar',
} as const;

/** What every fact has of its item and never of its own: it travels with the item alone and is joined in the copy. */
export const itemColumns = ['connection_id', 'customer_id', 'type', 'service', 'channel', 'priority', 'language', 'excluded'] as const;

/** Copied whole at each refresh: few rows, and names change without their items. */
export const nameTables: readonly ColumnarTable[] = [
  { name: 'connection', columns: { connection_id: 'uuid', name: 'varchar', as_of_at: 'timestamptz', capabilities: 'varchar' } },
  { name: 'team', columns: { team_id: 'uuid', name: 'varchar' } },
  { name: 'customer', columns: { customer_id: 'uuid', name: 'varchar', group_name: 'varchar', since_at: 'timestamptz' } },
  {
    name: 'belief',
    columns: {
      metric: 'varchar',
      scope: 'varchar',
      from_on: 'varchar',
      to_on: 'varchar',
      time_zone: 'varchar',
      answer: 'varchar',
      answered_at: 'timestamptz',
    },
  },
  { name: 'clock', columns: { owner_id: 'uuid', calendar_id: 'uuid' } },
  { name: 'calendar', columns: { calendar_id: 'uuid', fingerprint: 'varchar', last_day: 'int' } },
];

/** Copied whole where a row of `calendar` is another one than before: many rows that seldom change. */
export const workingTime: ColumnarTable = {
  name: 'working_time',
  columns: {
    calendar_id: 'uuid',
    utc_day: 'int',
    from_second: 'bigint',
    to_second: 'bigint',
    opens_second: 'bigint',
    closes_second: 'bigint',
    seconds_before: 'bigint',
  },
};

/** Copied by version: the rows of the items derived since. The items come first: the others take columns of theirs. */
export const factTables: readonly ColumnarTable[] = [
  {
    name: 'item',
    columns: {
      ...itemKeyColumns,
      first_team_id: 'uuid',
      created_at: 'timestamptz',
      started_at: 'timestamptz',
      finished_at: 'timestamptz',
      ended_at: 'timestamptz',
      outcome: 'varchar',
      lead_business_seconds: 'bigint',
      cycle_business_seconds: 'bigint',
      first_response_at: 'timestamptz',
      first_response_business_seconds: 'bigint',
    },
  },
  {
    name: 'cycle',
    columns: { ...itemKeyColumns, n: 'int', opened_at: 'timestamptz', resolved_at: 'timestamptz', reopened_at: 'timestamptz' },
  },
  {
    name: 'interval',
    columns: {
      ...itemKeyColumns,
      n: 'int',
      from_at: 'timestamptz',
      to_at: 'timestamptz',
      court: 'varchar',
      is_owned: 'boolean',
      is_due_past: 'boolean',
      has_next_step: 'boolean',
      is_fresh: 'boolean',
    },
  },
  {
    name: 'handoff',
    columns: {
      ...itemKeyColumns,
      level: 'varchar',
      n: 'int',
      left_at: 'timestamptz',
      at: 'timestamptz',
      from_id: 'uuid',
      to_id: 'uuid',
      returns: 'varchar',
      acted_at: 'timestamptz',
      until_at: 'timestamptz',
      wait_business_seconds: 'bigint',
      has_note: 'boolean',
    },
  },
  {
    name: 'promised',
    columns: {
      ...itemKeyColumns,
      outcome: 'varchar',
      ended_at: 'timestamptz',
      first_due_at: 'timestamptz',
      decisive_due_at: 'timestamptz',
      was_asked: 'boolean',
      net_seconds: 'bigint',
      gross_seconds: 'bigint',
      moves: 'int',
    },
  },
  {
    name: 'promise',
    columns: {
      ...itemKeyColumns,
      n: 'int',
      said_at: 'timestamptz',
      due_at: 'timestamptz',
      until_at: 'timestamptz',
      moved_seconds: 'bigint',
      is_after_due: 'boolean',
      asked_by_customer: 'boolean',
      is_last: 'boolean',
    },
  },
  {
    name: 'turn',
    columns: {
      ...itemKeyColumns,
      n: 'int',
      asked_at: 'timestamptz',
      answered_at: 'timestamptz',
      until_at: 'timestamptz',
      business_seconds: 'bigint',
    },
  },
  { name: 'owner', columns: { ...itemKeyColumns, n: 'int', owner_id: 'uuid', from_at: 'timestamptz', to_at: 'timestamptz' } },
  { name: 'rating', columns: { ...itemKeyColumns, n: 'int', at: 'timestamptz', is_good: 'boolean' } },
  {
    name: 'word',
    columns: {
      ...itemKeyColumns,
      n: 'int',
      at: 'timestamptz',
      side: 'varchar',
      is_public: 'boolean',
      is_bot: 'boolean',
      due_at: 'timestamptz',
      is_chase: 'boolean',
      gives_reason: 'boolean',
      gives_date: 'boolean',
      is_question: 'boolean',
      is_repeat: 'boolean',
      is_thanks: 'boolean',
      is_reask: 'boolean',
    },
  },
  {
    name: 'handoff_word',
    columns: {
      ...itemKeyColumns,
      level: 'varchar',
      n: 'int',
      at: 'timestamptz',
      receiver_words: 'int',
      customer_words: 'int',
      is_reask: 'boolean',
      is_repeat: 'boolean',
    },
  },
  {
    name: 'delay',
    columns: {
      ...itemKeyColumns,
      n: 'int',
      from_at: 'timestamptz',
      to_at: 'timestamptz',
      is_late: 'boolean',
      is_silent: 'boolean',
      is_explained: 'boolean',
    },
  },
  {
    name: 'notice',
    columns: {
      ...itemKeyColumns,
      outcome: 'varchar',
      ended_at: 'timestamptz',
      first_due_at: 'timestamptz',
      promised_at: 'timestamptz',
      announced_at: 'timestamptz',
      chased_at: 'timestamptz',
      asked_to_move_at: 'timestamptz',
    },
  },
  {
    name: 'journey',
    columns: {
      ...itemKeyColumns,
      started_at: 'timestamptz',
      ended_at: 'timestamptz',
      outcome: 'varchar',
      items: 'int',
      systems: 'int',
      handoffs: 'int',
      system_handoffs: 'int',
    },
  },
  {
    name: 'journey_handoff',
    columns: {
      ...itemKeyColumns,
      from_connection_id: 'uuid',
      is_between_systems: 'boolean',
      at: 'timestamptz',
      touched_at: 'timestamptz',
      until_at: 'timestamptz',
      has_note: 'boolean',
      is_repeat: 'boolean',
      is_begin_told: 'boolean',
    },
  },
  { name: 'silence', columns: { ...itemKeyColumns, n: 'int', from_at: 'timestamptz', to_at: 'timestamptz', ours_seconds: 'bigint' } },
];
