/** What is said around a summary that is sent, and when it could not be. */
export const delivery = {
  'delivery.late': 'Ուշացած. այս ամփոփումը պետք է ուղարկվեր {due}։',
  'delivery.test': 'Փորձ. {subject}',
  'delivery.test.note': 'Սա «{schedule}» առաքման ծրագրի փորձնական նամակ է։ Ուրիշ ոչ ոք այն չի ստացել։',
  'delivery.why': 'Դուք ստանում եք սա, քանի որ {owner} ձեզ ավելացրել է «{schedule}» առաքման ծրագրում։',
  'delivery.unsubscribe': 'Չեղարկել բաժանորդագրությունը',
  'delivery.trouble': 'Չի ուղարկվել՝ {schedule}',
  'delivery.trouble.made': '«{schedule}» ծրագրի ամփոփումը ({due}) չհաջողվեց պատրաստել. {detail}',
  'delivery.trouble.sent': '«{schedule}» ծրագրի ամփոփումը ({due}) չի հասել {recipient} հասցեին. {detail}',
  'delivery.trouble.unsure': 'Հայտնի չէ՝ «{schedule}» ծրագրի ամփոփումը ({due}) հասե՞լ է {recipient} հասցեին. {detail}',
  'delivery.trouble.look': 'Տեսնել եղածը և փորձել կրկին՝ {address}',
  'unsubscribe.title': 'Չեղարկել բաժանորդագրությունը',
  'unsubscribe.ask': '«{schedule}» ամփոփումներն ուղարկվում են {address} հասցեին։ Այլևս չուղարկե՞լ',
  'unsubscribe.do': 'Այլևս չուղարկել',
  'unsubscribe.done': '«{schedule}» ամփոփումներն այլևս չեն ուղարկվի {address} հասցեին։',
  'unsubscribe.unknown': 'Այս հղումը ոչ մի ստացողի չի պատկանում։ Հնարավոր է՝ ծրագիրը հեռացվել է։',
};
