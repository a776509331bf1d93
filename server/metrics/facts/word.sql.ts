/** What the texts of the batch's messages say: filled by `readTexts`, a row per message that says something. */
export const createRemark = `
create temp table remark (
  item int not null,
  i int not null,
  is_chase boolean not null,
  gives_reason boolean not null,
  tells_date boolean not null,
  is_question boolean not null,
  says_again boolean not null,
  is_thanks boolean not null,
  asked_i int,
  sent_i int
) on commit drop
`;

/** Public messages of persons with their texts, in the order of the stories. */
export const openTexts = `
declare message_text no scroll cursor for
select s.item, s.i, s.side, m.body, m.language, m.attachments
from story s
join batch b using (item)
join core.message m on m.item_id = b.item_id and m.event_id = s.event_id
where s.is_human and (s.is_word or s.is_question)
order by s.item, s.i
`;

/** The columns of `remark` as arrays. */
export const insertRemarks = `
insert into remark (item, i, is_chase, gives_reason, tells_date, is_question, says_again, is_thanks, asked_i, sent_i)
select item, i, is_chase, gives_reason, tells_date, is_question, says_again, is_thanks, asked_i, sent_i
from unnest(
  $1::int[], $2::int[], $3::boolean[], $4::boolean[], $5::boolean[], $6::boolean[], $7::boolean[], $8::boolean[], $9::int[], $10::int[]
) as said (item, i, is_chase, gives_reason, tells_date, is_question, says_again, is_thanks, asked_i, sent_i)
`;

/** A date entered and the message that tells it are two acts in most tools. */
const together = `interval '5 minutes'`;

/** Every message of the batch, `i` its place in the story. `asked_i` and `sent_i` are the places where the same was asked or sent first. */
export const createWord = `
create temp table word on commit drop as
with dated as (
  select s.item, s.i, (array_agg(p.due_at order by p.n desc))[1] as due_at
  from story s
  join promise p on p.item = s.item and p.said_at >= s.at - ${together} and p.said_at <= s.at + ${together}
  where s.is_word
  group by s.item, s.i
)
select
  s.item,
  s.i,
  (row_number() over (partition by s.item order by s.i))::int as n,
  s.at,
  s.side,
  case when s.side = 'customer' then s.is_public is not false else s.is_public is true end as is_public,
  not s.is_human as is_bot,
  s.is_word,
  s.actor_id,
  s.team_now as team_id,
  s.person_now as person_id,
  d.due_at,
  coalesce(r.is_chase, false) as is_chase,
  coalesce(r.gives_reason, false) as gives_reason,
  d.due_at is not null or coalesce(r.tells_date, false) as gives_date,
  coalesce(r.is_question, false) as is_question,
  coalesce(r.says_again, false) as says_again,
  coalesce(r.is_thanks, false) as is_thanks,
  r.asked_i,
  r.sent_i
from story s
left join dated d on d.item = s.item and d.i = s.i
left join remark r on r.item = s.item and r.i = s.i
where s.kind = 'said'
`;

/**
 * Public messages of persons after a handoff, while the receiver has the item and before its end: the customer's, and the
 * receiver's, which are those of the person who got it or, of a team, of anyone but the sender and whoever handed it over.
 */
export const createHeard = `
create temp table heard on commit drop as
select
  h.item,
  h.level,
  h.n,
  w.i,
  w.side,
  row_number() over (partition by h.item, h.level, h.n, w.side order by w.i) as place,
  coalesce(w.asked_i < h.from_i, false) as is_reask,
  w.says_again or coalesce(w.sent_i < h.from_i, false) as is_repeat
from handover h
join word w
  on w.item = h.item
  and w.i > h.from_i
  and (h.to_i is null or w.i < h.to_i)
  and w.at <= h.until_at
where w.is_public
  and not w.is_bot
  and case
    when w.side = 'customer' then true
    when w.side is distinct from 'team' then false
    when h.level = 'person' and h.names_agents then w.actor_id = h.to_id
    else w.actor_id is null
      or w.actor_id is distinct from h.sender_id and (w.actor_id is distinct from h.actor_id or h.actor_id = h.person_id)
  end
`;

