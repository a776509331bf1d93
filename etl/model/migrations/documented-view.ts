import type { QueryRunner } from 'typeorm';

/** One view of the `analytics` schema. Every column is `[name, SQL expression, comment]`; the comment gives unit and what null means. */
export interface DocumentedView {
  name: string;
  comment: string;
  columns: readonly (readonly [name: string, expression: string, comment: string])[];
  from: string;
}

/** Creates the view with its comments. All parts are written in migrations; nothing here comes from a user. */
export async function createDocumentedView(runner: QueryRunner, view: DocumentedView): Promise<void> {
  await runner.query(`create view ${definition(view)}; ${comments(view)}`);
}

/** Puts the view in the place of the one of its name and columns, with the rows that meet the condition alone, whatever a query asks of it. */
export async function narrowDocumentedView(runner: QueryRunner, view: DocumentedView, condition: string): Promise<void> {
  const barrier = { ...view, from: `${view.from}\n    where ${condition}` };
  await runner.query(`create or replace view ${definition(barrier, 'with (security_barrier)')}; ${comments(view)}`);
}

function definition({ name, columns, from }: DocumentedView, options = ''): string {
  return `analytics.${name} ${options} as
    select
      ${columns.map(([column, expression]) => `${expression} as ${column}`).join(',\n      ')}
    ${from}`;
}

function comments({ name, comment, columns }: DocumentedView): string {
  return [
    `comment on view analytics.${name} is ${quote(comment)};`,
    ...columns.map(([column, , about]) => `comment on column analytics.${name}.${column} is ${quote(about)};`),
  ].join('\n');
}

/** A person's stable pseudonym: the same for the same person everywhere, no name. */
export function pseudonym(idExpression: string): string {
  return `'P-' || left(md5(${idExpression}::text), 8)`;
}

/** Whole seconds from one instant to another; null where either is null. */
export function seconds(from: string, to: string): string {
  return `extract(epoch from ${to} - ${from})::bigint`;
}

/** An open end: null instead of `infinity`. */
export function ended(at: string): string {
  return `nullif(${at}, 'infinity')`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
