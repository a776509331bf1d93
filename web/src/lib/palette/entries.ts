import type { PersonalBoard, SavedView, SearchResponse, StateResponse } from '#server/api.js';
import { choiceElsewhere, withQuery, writeChoice, type Choice } from '../address';
import { locales, t } from '../i18n/messages.svelte';
import { accountRooms, roomGroups } from '../rooms/rooms';
import { preferences, themes } from '../preferences.svelte';

/** One line of the palette: leads somewhere, or does something. */
export interface Entry {
  group: string;
  label: string;
  /** What tells it from others of the same label. */
  hint: string;
  action: { href: string } | { run: () => unknown };
}

/** Pages, views and settings: what is there without asking the server. */
export function ownEntries(state: StateResponse, choice: Choice, views: readonly SavedView[], boards: readonly PersonalBoard[]): Entry[] {
  const query = choiceElsewhere(choice);
  const pages = [...roomGroups(state).flatMap(({ rooms }) => rooms), ...accountRooms(state.asker)];
  const entries: Entry[] = pages.map(({ path, label }) => ({
    group: t('palette.pages'),
    label,
    hint: '',
    action: { href: withQuery(path, query) },
  }));
  for (const view of views) {
    const href = withQuery(view.path, new URLSearchParams(view.query));
    entries.push({ group: t('views.menu'), label: view.name, hint: view.owner, action: { href } });
  }
  for (const { id, title, owner } of boards)
    entries.push({ group: t('my.all'), label: title, hint: owner, action: { href: withQuery(`/my/${id}`, query) } });
  for (const { id, name } of locales)
    entries.push({ group: t('setting.language'), label: name, hint: '', action: { run: () => preferences.chooseLanguage(id) } });
  for (const theme of themes)
    entries.push({
      group: t('setting.theme'),
      label: t(`theme.${theme}`),
      hint: '',
      action: { run: () => preferences.chooseTheme(theme) },
    });
  const asksBeliefs = !preferences.asksBeliefs;
  entries.push({
    group: t('beliefs.setting'),
    label: t(asksBeliefs ? 'beliefs.setting.on' : 'beliefs.setting.off'),
    hint: '',
    action: { run: () => preferences.chooseBeliefs(asksBeliefs) },
  });
  return entries;
}

/** What the server found: charts, filters by name, items. A filter is set on the board one is on, or on Today. */
export function foundEntries(found: SearchResponse, choice: Choice, path: string): Entry[] {
  const query = choiceElsewhere(choice);
  const board = path.startsWith('/boards/') ? path.split('/').slice(0, 3).join('/') : '/';
  return [
    ...found.items.map((item) => ({
      group: t('palette.items'),
      label: item.title ?? item.externalId,
      hint: `${item.externalId} · ${item.connection}`,
      action: { href: `/items/${item.id}` },
    })),
    ...found.charts.map((chart) => ({
      group: t('palette.charts'),
      label: chart.title,
      hint: chart.boardTitle,
      action: { href: `${withQuery(`/boards/${chart.board}`, query)}#chart-${chart.chart}` },
    })),
    ...found.names.map(({ dimension, name }) => ({
      group: t('palette.filters'),
      label: name,
      hint: t(`dimension.${dimension}`),
      action: { href: withQuery(board, writeChoice({ ...choice, filters: { ...choice.filters, [dimension]: [name] } })) },
    })),
  ];
}

/** Whether a label has the text in it, as readers of the language see letters: without case and accents. */
export function has(label: string, text: string, locale: string): boolean {
  const collator = new Intl.Collator(locale, { usage: 'search', sensitivity: 'base' });
  const letters = [...label];
  const length = [...text].length;
  return letters.some((_, start) => collator.compare(letters.slice(start, start + length).join(''), text) === 0);
}
