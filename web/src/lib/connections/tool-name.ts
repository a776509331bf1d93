/** Names as their makers write them; others are told by their id. */
const names: Record<string, string> = {
  asana: 'Asana',
  chatwoot: 'Chatwoot',
  csv: 'CSV',
  freshdesk: 'Freshdesk',
  github: 'GitHub',
  gitlab: 'GitLab',
  hubspot: 'HubSpot',
  intercom: 'Intercom',
  jira: 'Jira',
  linear: 'Linear',
  ocel: 'OCEL',
  redmine: 'Redmine',
  rt: 'Request Tracker',
  servicenow: 'ServiceNow',
  sql: 'SQL',
  trello: 'Trello',
  xes: 'XES',
  zammad: 'Zammad',
  zendesk: 'Zendesk',
};

export function toolName(id: string): string {
  return names[id] ?? id;
}
