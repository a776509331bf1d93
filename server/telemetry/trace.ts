import { SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';

/** Without a receiver the tracer does nothing, and its spans are all the same empty one. */
const tracer = trace.getTracer('throughline');

/**
 * Does the work within a span. Attributes are numbers and names written in code or chosen by administrators: never texts of tickets, values
 * of a query or names of people.
 */
export function traced<Result>(name: string, attributes: Attributes, work: (span: Span) => Promise<Result>): Promise<Result> {
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      // A message may hold what was asked; its kind does not.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' });
      throw error;
    } finally {
      span.end();
    }
  });
}
