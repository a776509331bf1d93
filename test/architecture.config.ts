import { defineConfig } from 'vitest/config';

/** The import directions alone: no database is started. */
export default defineConfig({ test: { include: ['test/architecture.test.ts'] } });
