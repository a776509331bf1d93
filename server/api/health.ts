/** `GET /api/health?lang&digits&calendar&zone`: what was looked at, in the reader's language; without a zone instants are in ISO 8601. */
export interface HealthResponse {
  /** ISO. */
  at: string;
  checks: HealthCheck[];
}

export interface HealthCheck {
  id: string;
  subject: string;
  /** `warning`: somebody should do something. `failing`: requests cannot be answered as they should be, and `/readyz` says so. */
  state: 'ok' | 'warning' | 'failing';
  found: string;
  /** ISO. The instant that is told; null: none is. */
  instant: string | null;
  /** What to do; empty where all is well. */
  remedies: string[];
}

/** `GET /readyz`, with 503 where there are reasons. */
export interface ReadinessResponse {
  status: 'ready' | 'not-ready';
  /** Null: the database does not tell. */
  factsVersion: number | null;
  /** Why requests cannot be answered as they should be; in English. */
  reasons: string[];
  warnings: string[];
}
