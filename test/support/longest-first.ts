import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of these begin before all others, in this order: one that takes minutes and begins last runs alone at the end. */
const long = [
  'test/web/every-page.',
  'test/server/metrics/engines.',
  'test/start/embedded.',
  'test/etl/kill/',
  'test/etl/conformance/',
  'test/web/',
  'test/start/',
  'test/server/backup/',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = long.findIndex((path) => moduleId.includes(`/${path}`));
      return at === -1 ? long.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
