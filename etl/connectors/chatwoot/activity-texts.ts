/** What a sentence says: a status that was set, who got it or lost it, or whether the customer's words open it again. */
export const activityKinds = [
  'resolved',
  'open',
  'pending',
  'snoozed',
  'assigned',
  'self-assigned',
  'unassigned',
  'team-assigned',
  'team-and-person-assigned',
  'team-unassigned',
  'muted',
  'unmuted',
  'other',
] as const;
export type ActivityKind = (typeof activityKinds)[number];
export type ActivityTexts = Partial<Record<ActivityKind, readonly string[]>>;

const english: ActivityTexts = {
  resolved: [
    'Conversation was marked resolved by %{user_name}',
    'Conversation was resolved by %{contact_name}',
    'Conversation was marked resolved by system due to %{count} of inactivity',
  ],
  open: [
    'Conversation was reopened by %{user_name}',
    'Conversation was marked open by %{user_name}',
    'Conversation was marked open automatically after an agent reply',
    'Conversation was marked open by system due to an error with the agent bot.',
    'System reopened the conversation due to a new incoming message.',
  ],
  pending: ['Conversation was marked as pending by %{user_name}'],
  snoozed: ['Conversation was snoozed by %{user_name}'],
  assigned: ['Assigned to %{assignee_name} by %{user_name}'],
  'self-assigned': ['%{user_name} self-assigned this conversation'],
  unassigned: ['Conversation unassigned by %{user_name}'],
  'team-assigned': ['Assigned to %{team_name} by %{user_name}'],
  'team-and-person-assigned': ['Assigned to %{assignee_name} via %{team_name} by %{user_name}'],
  'team-unassigned': ['Unassigned from %{team_name} by %{user_name}'],
  muted: ['%{user_name} has muted the conversation'],
  unmuted: ['%{user_name} has unmuted the conversation'],
  other: [
    '%{user_name} set the priority to %{new_priority}',
    '%{user_name} changed the priority from %{old_priority} to %{new_priority}',
    '%{user_name} removed the priority',
    '%{user_name} added %{labels}',
    '%{user_name} removed %{labels}',
    'Linear issue %{issue_id} was %{verb} by %{user_name}',
    'CSAT survey not sent due to outgoing message restrictions',
    'Auto-resolve message not sent due to outgoing message restrictions',
    'Sent a call permission request to %{contact_name}.',
    '%{contact_name} accepted the call permission request.',
  ],
};

const german: ActivityTexts = {
  resolved: [
    'Das Gespräch wurde von %{user_name} gelöst',
    'Konversation wurde von %{contact_name} gelöst',
    'Das Gespräch wurde vom System aufgrund von %{duration} Inaktivität gelöst',
  ],
  open: [
    'Das Gespräch wurde von %{user_name} wieder eröffnet',
    'Das System hat die Unterhaltung aufgrund einer neuen eingehenden Nachricht wieder geöffnet.',
  ],
  pending: ['Das Gespräch wurde von %{user_name} als ausstehend markiert'],
  snoozed: ['Das Gespräch wurde von %{user_name} zur Erinnerung markiert'],
  // Chatwoot's translation has the two the wrong way round: whoever stands first did it.
  assigned: ['%{user_name} von %{assignee_name} zugewiesen'],
  'self-assigned': ['%{user_name} hat sich dieses Gespräch selbst zugewiesen'],
  unassigned: ['Gespräch nicht zugewiesen von %{user_name}'],
  'team-assigned': ['Zugewiesen an %{team_name} von %{user_name}'],
  'team-and-person-assigned': ['Zugewiesen an %{assignee_name} über %{team_name} von %{user_name}'],
  'team-unassigned': ['Entfernt aus %{team_name} von %{user_name}'],
  muted: ['%{user_name} hat das Gespräch stumm geschaltet'],
  unmuted: ['%{user_name} hat das Gespräch laut gestellt'],
  other: [
    '%{user_name} hat die Priorität auf %{new_priority} gesetzt',
    '%{user_name} hat die Priorität von %{old_priority} zu %{new_priority} geändert',
    '%{user_name} hat die Priorität entfernt',
    '%{user_name} hat %{labels} hinzugefügt',
    '%{user_name} hat %{labels} entfernt',
  ],
};

const spanish: ActivityTexts = {
  resolved: [
    'La conversación fue marcada por %{user_name}',
    'Conversación fue resuelta por %{contact_name}',
    'La conversación fue marcada por el sistema debido a %{duration} de inactividad',
  ],
  open: ['La conversación fue reabierta por %{user_name}', 'El sistema reabrió la conversación debido a un nuevo mensaje entrante.'],
  pending: ['La conversación fue marcada como pendiente por %{user_name}'],
  snoozed: ['La conversación fue pospuesta por %{user_name}'],
  assigned: ['Asignado a %{assignee_name} por %{user_name}'],
  'self-assigned': ['%{user_name} auto-asignado a esta conversación'],
  unassigned: ['Conversación no asignada por %{user_name}'],
  'team-assigned': ['Asignado a %{team_name} por %{user_name}'],
  'team-and-person-assigned': ['Asignado a %{assignee_name} via %{team_name} por %{user_name}'],
  'team-unassigned': ['Desasignado de %{team_name} por %{user_name}'],
  muted: ['%{user_name} ha silenciado la conversación'],
  unmuted: ['%{user_name} ha anulado el silenciado de la conversación'],
  other: [
    '%{user_name} estableció la prioridad a %{new_priority}',
    '%{user_name} cambió la prioridad de %{old_priority} a %{new_priority}',
    '%{user_name} eliminó la prioridad',
    '%{user_name} agregó %{labels}',
    '%{user_name} eliminó a %{labels}',
    '%{user_name} eliminó la política de SLA %{sla_name}',
  ],
};

