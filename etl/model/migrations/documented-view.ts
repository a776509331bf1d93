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
  const columns = view.columns.map(([name, expression]) => `${expression} as ${name}`).join(',\n  ');
  const comments = view.columns.map(([name, , comment]) => `comment on column analytics.${view.name}.${name} is ${quote(comment)};`);
  await runner.query(`
    create view analytics.${view.name} as
    select
      ${columns}
    ${view.from};
    comment on view analytics.${view.name} is ${quote(view.comment)};
    ${comments.join('\n')}
  `);
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
