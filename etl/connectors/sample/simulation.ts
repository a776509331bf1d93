import { arrivals, type Arrival } from './arrivals.js';
import { connectionNames, itemUrls, type Service, type Tool } from './company.js';
import { dealTypes, liveDeal, type DealType } from './deals.js';
import type { LinkLine, SampleItem } from './payload.js';
import { Random } from './random.js';
import { iso, Story, type Head } from './story.js';
import { liveTask, taskTypes, type TaskType } from './tasks.js';
import { liveTest, liveTicket, setAside, ticketTypes, type TicketType } from './tickets.js';
import { makeWorld, type World } from './world.js';

/** An item as its tool tells it, with what the simulation knows of it. */
export interface SimulatedItem {
  record: SampleItem;
  story: Story;
}
export interface Simulation {
  world: World;
  items: Record<Tool, SimulatedItem[]>;
}

/** Items that come in on their own, per week. */
const perWeek = { deals: 19, tasks: 30, tickets: 80 };
const serviceShares: Record<Tool, Record<Service, number>> = {
  crm: { Connectivity: 20, 'Cloud telephony': 20, 'Site installation': 15, 'Device care': 15, 'Payment terminals': 15, Security: 15 },
  projects: { Connectivity: 17, 'Cloud telephony': 13, 'Site installation': 25, 'Device care': 20, 'Payment terminals': 13, Security: 12 },
  helpdesk: { Connectivity: 18, 'Cloud telephony': 22, 'Site installation': 12, 'Device care': 18, 'Payment terminals': 16, Security: 14 },
};
const channelShares: Record<Tool, Record<string, number>> = {
  crm: { email: 40, phone: 30, web: 30 },
  projects: { portal: 60, email: 40 },
  helpdesk: { email: 45, chat: 20, portal: 25, phone: 10 },
};
const priorityShares = { normal: 65, high: 22, low: 10, urgent: 3 };
const keyPrefixes: Record<Tool, string> = { crm: 'D', projects: 'P', helpdesk: 'T' };

/** Won deals whose account manager leaves a note for those who deliver. */
const shareBriefed = 0.65;
/** What customers ask for so soon after a delivery is what is left of it, not something new. */
const stillTheSameSeconds = 7 * 86_400;

/** Something that comes in because of an item of another tool. */
interface Follower extends Arrival {
  cause?: { links: LinkLine[]; kind: LinkLine['kind'] };
  service?: Service;
}

