import { AsyncLocalStorage } from 'node:async_hooks';
import { context, ROOT_CONTEXT, trace, type Context, type ContextManager } from '@opentelemetry/api';
import { packageVersion } from '../package-root.js';

/**
 * Sends spans to a receiver of OTLP over HTTP, https://opentelemetry.io/docs/specs/otlp/#otlphttp. Its libraries are loaded here alone: without
 * a receiver they cost nothing. Returns what sends the rest and stops.
 */
export async function startTracing(endpoint: string, service: 'throughline' | 'throughline-worker'): Promise<() => Promise<void>> {
  const [{ BasicTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.version': packageVersion }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }))],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new CallChain());
  return async () => {
    // A receiver that is gone must not keep the program from ending.
    await provider.shutdown().catch(() => undefined);
    trace.disable();
    context.disable();
  };
}

/** Knows which span a call belongs to, through everything it waits for. Carries spans alone, never who asks. */
class CallChain implements ContextManager {
  private readonly storage = new AsyncLocalStorage<Context>();

  active(): Context {
    return this.storage.getStore() ?? ROOT_CONTEXT;
  }

  with<Arguments extends unknown[], Work extends (...given: Arguments) => ReturnType<Work>>(
    of: Context,
    work: Work,
    self?: ThisParameterType<Work>,
    ...given: Arguments
  ): ReturnType<Work> {
    return this.storage.run(of, () => work.apply(self, given));
  }

  bind<Target>(of: Context, target: Target): Target {
    if (typeof target !== 'function') return target;
    const call = target as unknown as (...given: unknown[]) => unknown;
    return ((...given: unknown[]) => this.storage.run(of, () => call(...given))) as Target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    this.storage.disable();
    return this;
  }
}
