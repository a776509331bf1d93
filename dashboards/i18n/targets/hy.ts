export const targets = {
  'target.met': 'Նպատակը՝ {target}. կատարված է',
  'target.missed': 'Նպատակը՝ {target}. կատարված չէ, պակասում է {gap}',
  'target.unclear':
    'Նպատակը՝ {target}. դեռ հնարավոր չէ ասել. {side, select, short {պակասում է {gap}} beyond {նպատակից լավ է՝ {gap}} other {ճիշտ նպատակի վրա է}}, բայց վստահության միջակայքն ընդգրկում է նպատակը',
  'target.unclear.plain':
    'Նպատակը՝ {target}. {side, select, short {պակասում է {gap}} beyond {նպատակից լավ է՝ {gap}} other {ճիշտ նպատակի վրա է}}. առանց վստահության միջակայքի հնարավոր չէ ասել՝ պատահակա՞ն է, թե՞ ոչ',
  'target.label': 'նպատակ՝ {value}',
  'target.label.of': 'նպատակ՝ {value} · {name}',
  'target.drawn': 'Կետագիծը նպատակն է՝ {steps}։',
  'target.drawn.of': 'Կետագիծը «{name}» ցուցանիշի նպատակն է՝ {steps}։',
  'target.drawn.each': 'Կետագծերը ցույց են տալիս նպատակները։ {targets}։',
  'target.of': '{name}՝ {steps}',
  'target.others': 'մնացած բոլորը',
  'target.step': '{value}՝ սկսած {date}',
  'target.mark': 'նպատակ՝ {value}',
  'target.column': 'Նպատակ',
  'target.no-direction': '«{name}» ցուցանիշը չունի ավելի լավ կամ ավելի վատ, ուստի դրա համար նպատակ դնել չի կարելի։',
  'target.no-single': '«{name}» ցուցանիշը միանգամից շատ թվեր է, և դրանցից ոչ մեկը գլխավորը չէ. նպատակ դրեք մեկ թվով ցուցանիշի համար։',
  'target.refused.unreadable': '«{text}» այստեղ արժեք չէ. գրեք այսպես՝ {example}։',
  'target.refused.unit': '«{text}» առանց ժամանակի միավորի է. գրեք այսպես՝ {example}։',
  'target.refused.ambiguous': '«{text}» կարելի է երկու կերպ կարդալ. գրեք առանց հազարավորների բաժանիչի։',
  'target.refused.range': '«{text}» անհնար է. արժեքը {low} – {high} միջակայքում է։',
};
