/** A terminal's Ctrl-C reaches us itself and again through those who started us; only a later one is a second wish. */
const echoMs = 1_000;

/**
 * Calls `stop` once when the process is asked to end: by a signal, or because the script that started it is gone. A second Ctrl-C
 * ends it without waiting; an embedded database left running is joined by the next start.
 */
export function onStopSignals(stop: () => void): void {
  let askedAt: number | null = null;
  const ask = (): void => {
    const now = performance.now();
    if (askedAt === null) stop();
    else if (now - askedAt > echoMs) process.exit(130);
    askedAt ??= now;
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, ask);
  if (process.channel) {
    process.on('disconnect', ask);
    process.channel.unref();
  }
}
