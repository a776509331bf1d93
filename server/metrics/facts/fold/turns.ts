import type { Id } from '../copy/ids.js';
import type { BusinessTime } from './business-time.js';
import type { Instant, StoryEvent } from './story.js';

export interface Turn {
  askedAt: Instant;
  answeredAt: Instant | null;
  untilAt: Instant;
  /** The team that had it when asked, else when answered, else at last. */
  team: Id | null;
  businessSeconds: number | null;
}

/** Messages of the customer until our next public human word. A message after the end is a turn too; nobody waits for its answer. */
export function foldTurns(
  story: readonly StoryEvent[],
  endedAt: Instant,
  lastTeam: Id | null,
  time: BusinessTime,
  defaultCalendar: Id | null,
): Turn[] {
  const turns: Turn[] = [];
  let asked: StoryEvent | null = null;
  const close = (question: StoryEvent, answer: StoryEvent | null): void => {
    const untilAt = answer?.at ?? Math.max(question.at, endedAt);
    const team = question.teamNow ?? answer?.teamNow ?? lastTeam;
    const businessSeconds = time.seconds(team, defaultCalendar, question.at, untilAt);
    turns.push({ askedAt: question.at, answeredAt: answer?.at ?? null, untilAt, team, businessSeconds });
  };
  for (const event of story) {
    if (event.isQuestion) asked ??= event;
    else if (event.isWord && asked !== null) {
      close(asked, event);
      asked = null;
    }
  }
  if (asked !== null) close(asked, null);
  return turns;
}
