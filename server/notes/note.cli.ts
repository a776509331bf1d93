import { Option, type Command } from 'commander';
import { noteKinds, type NoteKind } from '#dashboards/note.js';
import type { Note } from '../api.js';
import type { WithContext } from '../command-line/cli-context.js';
import { readDay, readFilters, several } from '../command-line/options.js';
import { Refusal } from '../refusal.js';
import { addNote, readNotes, removeNote } from './notes.js';

interface AddOptions {
  on: string;
  to?: string;
  kind: NoteKind;
  about: string[];
  json?: boolean;
}

/** `throughline note add`, `note list` and `note remove`. */
export function registerNoteCommand(program: Command, run: WithContext): void {
  const note = program.command('note').description('what people know about a time; drawn in every chart over time');
  note
    .command('add <text>')
    .description('notes a day or several')
    .requiredOption('--on <date>', 'first local day, such as 2026-03-01')
    .option('--to <date>', 'first local day left out; default: the day after')
    .addOption(new Option('--kind <kind>', 'what it is').choices(noteKinds).default('other'))
    .option('--about <dimension=value>', 'only about these; may be repeated', several, [])
    .option('--json', 'print one JSON object')
    .action((text: string, { on, to, kind, about, json }: AddOptions) =>
      run(async ({ pool, print }) => {
        readDay('on', on);
        readDay('to', to);
        if (text.trim() === '') throw new Refusal('The note is empty; say what happened.');
        const added = await addNote(pool, { from: on, to, kind, text: text.trim(), scope: readFilters({ filter: about }) });
        print(json ? added : noteLine(added));
      }),
    );
  note
    .command('list')
    .description('all notes, the oldest first')
    .option('--json', 'print one JSON array')
    .action(({ json }: { json?: boolean }) =>
      run(async ({ pool, print }) => {
        const notes = await readNotes(pool);
        print(json ? notes : notes.map(noteLine).join('\n') || 'no notes yet: throughline note add TEXT --on DATE');
      }),
    );
  note
    .command('remove <id>')
    .description('takes a note away')
    .action((id: string) =>
      run(async ({ pool, print }) => {
        if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
          throw new Refusal(`"${id}" is no id of a note; throughline note list names them.`);
        await removeNote(pool, id);
        print(`removed ${id}`);
      }),
    );
}

function noteLine({ id, from, to, kind, text, scope }: Note): string {
  const about = Object.entries(scope).map(([dimension, names]) => `${dimension}=${names.join(',')}`);
  return [id, `${from} to ${to} (exclusive)`, kind, text, ...about].join('  ');
}