export const insertWord = `
insert into facts.word (
  item_id, n, at, side, is_public, is_bot, actor_id, team_id, person_id, due_at,
  is_chase, gives_reason, gives_date, is_question, is_repeat, is_thanks, is_reask
)
with after_handoff as (
  select
    item,
    i,
    bool_or(side = 'team' and place <= 2 and is_reask) as is_reask,
    bool_or(side = 'customer' and is_repeat) as is_repeat
  from heard
  group by item, i
)
select
  b.item_id, w.n, w.at, w.side, w.is_public, w.is_bot, w.actor_id, w.team_id, w.person_id, w.due_at,
  w.is_chase, w.gives_reason, w.gives_date, w.is_question, w.says_again or coalesce(a.is_repeat, false), w.is_thanks, coalesce(a.is_reask, false)
from word w
join batch b using (item)
left join after_handoff a on a.item = w.item and a.i = w.i
`;

export const insertHandoffWord = `
insert into facts.handoff_word (item_id, level, n, receiver_words, customer_words, is_reask, is_repeat)
select
  b.item_id,
  h.level,
  h.n,
  (count(*) filter (where h.side = 'team' and h.place <= 2))::int,
  (count(*) filter (where h.side = 'customer'))::int,
  bool_or(h.side = 'team' and h.place <= 2 and h.is_reask),
  bool_or(h.side = 'customer' and h.is_repeat)
from heard h
join batch b using (item)
group by b.item_id, h.level, h.n
`;

/**
 * Parts of the open time that are late or over-silent, cut where the last explanation runs out. A piece begins anew at every
 * public word of ours (`word_n` counts them), so an explanation can only end within one.
 */
export const insertDelay = `
insert into facts.delay (item_id, n, from_at, to_at, team_id, is_late, is_silent, is_explained)
with said as (
  select
    w.item,
    row_number() over (partition by w.item order by w.i) as word_n,
    case
      when w.due_at > w.at then w.due_at
      when w.gives_reason or w.gives_date then w.at + s.update_interval
    end as until_at
  from word w
  join subject s using (item)
  where w.is_word
),
explained as (
  select item, word_n, max(until_at) over (partition by item order by word_n) as until_at
  from said
),
delayed as (
  select
    p.item,
    p.cycle_n,
    p.team_id,
    p.is_due_past as is_late,
    p.court in ('ours_active', 'ours_waiting') and not p.is_fresh as is_silent,
    p.from_at,
    greatest(p.from_at, least(p.to_at, coalesce(e.until_at, p.from_at))) as split_at,
    p.to_at
  from piece p
  left join explained e on e.item = p.item and e.word_n = p.word_n
  where p.is_due_past or p.court in ('ours_active', 'ours_waiting') and not p.is_fresh
),
part as (
  select item, cycle_n, team_id, is_late, is_silent, true as is_explained, from_at, split_at as to_at
  from delayed
  where split_at > from_at
  union all
  select item, cycle_n, team_id, is_late, is_silent, false, split_at, to_at
  from delayed
  where split_at < to_at
),
compared as (
  select
    part.*,
    lag(cycle_n) over parts = cycle_n
      and lag(to_at) over parts = from_at
      and lag(team_id) over parts is not distinct from team_id
      and lag(is_late) over parts = is_late
      and lag(is_silent) over parts = is_silent
      and lag(is_explained) over parts = is_explained as goes_on
  from part
  window parts as (partition by item order by from_at)
),
placed as (
  select compared.*, count(*) filter (where goes_on is not true) over (partition by item order by from_at) as n
  from compared
)
select b.item_id, p.n, min(p.from_at), max(p.to_at), min(p.team_id::text)::uuid, bool_or(p.is_late), bool_or(p.is_silent), bool_or(p.is_explained)
from placed p
join batch b using (item)
group by b.item_id, p.n
`;
