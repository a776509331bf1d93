/**
 * A made-up company of any size, written set by set. What varies hangs on the number of the item alone: chance(k, salt) is evenly
 * spread over [0, 1) and the same every time. Two years, 12 teams of ten, 8 types, 5 channels, 20,000 customers of whom few have
 * many items; durations with a log-normal tail; 1 to 60 events an item, 15 in the mean; dates that move, messages of both sides in
 * four languages, reopenings, ratings.
 */
export const largeCompanyAsOf = '2026-11-16T00:00:00Z';
export const largeCompanyFrom = '2024-11-18T00:00:00Z';
export const largeCompanyName = 'Large company';

export const chance = `
create or replace function pg_temp.chance(k bigint, salt int) returns float8 language sql immutable parallel safe
return (hashint8extended(k, salt) & 4294967295)::float8 / 4294967296.0`;

/** $1 capabilities. */
export const insertConnection = `
insert into ingest.connection (id, name, connector, config, settings, capabilities, map_version, as_of_at, last_complete_at)
values (
  md5('large')::uuid, '${largeCompanyName}', 'csv', '{}', '{"timeZone": "Europe/Berlin", "defaultCalendar": "office"}', $1, 1,
  '${largeCompanyAsOf}', '${largeCompanyAsOf}'
)`;

export const insertAround = [
  `insert into core.calendar (id, connection_id, external_id, name, time_zone)
  values (md5('office')::uuid, md5('large')::uuid, 'office', 'Office', 'Europe/Berlin')`,
  `insert into core.calendar_hours (calendar_id, weekday, opens, closes)
  select md5('office')::uuid, weekday, '08:00', '18:00' from generate_series(1, 5) weekday`,
  `insert into core.status (id, connection_id, name, meaning)
  select md5('status' || n)::uuid, md5('large')::uuid, 'Status ' || n, meaning
  from unnest(array['ours_waiting', 'ours_active', 'customer', 'third_party', 'done', 'cancelled']) with ordinality as s (meaning, n)`,
  `insert into core.team (id, connection_id, external_id, name)
  select md5('team' || n)::uuid, md5('large')::uuid, n::text, 'Team ' || n from generate_series(0, 11) n`,
  `insert into core.person (id, connection_id, external_id, name)
  select md5('person' || n)::uuid, md5('large')::uuid, n::text, 'Person ' || n from generate_series(0, 119) n`,
  `insert into core.customer (id, connection_id, external_id, name, group_name, since_at)
  select md5('customer' || n)::uuid, md5('large')::uuid, n::text, 'Customer ' || n, 'Group ' || n % 40,
    timestamptz '${largeCompanyFrom}' + make_interval(days => (pg_temp.chance(n, 50) * 900 - 300)::int)
  from generate_series(0, 19999) n`,
];

/** Filled at full speed and indexed afterwards. */
export const dropKeys = `
alter table core.event drop constraint event_pkey;
drop index core.event_story;
alter table core.message drop constraint message_pkey;
alter table core.item drop constraint item_pkey`;

export const restoreKeys = [
  'alter table core.item add primary key (item_id)',
  'alter table core.event add primary key (item_id, event_id)',
  'create index event_story on core.event (item_id, at, seq, event_id)',
  'alter table core.message add primary key (item_id, event_id)',
];

const normal = (k: string, salt: number) =>
  `sqrt(-2 * ln(1 - pg_temp.chance(${k}, ${salt}))) * cos(2 * pi() * pg_temp.chance(${k}, ${salt + 1}))`;

