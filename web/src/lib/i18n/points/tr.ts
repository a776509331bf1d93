import type { points as english } from './en';

export const points: Record<keyof typeof english, string> = {
  'chart.open-item': '{text}. Öyküsünü aç.',
  'items.coming': 'yolda',
  'items.on-paper': 'Bu kâğıttaki satırlar: {from, number}–{to, number}, toplam {total, number}. İndirilen liste eksiksizdir.',
  'items.columns': 'Sütunlar',
  'items.copy': 'Kopyala',
  'items.copied': '{n, plural, other {# satır kopyalandı}}',
  'items.copied-part': '{total, number} satırın ilk {n, number} tanesi kopyalandı; dosyada hepsi var',
  'items.print': 'Yazdır',
  'item.wait': '{to}: aldı, bekliyor, {duration}',
  'item.legend.wait': 'devirden sonra bekleme',
  'item.legend.link': 'başka bir işten geldi ya da başka bir iş oldu',
  'item.link.came-from': 'geldiği iş: {item}',
  'item.link.becomes': 'dönüştüğü iş: {item}',
  'item.link.blocks': 'engellediği ya da onu engelleyen iş: {item}',
  'item.link.relates': 'ilgili iş: {item}',
  'item.link.duplicates': 'aynı iş: {item}',
};
