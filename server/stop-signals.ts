/** One Ctrl-C reaches us from the terminal and again through npm and the script that started us, under load seconds later. */
const echoMs = 3_000;

/**
 * Calls `stop` once when the process is asked to end: by a signal, or because the script that started it is gone. A Ctrl-C later
 * than the echoes of the first ends it without waiting; an embedded database left running is joined by the next start.
 */
export function onStopSignals(stop: () => void): void {
  let asked = false;
  let isSecondWish = false;
  const ask = (): void => {
    if (asked) return;
    asked = true;
    // Signals that came while we were busy are handed out between the timers and the immediates: they are echoes still.
    setTimeout(() => setImmediate(() => (isSecondWish = true)), echoMs).unref();
    stop();
  };
  for (const name of ['SIGTERM', 'SIGHUP'] as const) process.on(name, ask);
  process.on('SIGINT', () => (isSecondWish ? process.exit(130) : ask()));
  if (process.channel) {
    process.on('disconnect', ask);
    process.channel.unref();
  }
}