const portuguese: ActivityTexts = {
  resolved: [
    'Conversa foi marcada como resolvida por %{user_name}',
    'A conversa foi marcada como resolvida por %{user_name}',
    'A conversa foi resolvida por %{contact_name}',
    'A conversa foi marcada como resolvida pelo sistema por ter %{count} de inatividade',
  ],
  open: [
    'Conversa foi reaberta por %{user_name}',
    'A conversa foi aberta por %{user_name}',
    'A conversa foi marcada como aberta por %{user_name}',
    'A conversa foi marcada como aberta automaticamente após a resposta de um agente',
    'A conversa foi marcada como aberta pelo sistema devido a um erro com o robô de atendimento.',
    'O sistema reabriu a conversa devido a uma nova mensagem recebida.',
  ],
  pending: ['Conversa foi marcada como pendente por %{user_name}'],
  snoozed: ['Conversa foi adiada por %{user_name}'],
  assigned: ['Atribuído a %{assignee_name} por %{user_name}'],
  'self-assigned': ['%{user_name} atribuiu a si mesmo essa conversa'],
  unassigned: ['Conversa desatribuída por %{user_name}'],
  'team-assigned': ['Atribuído a %{team_name} por %{user_name}'],
  'team-and-person-assigned': ['Atribuído a %{assignee_name} via %{team_name} por %{user_name}'],
  'team-unassigned': ['Desatribuído de %{team_name} por %{user_name}'],
  muted: ['%{user_name} silenciou a conversa'],
  unmuted: ['%{user_name} reativou a conversa'],
  other: [
    '%{user_name} definiu a prioridade para %{new_priority}',
    '%{user_name} mudou a prioridade de %{old_priority} para %{new_priority}',
    '%{user_name} removeu a prioridade',
    '%{user_name} adicionou %{labels}',
    '%{user_name} removeu %{labels}',
    'Problema linear %{issue_id} foi %{verb} por %{user_name}',
    'Pesquisa CSAT não foi enviada devido a restrições de envio de mensagens',
    'Auto-resolver mensagem não enviada devido a restrições de envio de mensagens',
  ],
};

const persian: ActivityTexts = {
  resolved: [
    'مکالمه توسط ایجنت %{user_name} حل شده، اعلام شده بود',
    'گفتگو توسط %{contact_name} حل شد',
    'به دلیل %{duration} عدم فعالیت ، مکالمه توسط سیستم بسته شد',
  ],
  open: ['گفتگو توسط ایجنت %{user_name} مجددا باز شده بود', 'سیستم به دلیل یک پیام دریافتی جدید، مکالمه را دوباره باز کرد.'],
  pending: ['مکالمه توسط %{user_name} به عنوان معلق علامت گذاری شد'],
  snoozed: ['مکالمه توسط %{user_name} به تعویق افتاد'],
  assigned: ['%{user_name} گفتگو را به %{assignee_name} اختصاص داد'],
  'self-assigned': ['%{user_name} این مکالمه را به خود اختصاص داد'],
  unassigned: ['گفتگو توسط اپراتور %{user_name} به وضعیت اختصاص داده نشده تغییر یافت'],
  'team-assigned': ['%{user_name} گفتگو را به %{team_name} اختصاص داد'],
  'team-and-person-assigned': ['از طرف %{user_name} به تیم %{team_name} و ایجنت %{assignee_name} اختصاص داده شده است'],
  'team-unassigned': ['اختصاص داده نشده از %{team_name} توسط %{user_name}'],
  muted: ['%{user_name} مکالمه را بی صدا کرد'],
  unmuted: ['%{user_name} مکالمه را از حالت بی صدا خراج کرد'],
  other: [
    '%{user_name} اولویت را روی %{new_priority} تنظیم کرد',
    '%{user_name} اولویت را از %{old_priority} به %{new_priority} تغییر داد',
    '%{user_name} اولویت را حذف کرد',
    '%{user_name}، %{labels} را اضافه کرد',
    '%{user_name}، %{labels} را حذف کرد',
  ],
};

/**
 * Sentences by the language of the account that writes them, as Chatwoot words them:
 * https://github.com/chatwoot/chatwoot/tree/develop/config/locales. What is not translated there is written in English.
 */
export const activityTexts: Readonly<Record<string, ActivityTexts>> = {
  en: english,
  de: german,
  es: spanish,
  fa: persian,
  pt_BR: portuguese,
};
