import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';
import type { Locale } from '#dashboards/i18n/messages.js';
import { repositoryRoot } from './import-directions.js';

/** A text of the house in one language beside the English one. */
export interface CatalogText {
  locale: Exclude<Locale, 'en'>;
  /** Catalog and key, to find it by. */
  place: string;
  english: string;
  text: string;
}

const others = ['tr', 'fa', 'hy'] as const;

/**
 * Every text that exists in four languages: of folders with a file each language, and of files that hold the four as `en`, `tr`,
 * `fa` and `hy`. Read from the sources, so that a catalog nobody exports is read too.
 */
export function catalogTexts(): CatalogText[] {
  const files = ['dashboards', 'server', 'web/src'].flatMap((top) =>
    readdirSync(join(repositoryRoot, top), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => join(top, path)),
  );
  const folders = files.filter((path) => basename(path) === 'en.ts' && !path.includes('phrases')).map(dirname);
  return [
    ...folders.flatMap((folder) => {
      const english = new Map(objectsOf(join(folder, 'en.ts')).flatMap(({ texts }) => texts));
      return others.flatMap((locale) => {
        const own = objectsOf(join(folder, `${locale}.ts`)).flatMap(({ texts }) => texts);
        return besideEnglish(folder, locale, english, own);
      });
    }),
    ...files
      .filter((path) => basename(path) === 'texts.ts')
      .flatMap((path) => {
        const objects = objectsOf(path);
        const named = (name: string) => objects.filter((one) => one.name === name).flatMap(({ texts }) => texts);
        return others.flatMap((locale) => besideEnglish(path, locale, new Map(named('en')), named(locale)));
      }),
  ];
}

type Entry = [key: string, text: string];

function besideEnglish(catalog: string, locale: CatalogText['locale'], english: Map<string, string>, own: Entry[]): CatalogText[] {
  // Where English texts are the keys themselves there is no English catalog to look into.
  return own.map(([key, text]) => ({ locale, place: `${catalog} ${locale} ${key}`, english: english.get(key) ?? key, text }));
}

/** The objects of a source that map names to texts. */
function objectsOf(path: string): { name: string; texts: Entry[] }[] {
  const source = ts.createSourceFile(path, readFileSync(join(repositoryRoot, path), 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements
    .filter((statement) => ts.isVariableStatement(statement))
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .map(({ name, initializer }) => ({ name: name.getText(), texts: initializer === undefined ? [] : textsOf(initializer) }));
}

function textsOf(node: ts.Expression): Entry[] {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return textsOf(node.expression);
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((property): Entry[] => {
    if (!ts.isPropertyAssignment(property)) return [];
    const key = ts.isStringLiteralLike(property.name) ? property.name.text : property.name.getText();
    return ts.isStringLiteralLike(property.initializer) ? [[key, property.initializer.text]] : [];
  });
}
