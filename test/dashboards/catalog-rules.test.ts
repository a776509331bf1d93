import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { intlLocale } from '#dashboards/i18n/messages.js';
import { catalogTexts, type CatalogText } from '../support/catalogs.js';

const texts = catalogTexts();
const locales = ['tr', 'fa', 'hy'] as const;

/** Places of the texts that break a rule. */
function breaking(locale: CatalogText['locale'], breaks: (text: CatalogText) => boolean): string[] {
  return texts.filter((one) => one.locale === locale && breaks(one)).map(({ place, text }) => `${place}: ${text}`);
}

type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** All parts of a message with those in its branches. `pluralOf` names the number a part is chosen by. */
function partsOf(parts: Part[], branch: string | null = null): { part: Part; branch: string | null }[] {
  return parts.flatMap((part) => [
    { part, branch },
    ...('options' in part ? Object.entries(part.options).flatMap(([name, { value }]) => partsOf(value, name)) : []),
  ]);
}

function parsed({ locale, text }: { locale: CatalogText['locale'] | 'en'; text: string }) {
  return partsOf(new IntlMessageFormat(text, intlLocale(locale), undefined, { ignoreTag: true }).getAst());
}

/** What the parser calls plain text and the number of a plural branch. */
const isText = (part: Part) => Number(part.type) === 0;
const isPound = (part: Part) => Number(part.type) === 7;
const isPlural = (part: Part) => 'options' in part && 'pluralType' in part;

/** What the reader sees of a message, whatever branch is taken; a value stands as `{}`, a link of a number as `{#}`. */
function readable(one: CatalogText): string {
  return parsed(one)
    .map(({ part }) => ('options' in part ? '\u0000' : isPound(part) ? '{#}' : isText(part) && 'value' in part ? part.value : '{}'))
    .join('');
}

/** Values a text needs. A number that only chooses between words in English may be left out where the words do not differ. */
function argumentsOf(locale: CatalogText['locale'] | 'en', text: string): { all: string[]; needed: string[] } {
  const found = parsed({ locale, text }).flatMap(({ part }) => ('value' in part && !isText(part) ? [part] : []));
  const all = [...new Set(found.map(({ value }) => value))].sort();
  const chooses = (name: string) =>
    found.filter(({ value }) => value === name).every((part) => 'options' in part && !partsOf([part]).some((one) => isPound(one.part)));
  return { all, needed: all.filter((name) => !chooses(name)) };
}

test('texts of all catalogs are read', () => {
  const count = (part: string) => texts.filter(({ place, locale }) => locale === 'fa' && place.startsWith(part)).length;
  expect(count('dashboards/i18n/metrics')).toBeGreaterThan(200);
  expect(count('dashboards/i18n/reasons')).toBeGreaterThan(30);
  expect(count('web/src/lib/i18n')).toBeGreaterThan(400);
  expect(count('server/channels')).toBeGreaterThan(5);
});

test.each(locales)('a text in %s asks for the values the English one asks for', (locale) => {
  const differing = breaking(locale, (one) => {
    const [english, own] = [argumentsOf('en', one.english), argumentsOf(locale, one.text)];
    return own.all.some((name) => !english.all.includes(name)) || english.needed.some((name) => !own.all.includes(name));
  });
  expect(differing).toEqual([]);
});

test.each(locales)('numbers in %s are chosen by in the plural forms the language has', (locale) => {
  const known = new Intl.PluralRules(intlLocale(locale)).resolvedOptions().pluralCategories;
  const wrong = breaking(locale, (one) =>
    parsed(one).some(
      ({ part }) =>
        isPlural(part) &&
        'options' in part &&
        Object.keys(part.options).some((name) => !/^=\d+$/.test(name) && !known.some((form) => form === name)),
    ),
  );
  expect(wrong).toEqual([]);
});

test.each(['fa', 'hy'] as const)('in %s, where nought takes the form of one, "one" never stands for the word', (locale) => {
  expect(new Intl.PluralRules(intlLocale(locale)).select(0)).toBe('one');
  const worded = breaking(locale, (one) =>
    parsed(one).some(({ part }) => {
      if (!('options' in part) || !isPlural(part)) return false;
      const form = part.options['one'];
      return form !== undefined && !partsOf(form.value).some((inner) => isPound(inner.part));
    }),
  );
  expect(worded).toEqual([]);
});

test.each(locales)('no text in %s has doubled or loose spaces, straight quotes or three dots', (locale) => {
  const loose = breaking(locale, (one) => {
    const text = readable(one);
    return / {2}|^\s|\s$|\s[,.;:!?،؛؟։՝](?!\w)|"|\.\.\./.test(text);
  });
  expect(loose).toEqual([]);
});