/** The whole history of the sample company, a function of the seed and the end alone. */
export function simulate(seed: string, until: string): Simulation {
  const world = makeWorld(seed, until);
  const links = new Map<Story, LinkLine[]>();
  const live = (tool: Tool, comers: Follower[], types: Record<string, number>, act: (story: Story, type: string) => void): Story[] =>
    comers
      .filter(({ at }) => at < world.timeline.until)
      .sort((one, other) => one.at - other.at)
      .map((comer, index) => {
        const story = begin(world, tool, comer, index, types);
        links.set(story, []);
        comer.cause?.links.push({
          connection: connectionNames[tool],
          key: story.head.key,
          kind: comer.cause.kind,
          at: iso(story.head.createdAt),
        });
        act(story, story.head.type);
        return story;
      });

  const tasksToCome: Follower[] = arrivals(world, new Random(`${seed}/tasks`), perWeek.tasks);
  const deals = live('crm', arrivals(world, new Random(`${seed}/deals`), perWeek.deals), dealTypes, (story, type) => {
    const wonAt = liveDeal(story, type as DealType);
    if (wonAt === null) return;
    const cause = { links: known(links, story), kind: 'becomes' as const };
    tasksToCome.push({ at: wonAt + story.random.whole(300, 7_200), customer: story.head.customer, service: story.head.service, cause });
    const brief = new Random(`${seed}/${story.head.key}/brief`);
    if (brief.chance(shareBriefed)) story.notes('handover', wonAt, brief);
  });

  const ticketsToCome: Follower[] = arrivals(world, new Random(`${seed}/tickets`), perWeek.tickets);
  const tasks = live('projects', tasksToCome, taskTypes, (story, type) => {
    liveTask(story, type as TaskType);
    if (story.endedAt === null || !story.random.chance(0.3)) return;
    const at = world.customerCalendar(story.head.customer).add(story.endedAt, story.random.logNormal(9 * 13 * 3_600, 0.7));
    ticketsToCome.push({
      at,
      customer: story.head.customer,
      service: story.head.service,
      cause: { links: known(links, story), kind: at < story.endedAt + stillTheSameSeconds ? 'becomes' : 'relates' },
    });
  });

  const latest = new Map<string, Story>();
  const tickets = live('helpdesk', ticketsToCome, ticketTypes, (story, type) => {
    const twin = latest.get(story.head.customer.id);
    if (story.random.chance(0.006)) liveTest(story);
    else if (twin && story.head.createdAt - twin.head.createdAt < 86_400 * 3 && story.random.chance(0.12))
      duplicate(story, twin, known(links, story));
    else liveTicket(story, type as TicketType);
    latest.set(story.head.customer.id, story);
  });

  const visible = [...deals, ...tasks, ...tickets].filter((story) => story.endedAt === null || story.endedAt >= world.timeline.start);
  const keys = new Set(visible.map(({ head }) => head.key));
  const told = visible.map((story) => ({
    story,
    record: tell(
      story,
      known(links, story).filter(({ key }) => keys.has(key)),
    ),
  }));
  const of = (tool: Tool): SimulatedItem[] => told.filter(({ story }) => story.head.tool === tool);
  return { world, items: { crm: of('crm'), projects: of('projects'), helpdesk: of('helpdesk') } };
}

function begin(world: World, tool: Tool, comer: Follower, index: number, types: Record<string, number>): Story {
  const key = `${keyPrefixes[tool]}-${1_001 + index}`;
  const random = new Random(`${world.seed}/${key}`);
  const service = comer.service ?? random.weighted(serviceShares[tool]);
  const head: Head = { tool, key, type: random.weighted(types), service, customer: comer.customer, createdAt: comer.at };
  return new Story(world, random, head);
}

function duplicate(story: Story, twin: Story, links: LinkLine[]): void {
  story.change({ kind: 'customer' }, { status: 'New', team: 'support', person: null });
  story.customerSays('chase');
  setAside(story, 'duplicate');
  links.push({ key: twin.head.key, kind: 'duplicates', at: iso(story.at) });
}

function known(links: Map<Story, LinkLine[]>, story: Story): LinkLine[] {
  const own = links.get(story);
  if (!own) throw new RangeError(`The story of ${story.head.key} has not begun.`);
  return own;
}

/** The item as the tool would answer at the end of the history: nothing after it is told. */
function tell(story: Story, links: LinkLine[]): SampleItem {
  const { head, world, random } = story;
  const end = iso(world.timeline.until);
  const toldBy = <Line extends { at: string; order: number }>(lines: Line[]): Line[] =>
    lines.filter(({ at }) => at < end).sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : one.order - other.order));
  const [changes, comments, ratings] = [toldBy(story.changes), toldBy(story.comments), toldBy(story.ratings)];
  const last = [changes.at(-1), comments.at(-1), ratings.at(-1)].reduce(
    (latest, line) => (line && line.at > latest ? line.at : latest),
    iso(head.createdAt),
  );
  return {
    key: head.key,
    subject: `${head.type}: ${head.service}, ${head.customer.name}`,
    url: `${itemUrls[head.tool]}${head.key}`,
    type: head.type,
    service: head.service,
    channel: random.weighted(channelShares[head.tool]),
    priority: random.weighted(priorityShares),
    language: head.customer.language,
    customer: head.customer.id,
    createdAt: iso(head.createdAt),
    updatedAt: last,
    markedAs: story.endedAt !== null && story.endedAt < world.timeline.until ? story.markedAs : null,
    changes,
    comments,
    ratings,
    links: links.filter(({ at }) => at < end),
  };
}
