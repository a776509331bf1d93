import type { Context, Cursor, Json, Page, RawRecord } from '../../connector.js';
import { fanOut } from '../../incremental/fan-out.js';
import { readRecentFirst, timedRecords } from '../../incremental/recent-first.js';
import type { WindowRules } from '../../incremental/window.js';
import { orAbsence } from '../presence.js';
import { concurrency, IntercomClient, type Listed } from './client.js';
import { conversationSchema, type IntercomConfig } from './payload.js';

/** The search shows a change some time after it. */
const rules: WindowRules = { grain: 's', overlapMs: 300_000, lagMs: 60_000, sweep: { everyMs: 86_400_000, depthMs: 86_400_000 } };

interface Names {
  workspace: string | null;
  teams: ReadonlyMap<string, string>;
  admins: ReadonlyMap<string, string>;
}

export function readConversations(config: IntercomConfig, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const client = new IntercomClient(config, context);
  let names: Promise<Names> | null = null;
  return readRecentFirst<Listed>(
    {
      rules,
      atOf: ({ updatedAt }) => updatedAt,
      clock: async () => (await client.me()).at,
      changed: (bound, position) => client.changed(bound, position),
      recordsOf: async (rows) => {
        if (rows.length === 0) return { records: [], warnings: [] };
        names ??= namesOf(client);
        const known = await names;
        const read = await fanOut(rows, concurrency, ({ id }) => orAbsence(() => recordOf(client, known, id)));
        return timedRecords(
          rows.map(({ updatedAt: at }) => ({ at })),
          read,
        );
      },
    },
    from,
  );
}

async function namesOf(client: IntercomClient): Promise<Names> {
  return { workspace: (await client.me()).workspace, teams: await client.teams(), admins: await client.admins() };
}

async function recordOf(client: IntercomClient, names: Names, id: string): Promise<RawRecord | null> {
  const conversation = await client.conversation(id);
  if (conversation === null) return null;
  const read = conversationSchema.safeParse(conversation);
  const assigned = read.success ? read.data.conversation_parts.conversation_parts.map((part) => part.assigned_to?.id) : [];
  const used = [...assigned, read.data?.team_assignee_id, read.data?.admin_assignee_id];
  const payload = { conversation, workspace: names.workspace, teams: among(names.teams, used), admins: among(names.admins, used) };
  return { externalId: id, payload: payload as unknown as Json, op: 'upsert', position: `conversation ${id}` };
}

function among(names: ReadonlyMap<string, string>, used: readonly (string | null | undefined)[]): Record<string, string> {
  const ids = [...new Set(used)].flatMap((id) => id ?? []).sort();
  return Object.fromEntries(ids.flatMap((id) => (names.has(id) ? [[id, names.get(id) ?? id] as const] : [])));
}
