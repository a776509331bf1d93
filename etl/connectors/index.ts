import type { Connector } from '../connector.js';
import { asanaConnector } from './asana/connector.js';
import { chatwootConnector } from './chatwoot/connector.js';
import { csvConnector } from './csv/connector.js';
import { freshdeskConnector } from './freshdesk/connector.js';
import { githubConnector } from './github/connector.js';
import { gitlabConnector } from './gitlab/connector.js';
import { hubspotConnector } from './hubspot/connector.js';
import { intercomConnector } from './intercom/connector.js';
import { jiraConnector } from './jira/connector.js';
import { linearConnector } from './linear/connector.js';
import { ocelConnector } from './ocel/connector.js';
import { pushConnector } from './push/connector.js';
import { redmineConnector } from './redmine/connector.js';
import { rtConnector } from './rt/connector.js';
import { sampleConnector } from './sample/connector.js';
import { serviceNowConnector } from './servicenow/connector.js';
import { sqlConnector } from './sql/connector.js';
import { trelloConnector } from './trello/connector.js';
import { xesConnector } from './xes/connector.js';
import { zammadConnector } from './zammad/connector.js';
import { zendeskConnector } from './zendesk/connector.js';

/** Connectors by id. */
export type ConnectorRegistry = Readonly<Record<string, Connector>>;

/** Every connector of the house. To add one: a folder, and a line here. */
export const builtInConnectors: ConnectorRegistry = {
  [csvConnector.id]: csvConnector,
  [xesConnector.id]: xesConnector,
  [ocelConnector.id]: ocelConnector,
  [sqlConnector.id]: sqlConnector,
  [pushConnector.id]: pushConnector,
  [zendeskConnector.id]: zendeskConnector,
  [hubspotConnector.id]: hubspotConnector,
  [freshdeskConnector.id]: freshdeskConnector,
  [jiraConnector.id]: jiraConnector,
  [githubConnector.id]: githubConnector,
  [gitlabConnector.id]: gitlabConnector,
  [redmineConnector.id]: redmineConnector,
  [rtConnector.id]: rtConnector,
  [asanaConnector.id]: asanaConnector,
  [serviceNowConnector.id]: serviceNowConnector,
  [trelloConnector.id]: trelloConnector,
  [zammadConnector.id]: zammadConnector,
  [linearConnector.id]: linearConnector,
  [intercomConnector.id]: intercomConnector,
  [chatwootConnector.id]: chatwootConnector,
  [sampleConnector.id]: sampleConnector,
};
