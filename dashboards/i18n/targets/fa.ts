export const targets = {
  'target.met': 'هدف {target}: محقق شد',
  'target.missed': 'هدف {target}: محقق نشد؛ {gap} فاصله',
  'target.unclear':
    'هدف {target}: هنوز نمی‌توان گفت؛ {side, select, short {{gap} مانده به هدف} beyond {{gap} بهتر از هدف} other {درست روی هدف}}، اما بازهٔ اطمینان هدف را در بر می‌گیرد',
  'target.unclear.plain':
    'هدف {target}: {side, select, short {{gap} مانده به هدف} beyond {{gap} بهتر از هدف} other {درست روی هدف}}؛ بدون بازهٔ اطمینان نمی‌توان گفت که تصادفی است یا نه',
  'target.label': 'هدف {value}',
  'target.label.of': 'هدف {value} · {name}',
  'target.drawn': 'خط نقطه‌چین هدف است: {steps}.',
  'target.drawn.of': 'خط نقطه‌چین هدفِ «{name}» است: {steps}.',
  'target.drawn.each': 'خط‌های نقطه‌چین هدف‌ها را نشان می‌دهند. {targets}.',
  'target.of': '{name}: {steps}',
  'target.others': 'بقیه',
  'target.step': '{value} از {date}',
  'target.mark': 'هدف {value}',
  'target.column': 'هدف',
  'target.no-direction': 'برای «{name}» بهتر و بدتری در کار نیست، پس نمی‌توان برایش هدف گذاشت.',
  'target.no-single': '«{name}» چندین عدد با هم است و هیچ‌کدام عدد اصلی نیست؛ برای شاخصی هدف بگذارید که یک عدد باشد.',
  'target.refused.unreadable': '«{text}» اینجا مقدار نیست؛ آن را مانند {example} بنویسید.',
  'target.refused.unit': '«{text}» واحد زمان ندارد؛ آن را مانند {example} بنویسید.',
  'target.refused.ambiguous': '«{text}» دو جور خوانده می‌شود؛ بدون جداکنندهٔ هزارگان بنویسید.',
  'target.refused.range': '«{text}» ناممکن است: مقدار بین {low} و {high} است.',
};
