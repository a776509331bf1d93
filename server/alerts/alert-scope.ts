import type pg from 'pg';
import { demandAll, isSeen, keptFilters } from '../access/narrow.js';
import type { Principal } from '../access/principal.js';
import type { AlertRule, Target } from '../api.js';
import { findTarget, readTargets } from '../targets/targets.js';
import { scopeOfRule } from './links.js';

type Limited = Pick<Principal, 'scope'>;

/** Whether an alert is about no item that the asker may not see. One about sources is of everything. */
export function isAlertSeen(rule: AlertRule, targets: readonly Target[], asker: Limited): boolean {
  if (asker.scope === null) return true;
  const filters = rule.kind === 'items' ? rule.filters : scopeOfRule(rule, targets)?.filters;
  return filters !== undefined && isSeen(filters, asker);
}

export async function seenAlertNames(pool: pg.Pool, asker: Limited): Promise<Set<string>> {
  const { rows } = await pool.query<{ name: string; rule: AlertRule }>('select name, rule from app.alert');
  const targets = await readTargets(pool);
  return new Set(rows.filter(({ rule }) => isAlertSeen(rule, targets, asker)).map(({ name }) => name));
}

/** The rule as it is kept: it is judged within the scope of its maker from then on. Throws a 403, or `Missing` for an unknown target. */
export async function keptRule(pool: pg.Pool, rule: AlertRule, asker: Limited): Promise<AlertRule> {
  if (asker.scope === null) return rule;
  if (rule.kind === 'stale') demandAll(asker, 'How fresh a source is');
  if (rule.kind === 'target') await findTarget(pool, rule.target, asker);
  return 'filters' in rule ? { ...rule, filters: keptFilters(rule.filters, asker) } : rule;
}
