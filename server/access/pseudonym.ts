import { pseudonym } from '#etl/model/migrations/documented-view.js';
import type { Principal } from './principal.js';

/** The name of a person of the company as the asker may see it, over a relation of `core.person`; otherwise the pseudonym of the views. */
export function personName({ seesNames }: Pick<Principal, 'seesNames'>, alias: string): string {
  return seesNames ? `${alias}.name` : `case when ${alias}.id is not null then ${pseudonym(`${alias}.id`)} end`;
}