/** $1 and $2 numbers of the first and the last item of the portion · $3 number of all items. */
export const createPortion = `
create temp table portion as
select
  k,
  md5('item' || k)::uuid as item_id,
  timestamptz '${largeCompanyFrom}' + make_interval(secs => floor((k - 1 + pg_temp.chance(k, 1)) * 62899200.0 / $3::int)) as created_at,
  floor(108000 * (0.3 + type_number * 0.35) * exp(1.25 * ${normal('k', 2)}) * case when pg_temp.chance(k, 4) < 0.01 then 30 else 1 end) as lead,
  least(60, greatest(2, round(exp(2.52 + 0.65 * ${normal('k', 5)}))))::int as events,
  type_number,
  floor(pg_temp.chance(k, 8) * 12)::int as team_number,
  floor(20000 * power(pg_temp.chance(k, 9), 2))::int as customer_number,
  pg_temp.chance(k, 10) as way,
  pg_temp.chance(k, 11) < 0.7 as is_promised,
  (array['en', 'en', 'en', 'en', 'en', 'en', 'tr', 'tr', 'fa', 'hy'])[1 + floor(pg_temp.chance(k, 12) * 10)::int] as language
from generate_series($1::bigint, $2::bigint) k
cross join lateral (select floor(pg_temp.chance(k, 7) * 8)::int as type_number) t`;

export const insertItems = `
insert into core.item (
  item_id, connection_id, external_id, as_of_at, as_of_seq, title, type, service, channel, priority, language, customer_id, record_id
)
select
  item_id, md5('large')::uuid, k::text, '${largeCompanyAsOf}', 0, 'Item ' || k, 'Type ' || type_number, 'Service ' || (k % 9),
  (array['mail', 'chat', 'phone', 'portal', 'shop'])[1 + (k % 5)::int], 'P' || (1 + k % 4), language,
  md5('customer' || customer_number)::uuid, item_id
from portion`;

/** What customers and we say, four languages by eight of each side. */
const texts = {
  customer: {
    en: [
      'Any news on this?',
      'Thank you, that helps.',
      'As I already said, it happens on every order.',
      'It stopped working this morning and nobody here can go on.',
    ],
    tr: [
      'Bu konuda bir gelişme var mı?',
      'Teşekkürler, çok yardımcı oldu.',
      'Daha önce de yazdığım gibi her siparişte oluyor.',
      'Bu sabah çalışmayı bıraktı ve kimse devam edemiyor.',
    ],
    fa: [
      'خبری از این موضوع نشد؟',
      'خیلی ممنون، کمک کرد.',
      'همانطور که قبلا گفتم در هر سفارش پیش می‌آید.',
      'از امروز صبح کار نمی‌کند و هیچ‌کس نمی‌تواند ادامه دهد.',
    ],
    hy: [
      'Կա՞ նորություն այս հարցով։',
      'Շնորհակալություն, օգնեց։',
      'Ինչպես արդեն ասացի, դա լինում է ամեն պատվերի ժամանակ։',
      'Այս առավոտից չի աշխատում, և ոչ ոք չի կարող շարունակել։',
    ],
  },
  team: {
    en: [
      'Which version do you use, and since when does it happen?',
      'It takes longer because a part is missing at the supplier.',
      'We looked at it and changed the setting.',
      'It will be ready on Friday.',
    ],
    tr: [
      'Hangi sürümü kullanıyorsunuz ve ne zamandan beri oluyor?',
      'Tedarikçide parça eksik olduğu için daha uzun sürüyor.',
      'İnceledik ve ayarı değiştirdik.',
      'Cuma günü hazır olacak.',
    ],
    fa: [
      'از کدام نسخه استفاده می‌کنید و از چه زمانی پیش آمده است؟',
      'چون قطعه نزد تامین‌کننده موجود نیست بیشتر طول می‌کشد.',
      'بررسی کردیم و تنظیم را تغییر دادیم.',
      'روز جمعه آماده می‌شود.',
    ],
    hy: [
      'Ո՞ր տարբերակն եք օգտագործում և երբվանի՞ց է դա լինում։',
      'Ավելի երկար է տևում, քանի որ մատակարարի մոտ մաս է պակասում։',
      'Նայեցինք և փոխեցինք կարգավորումը։',
      'Պատրաստ կլինի ուրբաթ օրը։',
    ],
  },
} as const;

const choices = Object.entries(texts).flatMap(([side, byLanguage]) =>
  Object.entries(byLanguage).map(([language, list]) => {
    const bodies = list.map((body: string) => `'${body} '`).join(', ');
    return `when side = '${side}' and language = '${language}' then (array[${bodies}])[1 + (number % 4)::int]`;
  }),
);

const status = (n: number) => `md5('status${n}')::uuid`;
const due = 'created_at + make_interval(secs => floor(108000 * (1 + type_number * 0.5)))';

