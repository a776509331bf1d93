import { activityKinds, activityTexts, type ActivityKind, type ActivityTexts } from './activity-texts.js';
import type { Named } from './payload.js';

/** What a sentence says; what it does not speak of is absent. Person and team are ids, null: nobody. */
export interface ToldActivity {
  status?: 'resolved' | 'open' | 'pending' | 'snoozed';
  person?: string | null;
  team?: string | null;
  isMuted?: boolean;
  /** Who did it, as written. */
  by?: string;
}

/** Whom the names in the sentences mean. Sentences tell people and teams by name alone. */
export interface Known {
  people: readonly Named[];
  teams: readonly Named[];
}

interface Form {
  kind: ActivityKind;
  pattern: RegExp;
  /** Characters that are not placeholders. */
  literal: number;
}

/** Reads the sentences of all languages that are known, and of those that the connection gives. */
export class ActivityReader {
  private readonly forms: Form[];

  constructor(given: ActivityTexts) {
    const tables = [...Object.values(activityTexts), given];
    this.forms = activityKinds.flatMap((kind) =>
      [...new Set(tables.flatMap((table) => table[kind] ?? []))].map((text) => formOf(kind, text)),
    );
  }

  /**
   * Of several forms that fit, the one with the most words of its own holds. Null where none fits, or where the names in it do
   * not tell which of two is meant.
   */
  read(sentence: string, known: Known): ToldActivity | null {
    const fitting = this.forms.flatMap((form) => {
      const found = form.pattern.exec(sentence.trim());
      return found ? [{ form, names: found.groups ?? {} }] : [];
    });
    const most = Math.max(...fitting.map(({ form }) => form.literal));
    const told = fitting.flatMap(({ form, names }) => (form.literal === most ? (toldBy(form.kind, names, known) ?? []) : []));
    const certain = told.filter(({ isKnown }) => isKnown);
    const [first, ...others] = certain.length > 0 ? certain : told;
    if (!first || others.some(({ activity }) => JSON.stringify(activity) !== JSON.stringify(first.activity))) return null;
    return first.activity;
  }
}

/** Stands for someone whom the account no longer has under this name. */
function formerId(name: string): string {
  return `name ${name}`;
}

export function isFormer(id: string | null | undefined): boolean {
  return id?.startsWith('name ') ?? false;
}

const groups: Record<string, string> = { user_name: 'user', assignee_name: 'person', team_name: 'team' };

function formOf(kind: ActivityKind, text: string): Form {
  const parts = text.trim().split(/%\{(\w+)\}/);
  const used = new Set<string>();
  const source = parts.map((part, index) => {
    if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const group = groups[part];
    if (group === undefined || used.has(group)) return '.+';
    used.add(group);
    return `(?<${group}>.+)`;
  });
  return { kind, pattern: new RegExp(`^${source.join('')}$`, 'su'), literal: parts.filter((_, index) => index % 2 === 0).join('').length };
}

function toldBy(
  kind: ActivityKind,
  { user, person, team }: Record<string, string | undefined>,
  known: Known,
): { activity: ToldActivity; isKnown: boolean } | null {
  const by = user === undefined ? {} : { by: user };
  const whom = kind === 'self-assigned' ? user : person;
  const personId = whom === undefined ? undefined : personOf(whom, known);
  const teamId = team === undefined ? undefined : teamOf(team, known);
  const isKnown = !isFormer(personId) && !isFormer(teamId);
  const say = (activity: ToldActivity) => ({ activity: { ...activity, ...by }, isKnown });
  switch (kind) {
    case 'assigned':
    case 'self-assigned':
      return personId ? say({ person: personId }) : null;
    case 'unassigned':
      return say({ person: null });
    case 'team-assigned':
      return teamId ? say({ team: teamId }) : null;
    case 'team-and-person-assigned':
      return personId && teamId ? say({ team: teamId, person: personId }) : null;
    case 'team-unassigned':
      return say({ team: null });
    case 'muted':
    case 'unmuted':
      return say({ isMuted: kind === 'muted' });
    case 'other':
      return say({});
    default:
      return say({ status: kind });
  }
}

/** Null: two people have this name. */
function personOf(name: string, { people }: Known): string | null {
  const ids = [...new Set(people.filter((person) => person.name === name).map(({ id }) => id))];
  return ids.length > 1 ? null : ids[0] === undefined ? formerId(name) : String(ids[0]);
}

/** Null: this is no name of a team, which Chatwoot keeps in small letters. */
function teamOf(name: string, { teams }: Known): string | null {
  const team = teams.find((each) => each.name === name);
  if (team) return String(team.id);
  return name === name.toLowerCase() ? formerId(name) : null;
}
