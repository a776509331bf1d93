import { autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { namespaceOf, type OfferedView } from './completion';
import { editorLook, sqlColours } from './editor-look';
import type { QueryError } from '#server/api.js';
import { faultRange } from './fault';

export interface CodeEditor {
  /** Takes the place of the whole text, as one step that can be undone. */
  show(text: string): void;
  /** Underlines where the server found a fault; null: nowhere. */
  mark(fault: QueryError | null): void;
  offer(views: readonly OfferedView[]): void;
  /** At the cursor, in place of what is selected. */
  insert(text: string): void;
  focus(): void;
  destroy(): void;
}

export interface EditorWish {
  text: string;
  /** Read out as the name of the field. */
  label: string;
  hint: string;
  phrases: Record<string, string>;
  onchange: (text: string) => void;
  onrun: () => void;
}

/**
 * The SQL editor, in a shadow root: there its styles are adopted sheets, which the page's policy allows, while the style elements it
 * would add to the document are forbidden. Tab indents; after Escape it leaves.
 */
export function codeEditor(host: HTMLElement, wish: EditorWish): CodeEditor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const language = new Compartment();
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: wish.text,
      extensions: [
        keymap.of([
          { key: 'Mod-Enter', run: (view) => (closeCompletion(view), wish.onrun(), true) },
          // The editor's own two seconds are too short for some hands; this lasts until something is typed.
          { key: 'Escape', run: (view) => (view.setTabFocusMode(true), false) },
        ]),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        autocompletion({ icons: false }),
        syntaxHighlighting(sqlColours),
        language.of(sql({ dialect: PostgreSQL })),
        editorLook,
        EditorView.lineWrapping,
        EditorState.phrases.of(wish.phrases),
        placeholder(wish.hint),
        EditorView.contentAttributes.of({ 'aria-label': wish.label, dir: 'ltr', autocapitalize: 'off', spellcheck: 'false' }),
        EditorView.updateListener.of(({ docChanged, focusChanged, view }) => {
          if (docChanged || focusChanged) view.setTabFocusMode(false);
          if (docChanged) wish.onchange(view.state.doc.toString());
        }),
      ],
    }),
  });
  // Single keys of the page are told fields by their element, and from outside this one looks like none.
  view.dom.addEventListener('keydown', (event) => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  });
  return {
    show(text) {
      if (text !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    mark(fault) {
      const range = fault && faultRange(view.state.doc.toString(), fault.position);
      const message = fault ? [fault.message, fault.sqlState && `SQLSTATE ${fault.sqlState}`].filter(Boolean).join(' · ') : '';
      view.dispatch(setDiagnostics(view.state, range ? [{ ...range, severity: 'error', message }] : []));
      if (range) view.dispatch({ selection: { anchor: range.from }, scrollIntoView: true });
    },
    offer(views) {
      const support = sql({ dialect: PostgreSQL, schema: namespaceOf(views), defaultSchema: 'analytics' });
      view.dispatch({ effects: language.reconfigure(support) });
    },
    insert(text) {
      view.dispatch(view.state.replaceSelection(text));
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
