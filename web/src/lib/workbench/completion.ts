import type { SQLNamespace } from '@codemirror/lang-sql';

/** What completion knows of a view. */
export interface OfferedView {
  name: string;
  comment: string;
  columns: readonly { name: string; type: string; comment: string }[];
}

/** Views and columns to complete, each with its comment beside it. */
export function namespaceOf(views: readonly OfferedView[]): SQLNamespace {
  const children = Object.fromEntries(
    views.map((view) => [
      view.name,
      {
        self: { label: view.name, type: 'class', info: view.comment },
        children: view.columns.map(({ name, type, comment }) => ({ label: name, type: 'property', detail: type, info: comment })),
      },
    ]),
  );
  return { analytics: { self: { label: 'analytics', type: 'namespace' }, children } };
}