const sentenceEnds = { tr: /[.?!]$/, fa: /[.؟!]$/, hy: /։$/ };

test.each(locales)('a text in %s is a sentence where the English one is', (locale) => {
  const isSentence = ({ english, text }: CatalogText) => [/\.$/.test(english), sentenceEnds[locale].test(text)];
  const differing = breaking(locale, (one) => {
    if (/[?!]$/.test(one.english)) return false;
    const [inEnglish, own] = isSentence(one);
    return inEnglish !== own;
  });
  expect(differing).toEqual([]);
});

/** What is asked about may be named after the mark: "Neden değişti? {title}". */
const questions = { tr: /\?( [“{].*)?$/, fa: /؟( [«{].*)?$/, hy: /՞/ };

test.each(locales)('a question is one in %s', (locale) => {
  expect(breaking(locale, ({ english, text }) => /\?$/.test(english) && !questions[locale].test(text))).toEqual([]);
});

test('Turkish writes the percent sign first, joins suffixes by ’ and puts none on a value', () => {
  expect(breaking('tr', (one) => /\d\s*%|\}\s*%|%\s/.test(readable(one)))).toEqual([]);
  expect(breaking('tr', ({ text }) => /\d[a-zçğıöşü]|['`´]|\}’/.test(text))).toEqual([]);
});

test('Turkish words begin with İ, not with I', () => {
  const begun = /(?<![\p{L}’])I[a-zçğıöşü]\p{L}*/gu;
  const allowed = ['Intercom'];
  expect(breaking('tr', ({ text }) => (text.match(begun) ?? []).some((word) => !allowed.includes(word)))).toEqual([]);
});

test('Persian has its own letters, digits and marks', () => {
  // Arabic yeh, kaf and teh marbuta; the digits of Arabic.
  expect(breaking('fa', ({ text }) => /[\u064A\u0649\u0643\u0629\u0660-\u0669\u06C0]/.test(text))).toEqual([]);
  expect(breaking('fa', (one) => /[,;?%“”]/.test(readable(one).replace(/\{[^}]*\}/g, '')))).toEqual([]);
  // The name of the digits 0 to 9 is written in them, and so is what is typed for a machine.
  const inLatinDigits = /digits\.latn$|cron\.why$|parameters\.bound$/;
  expect(breaking('fa', (one) => !inLatinDigits.test(one.place) && /(?<![\w:/])\d/.test(readable(one)))).toEqual([]);
});

test('Persian joins by half a space what is one word, and only there', () => {
  expect(breaking('fa', ({ text }) => /(?<!\p{L})ن?می \p{L}|\p{L} (ها|های|هایی)(?!\p{L})/u.test(text))).toEqual([]);
  expect(breaking('fa', ({ text }) => /\u200c(?!\p{L})|(?<!\p{L})\u200c|ه\u200cی(?!\p{L})/u.test(text))).toEqual([]);
  // After a letter that does not join there is nothing to hold apart.
  expect(breaking('fa', ({ text }) => /[ادذرزژوآ]\u200cها/.test(text))).toEqual([]);
});

test('Armenian has its own marks and no letters of others among its own', () => {
  expect(breaking('hy', (one) => /[?!;\u2024“”]|:(?!\w|\{)/.test(readable(one)))).toEqual([]);
  expect(
    breaking('hy', ({ text }) =>
      /[\u0531-\u0556\u0561-\u0587][A-Za-z\u0400-\u04FF]|[A-Za-z\u0400-\u04FF][\u0531-\u0556\u0561-\u0587]|եւ|ԵՒ/u.test(text),
    ),
  ).toEqual([]);
  expect(breaking('hy', ({ text }) => /\d[\u0561-\u0587]|\}[\u0561-\u0587]/.test(text))).toEqual([]);
});

test('Armenian puts no ending on a name it does not know', () => {
  const names = /\{(tool|connection|segment|other|item|name|customer|dimension|by|board|channel|title|team|person|owner)\}»?-\p{L}/u;
  expect(breaking('hy', ({ text }) => names.test(text))).toEqual([]);
});

/** Words that were second words for one thing; docs/glossary.md has the one. */
const retired = {
  tr: /süzge[çc]|(?<!\p{L})(ileti(?!ş)|öğe)|ölçüt/iu,
  fa: /صافی|پالایه|دیرکرد|سنجه|وعده|رایانامه|رونوشت|برگزین|واپسین/u,
  hy: /(?<!\p{L})շրջան(?!առ)|ժամանակաշրջան|(?<!\p{L})տարր|ալիք|չափանիշ|մասնաբաժին/iu,
};

test.each(locales)('%s has one word for one thing', (locale) => {
  expect(breaking(locale, ({ text }) => retired[locale].test(text))).toEqual([]);
});
