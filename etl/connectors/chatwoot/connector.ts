import { full, none } from '../../capability.js';
import type { Capabilities, Capability, CheckResult, Connector, Context, Presence, StatusMeaning } from '../../connector.js';
import { calendarsOf, settingsOf } from '../../files/connection-settings.js';
import { clockFinding } from '../../http/clock.js';
import { checked } from '../checked.js';
import { activityTexts } from './activity-texts.js';
import { ChatwootClient, chatwootSecret } from './client.js';
import { mapConversation } from './map.js';
import { chatwootConfigSchema, type ChatwootConfig } from './payload.js';
import { conversationIds, readConversations } from './read.js';

/** What the four states probably mean, for a person to correct. */
const statuses: Record<string, StatusMeaning> = { open: 'ours_active', pending: 'ours_waiting', snoozed: 'customer', resolved: 'done' };

/** Chatwoot 4 or later: conversations with their messages, and what the sentences among them say of changes. */
export const chatwootConnector: Connector<ChatwootConfig> = {
  id: 'chatwoot',
  mapVersion: 1,
  configSchema: chatwootConfigSchema,
  secretNames: [chatwootSecret],
  address: ({ url }) => new URL(url).origin,
  check,
  discover: (config) =>
    Promise.resolve({
      streams: [{ name: 'conversations', order: 'unsorted', grain: 'ms' }],
      capabilities,
      settings: { ...settingsOf(config, 'UTC'), statuses: { ...statuses, ...config.statuses } },
      calendars: calendarsOf(config, 'UTC'),
    }),
  read: (config, _stream, from, context) => readConversations(config, from, context),
  census: (config, context) => conversationIds(new ChatwootClient(config, context)),
  look,
  map: (config, _stream, record) => mapConversation(config, record),
  dependsOn: ({ url, account, webUrl, customer, beginsAs, texts, linkedTools }) => ({
    identity: { url: url.replace(/\/+$/, ''), account },
    mapping: { url: webUrl ?? url, customer, beginsAs, texts, linkedTools },
  }),
};

function check(config: ChatwootConfig, context: Context): Promise<CheckResult> {
  return checked(async () => {
    const client = new ChatwootClient(config, context);
    const { name, accounts, at } = await client.profile();
    const role = accounts.find(({ id }) => id === config.account)?.role;
    if (role === undefined) {
      const others = accounts.map(({ id }) => id).join(', ');
      return {
        ok: false,
        findings: [`The token is that of ${name}, who is not in account ${config.account}; its accounts: ${others || 'none'}.`],
      };
    }
    const { name: account, locale } = await client.settings();
    const { total } = await client.list(1);
    return {
      ok: true,
      findings: [
        `The token is that of ${name} (${role ?? 'no role'}) in ${account}.`,
        ...(role === 'administrator'
          ? []
          : ['Only conversations of inboxes that this account is a member of are read; give the token of an administrator to read all.']),
        ...(total === null ? [] : [`It sees ${total} conversations.`]),
        languageFinding(config, locale),
        'Times are told in UTC.',
        ...clockFinding('Chatwoot', at, context.now()),
      ],
    };
  });
}

function languageFinding({ texts }: ChatwootConfig, locale: string): string {
  const told = `Changes are told by sentences in the language of the account (${locale})`;
  if (locale in activityTexts || Object.keys(texts).length > 0) return `${told}; they are understood.`;
  return `${told}, which are not known: name them as texts, from config/locales/${locale}.yml of Chatwoot, or changes of status, team and person are counted as unknown.`;
}

async function look(config: ChatwootConfig, externalId: string, context: Context): Promise<Presence> {
  const client = new ChatwootClient(config, context);
  try {
    await client.conversation(externalId);
    return 'present';
  } catch (error) {
    return (await client.absence(error)) === 'vanished_item' ? 'gone' : 'hidden';
  }
}

const inSentences = 'Chatwoot tells changes by sentences in the language of the account, with the new value alone;';
const status: Capability = {
  fidelity: 'new-value-only',
  reason: `${inSentences} what a conversation began as is assumed (beginsAs), and that a snooze has run out is not told.`,
};
const owner: Capability = {
  fidelity: 'new-value-only',
  reason: `${inSentences} people and teams by name. What Chatwoot assigns by itself is not told: it counts from the creation or from the last change on.`,
};
const due: Capability = none('Chatwoot has no due dates.');

const capabilities: Capabilities = {
  status,
  courts: status,
  finish: status,
  reopen: {
    ...status,
    reason: `${inSentences} and nothing where a customer's word opens a conversation again, which is told from that word.`,
  },
  team: owner,
  person: owner,
  due,
  'first-due': due,
  'due-history': due,
  messages: { fidelity: 'full', reason: 'What bots and automation write is told as theirs.' },
  visibility: full,
  customer: { fidelity: 'full', reason: 'The company that the contact names now, or the contact.' },
  rating: { fidelity: 'full', reason: 'The rating that holds now, at the time of the question for it.' },
  links: {
    fidelity: 'full',
    reason: 'Addresses of the tools named as linkedTools, in what was written; Chatwoot itself tells no links.',
  },
};
