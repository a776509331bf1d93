import type { download as english } from './en';

export const download: Record<keyof typeof english, string> = {
  'download.menu.of': 'Diğer işlemler: “{title}”',
  'download.as': 'Dosya olarak',
  'download.copy': 'Sayıları kopyala',
  'download.copied': 'Kopyalandı.',
  'download.failed': 'Yapılamadı: {reason}',
  'download.script': 'Komut satırından',
  'download.script.copy': 'Satırı kopyala',
  'download.making': 'Çiziliyor…',
  'download.done': '{name} indirilenler arasında.',
  'download.list': 'Listenin tamamı',
};
