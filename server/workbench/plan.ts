import { z } from 'zod';
import type { PlanNode } from '../api.js';

interface Told {
  'Node Type': string;
  'Relation Name'?: string | undefined;
  Alias?: string | undefined;
  'Function Name'?: string | undefined;
  'Plan Rows': number;
  'Total Cost': number;
  Plans?: Told[] | undefined;
}

const Node: z.ZodType<Told> = z.lazy(() =>
  z.looseObject({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    Alias: z.string().optional(),
    'Function Name': z.string().optional(),
    'Plan Rows': z.number(),
    'Total Cost': z.number(),
    Plans: z.array(Node).optional(),
  }),
);
const Plan = z.tuple([z.looseObject({ Plan: Node })]);

/** Said of a node by itself, or of no use to who reads it. */
const leftOut = [
  'Node Type',
  'Relation Name',
  'Alias',
  'Plan Rows',
  'Total Cost',
  'Plans',
  'Startup Cost',
  'Plan Width',
  'Parallel Aware',
  'Async Capable',
  'Disabled',
];

/** What EXPLAIN (FORMAT JSON) gives, as a tree. https://www.postgresql.org/docs/current/using-explain.html */
export function planTree(explained: unknown): PlanNode {
  const [{ Plan: root }] = Plan.parse(explained);
  return tree(root);
}

function tree(node: Told): PlanNode {
  const details = Object.entries(node).flatMap(([name, value]) => {
    if (leftOut.includes(name)) return [];
    if (Array.isArray(value)) return [`${name}: ${value.map(String).join(', ')}`];
    return typeof value === 'object' ? [] : [`${name}: ${String(value)}`];
  });
  return {
    kind: node['Node Type'],
    relation: node['Relation Name'] ?? node['Function Name'] ?? null,
    rows: node['Plan Rows'],
    cost: node['Total Cost'],
    details,
    children: (node.Plans ?? []).map(tree),
  };
}
