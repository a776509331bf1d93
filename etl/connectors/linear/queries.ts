/**
 * What is asked of Linear: https://linear.app/developers/graphql. Ids instead of objects and small inner pages, since Linear
 * counts what a query could bring: 0.1 a field, 1 an object, times the size of each page; about 150 an issue.
 */

const page = 'pageInfo { hasNextPage endCursor }';

const history = `nodes {
  id createdAt updatedAt actorId botActor { id name } fromStateId toStateId fromTeamId toTeamId
  fromAssigneeId toAssigneeId fromDueDate toDueDate trashed
} ${page}`;

const comments = `nodes {
  id body createdAt editedAt user { id } externalUser { id name } botActor { id name }
} ${page}`;

const relations = `nodes { id type createdAt relatedIssue { id } } ${page}`;

export const queries = {
  Issues: `query Issues($filter: IssueFilter, $first: Int, $after: String) {
    issues(filter: $filter, first: $first, after: $after, orderBy: updatedAt, includeArchived: true) {
      nodes {
        id identifier title description url createdAt updatedAt archivedAt trashed dueDate priorityLabel
        state { id type } team { id } assignee { id } creator { id } externalUserCreator { id name }
        botActor { id name } project { id name } parent { id }
        history(first: 20) { ${history} }
        comments(first: 10) { ${comments} }
        relations(first: 5) { ${relations} }
        needs(first: 2) { nodes { id customer { id name } } }
      }
      ${page}
    }
  }`,
  History: `query History($id: String!, $after: String) { issue(id: $id) { history(first: 100, after: $after) { ${history} } } }`,
  Comments: `query Comments($id: String!, $after: String) { issue(id: $id) { comments(first: 100, after: $after) { ${comments} } } }`,
  Relations: `query Relations($id: String!, $after: String) { issue(id: $id) { relations(first: 100, after: $after) { ${relations} } } }`,
  States: `query States($after: String) { workflowStates(first: 100, after: $after, includeArchived: true) { nodes { id name type } ${page} } }`,
  Teams: `query Teams($after: String) { teams(first: 100, after: $after, includeArchived: true) { nodes { id name key } ${page} } }`,
  Users: `query Users($after: String) { users(first: 100, after: $after, includeArchived: true, includeDisabled: true) { nodes { id name } ${page} } }`,
  Viewer: `query Viewer { viewer { id name } organization { id name createdIssueCount } }`,
} as const;
export type Operation = keyof typeof queries;
