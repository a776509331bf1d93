import type { RedmineClient } from './client.js';
import { valuesOf, type Issue, type Names, type Person } from './payload.js';

interface Project {
  name: string;
  categories: ReadonlyMap<string, string>;
  members: ReadonlyMap<string, { name: string; isGroup: boolean; roles: string[] }>;
}

/** Looks up what the ids in journals are called and who people are, each once a run. */
export class NameBook {
  private readonly projects = new Map<string, Promise<Project>>();
  private readonly users = new Map<string, ReturnType<RedmineClient['user']>>();
  private groups: ReturnType<RedmineClient['groups']> | null = null;

  constructor(
    private readonly client: RedmineClient,
    private readonly statuses: ReadonlyMap<string, string>,
  ) {}

  /** Names of everything the issue speaks of, now or in its journals; each map in the order of its ids. */
  async of(issue: Issue): Promise<Names> {
    const projects = new Map<string, Project>();
    for (const id of distinct(valuesOf(issue, 'project_id'))) projects.set(id, await this.project(id, issue));
    const people = new Map<string, Person>();
    const told = [issue.author, issue.assigned_to, ...issue.journals.map((journal) => journal.user)].flatMap((user) => user ?? []);
    for (const id of distinct([...told.map((user) => String(user.id)), ...valuesOf(issue, 'assigned_to_id')])) {
      const name = told.find((user) => String(user.id) === id)?.name;
      people.set(id, await this.person(id, name, [...projects.values()]));
    }
    for (const { group } of people.values())
      if (group !== null && !people.has(group)) people.set(group, await this.person(group, undefined, []));
    const categories = distinct(valuesOf(issue, 'category_id')).map((id) => {
      const known = [...projects.values()].find((project) => project.categories.has(id))?.categories.get(id);
      return [id, known ?? (issue.category && String(issue.category.id) === id ? issue.category.name : `#${id}`)] as const;
    });
    const statuses = distinct(valuesOf(issue, 'status_id')).map((id) => {
      return [id, String(issue.status.id) === id ? issue.status.name : (this.statuses.get(id) ?? `#${id}`)] as const;
    });
    return {
      statuses: Object.fromEntries(statuses),
      projects: Object.fromEntries([...projects].map(([id, { name }]) => [id, name])),
      categories: Object.fromEntries(categories),
      people: Object.fromEntries(people),
    };
  }

  private project(id: string, issue: Issue): Promise<Project> {
    const known = this.projects.get(id);
    if (known) return known;
    const project = this.readProject(id, String(issue.project.id) === id ? issue.project.name : undefined);
    this.projects.set(id, project);
    return project;
  }

  private async readProject(id: string, name: string | undefined): Promise<Project> {
    const [called, members, categories] = await Promise.all([
      name ?? this.client.projectName(id),
      this.client.members(id),
      this.client.categories(id),
    ]);
    return {
      name: called ?? `#${id}`,
      members: new Map(members.map((member) => [member.id, member])),
      categories: new Map(categories.map((category) => [String(category.id), category.name])),
    };
  }

  private async person(id: string, told: string | undefined, projects: readonly Project[]): Promise<Person> {
    const memberships = projects.flatMap((project) => project.members.get(id) ?? []);
    this.groups ??= this.client.groups();
    const groups = (await this.groups) ?? [];
    const group = groups.find((found) => found.id === id);
    const isGroup = group !== undefined || memberships.some((membership) => membership.isGroup);
    const own = groups.filter(({ people }) => people.includes(id));
    // A member's roles say who they are; of anybody else the account must be asked.
    const user = isGroup || memberships.length > 0 ? null : await this.user(id);
    const roles = memberships.flatMap((membership) => membership.roles);
    return {
      name: told ?? group?.name ?? memberships[0]?.name ?? user?.name ?? `#${id}`,
      isGroup,
      roles: isGroup ? [] : roles.length === 0 ? ['Non member'] : [...new Set(roles)].sort(),
      isAdmin: user?.isAdmin ?? false,
      group: own.length === 1 ? (own[0]?.id ?? null) : null,
    };
  }

  private user(id: string): ReturnType<RedmineClient['user']> {
    const known = this.users.get(id) ?? this.client.user(id);
    this.users.set(id, known);
    return known;
  }
}

function distinct(values: (string | null)[]): string[] {
  return [...new Set(values.flatMap((value) => (value === null ? [] : [value])))].sort((a, b) => Number(a) - Number(b));
}
