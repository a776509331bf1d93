import type { wall as english } from './en';

export const wall: Record<keyof typeof english, string> = {
  'wall.title': 'Duvar ekranı',
  'wall.open': 'Duvar ekranında göster',
  'wall.all': 'Bütün panolar duvar ekranında',
  'wall.leave': 'Duvar ekranından çık',
  'wall.previous': 'Önceki grafikler',
  'wall.next': 'Sonraki grafikler',
  'wall.pause': 'Değiştirmeyi durdur',
  'wall.go-on': 'Değiştirmeyi sürdür',
  'wall.full': 'Tam ekran yap',
  'wall.sheet': '{at} / {all}',
  'wall.offline': 'Sunucu yanıt vermiyor; bunlar {at} tarihli sayılar.',
};
