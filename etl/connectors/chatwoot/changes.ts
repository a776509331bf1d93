import type { PartyRow } from '../../connector.js';
import type { StoryChange } from '../item-story.js';
import { ActivityReader, isFormer, type Known, type ToldActivity } from './activity.js';
import { instantOf, messageTypes, type ChatwootConfig, type ChatwootRecord, type Message, type Named } from './payload.js';

type Field = 'status' | 'team' | 'person';

/** What happened to a conversation by its sentences, and whom they name. */
interface Told {
  changes: StoryChange[];
  people: PartyRow[];
  teams: PartyRow[];
  /** `unknown_kind:activity` for each sentence that is not understood: what it says is in no event. */
  warnings: string[];
}

const readers = new WeakMap<ChatwootConfig['texts'], ActivityReader>();

/** Changes in the order of the messages, which must be sorted. */
export function changesOf(config: ChatwootConfig, record: ChatwootRecord): Told {
  const reader = readers.get(config.texts) ?? new ActivityReader(config.texts);
  readers.set(config.texts, reader);
  const known = knownIn(record);
  const warnings: string[] = [];
  const sentences = record.messages.map((message): { message: Message; told: ToldActivity } => {
    if (message.message_type !== messageTypes.activity) return { message, told: {} };
    const told = reader.read(message.content ?? '', known);
    if (told === null) warnings.push('unknown_kind:activity');
    return { message, told: told ?? {} };
  });
  const begins = beginning(config, sentences);
  const now = new Map<Field, string | null>([['status', begins]]);
  const changes: StoryChange[] = [];
  let isMuted = false;
  for (const { message, told } of sentences) {
    const by = told.by === undefined ? undefined : known.people.find(({ name }) => name === told.by);
    const actor = by ? { actor: { id: String(by.id), role: 'agent' as const } } : {};
    const set = (field: Field, to: string | null) => {
      const from = now.get(field);
      now.set(field, to);
      if (from === to) return;
      const step = { id: `message:${message.id}:${field}`, at: instantOf(message.created_at), order: message.id - 0.5, ...actor };
      changes.push({ ...step, field, ...(from === undefined ? {} : { from }), to });
    };
    if (told.status !== undefined) set('status', told.status);
    if (told.team !== undefined) set('team', told.team);
    if (told.person !== undefined) set('person', told.person);
    isMuted = told.isMuted ?? isMuted;
    // A customer's word opens again what was put away, mostly without a sentence that says so.
    if (message.message_type !== messageTypes.incoming || message.private === true || isMuted) continue;
    if (now.get('status') === 'snoozed') set('status', 'open');
    if (now.get('status') === 'resolved') set('status', config.beginsAs);
  }
  const { status, updated_at } = record.conversation;
  if (changes.every(({ field }) => field !== 'status') && (status === 'resolved' || status === 'snoozed')) {
    // It cannot have begun as this: how it came there is not told.
    warnings.push('history_gap');
    const step = { id: `${record.conversation.id}:untold:status`, at: instantOf(updated_at), order: Number.MAX_SAFE_INTEGER };
    changes.push({ ...step, field: 'status', from: begins, to: status });
  }
  const named = withPresentNames(changes, record);
  return { changes: named, people: partiesOf(named, 'person', known.people), teams: partiesOf(named, 'team', known.teams), warnings };
}

function knownIn({ conversation, messages, agents, teams }: ChatwootRecord): Known {
  const senders = messages.flatMap(({ sender }) =>
    sender?.type === 'user' && sender.id && sender.name ? [{ id: sender.id, name: sender.name }] : [],
  );
  const present = (party: { id: number; name?: string | null | undefined } | null | undefined): Named[] =>
    party?.name ? [{ id: party.id, name: party.name }] : [];
  const { assignee, team } = conversation.meta;
  return { people: [...agents, ...senders, ...present(assignee)], teams: [...teams, ...present(team)] };
}

/** As the connection says, unless the first change was to just that. */
function beginning({ beginsAs }: ChatwootConfig, sentences: readonly { told: ToldActivity }[]): string {
  const first = sentences.find(({ told }) => told.status !== undefined)?.told.status;
  if (first !== beginsAs) return beginsAs;
  return beginsAs === 'open' ? 'pending' : 'open';
}

/** A name that nobody has any more but that was given the conversation last is that of whoever has it now: names change. */
function withPresentNames(changes: readonly StoryChange[], { conversation: { meta } }: ChatwootRecord): StoryChange[] {
  const present = { person: meta.assignee, team: meta.team, status: null, due: null };
  return changes.map((change) => {
    const last = changes.findLast(({ field }) => field === change.field)?.to ?? null;
    const holder = present[change.field];
    if (!isFormer(last) || !holder) return change;
    const renamed = (id: string | null) => (id === last ? String(holder.id) : id);
    return { ...change, ...(change.from === undefined ? {} : { from: renamed(change.from) }), to: renamed(change.to) };
  });
}

function partiesOf(changes: readonly StoryChange[], field: 'person' | 'team', known: readonly Named[]): PartyRow[] {
  const former = changes.flatMap((change) => (change.field === field && isFormer(change.to) ? (change.to ?? []) : []));
  const parties = known.map(({ id, name }): [string, string] => [String(id), name]);
  const named = former.map((externalId): [string, string] => [externalId, externalId.slice('name '.length)]);
  return [...new Map([...parties, ...named])].map(([externalId, name]) => ({ externalId, name }));
}
