import type { Timeline } from './timeline.js';
import { Random } from './random.js';

export type Language = 'en' | 'tr' | 'fa' | 'hy';

export interface Customer {
  id: string;
  name: string;
  group: string;
  language: Language;
  timeZone: string;
  /** Epoch seconds of the first day as a customer. */
  since: number;
  /** The person who writes. */
  contact: string;
  city: string;
}

const zones: Record<Language, string> = { en: 'Europe/Berlin', tr: 'Europe/Istanbul', fa: 'Asia/Tehran', hy: 'Asia/Yerevan' };
const languageShares: Record<Language, number> = { en: 40, tr: 22, fa: 23, hy: 15 };
const planShares = { Basic: 45, Plus: 35, Premium: 20 };

const contacts: Record<Language, string[]> = {
  en: ['Sarah Bennett', 'Michael Ross', 'Katrin Wolf', 'Peter Hale', 'Anna Fischer', 'James Okoro', 'Sophie Lang', 'Martin Keller'],
  tr: ['Ayşe Korkmaz', 'Mehmet Öztürk', 'Zeynep Acar', 'Ali Çelik', 'Fatma Güneş', 'Can Erdoğdu', 'Elif Tunç', 'Hakan Uçar'],
  fa: ['مریم احمدی', 'علی رضایی', 'سارا کریمی', 'حسین محمدی', 'نگار شریفی', 'امیر حسینی', 'الهام نوری', 'بهرام قاسمی'],
  hy: ['Աննա Սարգսյան', 'Արմեն Պետրոսյան', 'Լիլիթ Հովհաննիսյան', 'Տիգրան Գրիգորյան', 'Մարիամ Ավետիսյան', 'Գոռ Հարությունյան'],
};
const cities: Record<Language, string[]> = {
  en: ['Berlin', 'Hamburg', 'Leipzig', 'Bremen', 'Potsdam'],
  tr: ['İstanbul', 'Ankara', 'İzmir', 'Bursa'],
  fa: ['تهران', 'اصفهان', 'شیراز', 'تبریز'],
  hy: ['Երևան', 'Գյումրի', 'Վանաձոր'],
};
const firstWords: Record<Language, string[]> = {
  en: ['Harbour', 'Linden', 'Old Mill', 'Northgate', 'Blue Door', 'Riverside', 'Kestrel', 'Amber', 'Foxglove', 'Market Street'],
  tr: ['Mavi', 'Anadolu', 'Boğaz', 'Çınar', 'Ege', 'Yıldız', 'Lale', 'Toros', 'Deniz', 'Kuzey'],
  fa: ['Alborz', 'Saffron', 'Zagros', 'Golestan', 'Caspian', 'Yas', 'Sepid', 'Firouzeh', 'Damavand', 'Baran'],
  hy: ['Ararat', 'Sevan', 'Nairi', 'Tufa', 'Aragats', 'Lori', 'Syunik', 'Hrazdan', 'Arpi', 'Masis'],
};
const trades = [
  'Bakery',
  'Clinic',
  'Hotels',
  'Logistics',
  'Pharmacy',
  'Books',
  'Dental',
  'Foods',
  'Motors',
  'Studio',
  'Textiles',
  'Travel',
];

/** Some 300 customers: most were there before the visible history, a few join every month and many in the growth month. */
export function makeCustomers(seed: string, timeline: Timeline): Customer[] {
  const random = new Random(`${seed}/customers`);
  const taken = new Set<string>();
  return joiningTimes(random, timeline).map((since, index) => {
    const language = random.weighted(languageShares);
    const region = language === 'fa' || language === 'hy' ? 'South' : 'North';
    return {
      id: `C-${1_001 + index}`,
      name: companyName(random, language, taken),
      group: `${region} · ${random.weighted(planShares)}`,
      language,
      timeZone: zones[language],
      since,
      contact: random.pick(contacts[language]),
      city: random.pick(cities[language]),
    };
  });
}

function joiningTimes(random: Random, { start, growthFrom, growthUntil, until }: Timeline): number[] {
  const week = 7 * 86_400;
  const spread = (count: number, from: number, to: number): number[] => Array.from({ length: count }, () => random.whole(from, to));
  return [
    ...spread(185, start - 300 * week, start - 26 * week),
    ...spread(20, start - 26 * week, start),
    ...spread(34, start, growthFrom),
    ...spread(36, growthFrom, growthUntil),
    ...spread(30, growthUntil, until - week),
  ]
    .map((at) => at - (at % 86_400))
    .sort((one, other) => one - other);
}

function companyName(random: Random, language: Language, taken: Set<string>): string {
  for (;;) {
    const name = `${random.pick(firstWords[language])} ${random.pick(trades)}`;
    const unique = taken.has(name) ? `${name} ${random.whole(2, 90)}` : name;
    if (taken.has(unique)) continue;
    taken.add(unique);
    return unique;
  }
}
