export const targets = {
  'target.met': 'Hedef {target}: tutturuldu',
  'target.missed': 'Hedef {target}: tutturulamadı, fark {gap}',
  'target.unclear':
    'Hedef {target}: henüz söylenemez; {side, select, short {hedefin {gap} gerisinde} beyond {hedeften {gap} daha iyi} other {tam hedefte}}, ama güven aralığı hedefi içine alıyor',
  'target.unclear.plain':
    'Hedef {target}: {side, select, short {hedefin {gap} gerisinde} beyond {hedeften {gap} daha iyi} other {tam hedefte}}; güven aralığı olmadan bunun rastlantı olup olmadığı söylenemez',
  'target.label': 'hedef {value}',
  'target.label.of': 'hedef {value} · {name}',
  'target.drawn': 'Noktalı çizgi hedeftir: {steps}.',
  'target.drawn.of': 'Noktalı çizgi şunun hedefidir: {name}; {steps}.',
  'target.drawn.each': 'Noktalı çizgiler hedefleri gösterir. {targets}.',
  'target.of': '{name}: {steps}',
  'target.others': 'ötekilerin tümü',
  'target.step': '{date} tarihinden itibaren {value}',
  'target.mark': 'hedef {value}',
  'target.column': 'Hedef',
  'target.no-direction': '{name} için daha iyi ya da daha kötü yoktur; bu yüzden hedef konamaz.',
  'target.no-single': '{name} aynı anda birçok sayıdır ve hiçbiri öne çıkmaz; tek sayı olan bir metriğe hedef koyun.',
  'target.refused.unreadable': '“{text}” burada bir değer değil; şöyle yazın: {example}.',
  'target.refused.unit': '“{text}” için süre birimi yazılmamış; şöyle yazın: {example}.',
  'target.refused.ambiguous': '“{text}” iki türlü okunabilir; binlik ayırıcı kullanmadan yazın.',
  'target.refused.range': '“{text}” olanaksız: değer {low} ile {high} arasındadır.',
};
