import { Inbox, type FileBytes } from './child-inbox.js';
import type { ChildAnswer, ChildJob } from './child-messages.js';
import { giveBack, takeChild } from './children.js';
import { cancelled, crashed, failureOf, tookTooLong, type QueryFailure } from './query-failure.js';

/** Who was asked to stop and does not is ended. */
const patienceMs = 2_000;

/** What the process tells until the end, which it gives last. Leaving earlier ends the process, and with it the query. */
export async function* ask(job: ChildJob, signal: AbortSignal | undefined): AsyncGenerator<ChildAnswer | FileBytes> {
  if (signal?.aborted) throw cancelled();
  const child = takeChild();
  const heard = new Inbox(child);
  let stopped: QueryFailure | null = null;
  let patience: NodeJS.Timeout | undefined;
  const stop = (failure: QueryFailure) => {
    if (stopped) return;
    stopped = failure;
    if (child.connected) child.send({ kind: 'cancel' });
    patience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  };
  const watchdog = setTimeout(() => stop(tookTooLong(job.milliseconds)), job.milliseconds + 1_000);
  const abort = () => stop(cancelled());
  signal?.addEventListener('abort', abort, { once: true });
  let isFileBegun = false;
  let isOver = false;
  try {
    child.send({ kind: 'run', job });
    for (;;) {
      const answer = await heard.next();
      if (answer === null || (answer.kind === 'error' && stopped)) {
        isOver = answer !== null && !isFileBegun;
        throw stopped ?? crashed();
      }
      if (answer.kind === 'error') {
        isOver = !isFileBegun;
        throw failureOf(answer, job);
      }
      isOver = answer.kind === 'plan' || (answer.kind === 'end' && (job.file === null || answer.cutAt === null));
      isFileBegun ||= answer.kind === 'columns' && job.file !== null;
      yield answer;
      if (answer.kind === 'end' || answer.kind === 'plan') return;
      if (answer.kind === 'rows' && child.connected) child.send({ kind: 'more' });
    }
  } finally {
    clearTimeout(watchdog);
    clearTimeout(patience);
    signal?.removeEventListener('abort', abort);
    heard.close();
    // Where a file broke off, parts of it may still be under way.
    if (isOver && !stopped) giveBack(child);
    else child.kill('SIGKILL');
  }
}