/**
 * The story of each item: created, mostly promised and taken up, then by chance a word, a note, a change of status, date, team or
 * person, at last done (or cancelled); of some, done earlier and reopened, of some rated afterwards. What would be later than the
 * data is not there: such items are open.
 */
export const insertEvents = `
with told as (
  select
    p.*, j, p.k * 64 + j as number, pg_temp.chance(p.k * 64 + j, 20) as what,
    case
      when j = 0 then 'created'
      when j = p.events - 1 and events > 2 and p.way > 0.9 then 'rated'
      when j >= p.events - case when events > 2 and p.way > 0.9 then 2 else 1 end then 'done'
      when events >= 6 and p.way < 0.06 and j = p.events - 3 then 'done'
      when events >= 6 and p.way < 0.06 and j = p.events - 2 then 'active'
      when j = 1 and events >= 4 then 'active'
      when j = 2 and is_promised then 'promised'
      else 'any'
    end as turn
  from portion p
  cross join lateral generate_series(0, p.events - 1) j
),
event as materialized (
  select
    item_id,
    md5(number::text)::uuid as event_id,
    created_at + make_interval(secs => floor(lead * case when j = 0 then 0 else power((j - 0.8 * pg_temp.chance(number, 21) + 0.8) / (events - 0.2), 1.4) end)) as at,
    j as seq,
    number,
    language,
    case
      when turn in ('created', 'promised', 'rated') then turn
      when turn in ('done', 'active') then 'changed'
      when what < 0.42 then 'said'
      when what < 0.50 then 'noted'
      when what < 0.55 and is_promised then 'promised'
      else 'changed'
    end as kind,
    case
      when turn = 'created' then ${status(1)}
      when turn = 'active' then ${status(2)}
      when turn = 'done' then case when way between 0.5 and 0.54 then ${status(6)} else ${status(5)} end
      when turn <> 'any' or what < 0.55 then null
      when what < 0.66 then ${status(3)}
      when what < 0.72 then ${status(1)}
      when what < 0.84 then ${status(2)}
      when what < 0.88 then ${status(4)}
    end as status_id,
    case
      when j = 0 then md5('team' || team_number)::uuid
      when turn = 'any' and what >= 0.88 and what < 0.94 then md5('team' || floor(pg_temp.chance(number, 22) * 12)::int)::uuid
    end as team_id,
    case
      when turn = 'active' or turn = 'any' and what >= 0.88 then md5('person' || floor(pg_temp.chance(number, 23) * 120)::int)::uuid
    end as person_id,
    case
      when turn = 'promised' then ${due}
      when turn = 'any' and is_promised and what >= 0.50 and what < 0.55
        then ${due} + make_interval(secs => floor(86400 * (1 + 6 * pg_temp.chance(number, 24))))
    end as due_at,
    turn = 'any' and what >= 0.50 and what < 0.51 as asked_by_customer,
    case
      when turn <> 'any' then null
      when what < 0.20 then 'customer'
      when what < 0.42 then 'team'
    end as side,
    case when turn = 'rated' then floor(pg_temp.chance(number, 25) * 5)::real / 4 end as rating,
    team_number
  from told
),
seen as materialized (
  select
    *,
    case
      when side = 'customer' or kind in ('created', 'rated') then 'customer'
      else 'agent'
    end as actor_role
  from event
  where at <= '${largeCompanyAsOf}'
),
heard as (
  insert into core.message (item_id, event_id, body, language)
  select item_id, event_id, (case ${choices.join(' ')} end) || 'Reference ' || number || '.', language
  from seen
  where side is not null
)
insert into core.event (
  item_id, event_id, at, seq, kind, actor_id, actor_role, status_id, team_id, person_id, due_at, asked_by_customer, side, is_public, is_bot,
  rating, record_id
)
select
  item_id, event_id, at, seq, kind, case when actor_role = 'agent' then coalesce(person_id, md5('person' || team_number)::uuid) end, actor_role,
  status_id, team_id, person_id, due_at, case when kind = 'promised' then asked_by_customer end, side,
  case when side is not null then true when kind = 'noted' then false end, case when side is not null then false end, rating, event_id
from seen`;
