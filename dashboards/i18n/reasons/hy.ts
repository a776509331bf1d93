import type { Reason } from './en.js';

export const hy: Record<Reason, string> = {
  '{tool} has no ratings.': '{tool} գործիքը գնահատականներ չունի։',
  '{tool} has no due dates.': '{tool} գործիքը ժամկետներ չունի։',
  '{tool} does not tell comments for a customer from those among colleagues.':
    '{tool} գործիքը հաճախորդի համար գրված մեկնաբանությունները չի տարբերում գործընկերների միջև գրվածներից։',
  'No status of this {tool} has the meaning of a waiting one.': 'Այս {tool} գործիքում ոչ մի կարգավիճակ սպասում չի նշանակում։',
  'No stage of this account has the meaning of a waiting one.': 'Այս հաշվում ոչ մի փուլ սպասում չի նշանակում։',
  'No section of these projects has the meaning of a waiting one.': 'Այս նախագծերում ոչ մի բաժին սպասում չի նշանակում։',
  'No list of these boards has the meaning of a waiting one.': 'Այս տախտակներում ոչ մի ցանկ սպասում չի նշանակում։',
  'No label of the statuses ({labels}) has the meaning of waiting; {tool} itself knows open and closed alone.':
    'Կարգավիճակների պիտակներից ({labels}) ոչ մեկը սպասում չի նշանակում. {tool} գործիքն ինքը գիտի միայն «բաց» և «փակ»։',
  'The settings of the connection give no status the meaning of a waiting one.':
    'Միացման կարգավորումները ոչ մի կարգավիճակի սպասման իմաստ չեն տալիս։',
  'The mapping gives no status the meaning of a waiting one.': 'Համապատասխանեցումը ոչ մի կարգավիճակի սպասման իմաստ չի տալիս։',
  'The mapping names no status column.': 'Համապատասխանեցման մեջ կարգավիճակի սյունակ նշված չէ։',
  'The mapping names no team column.': 'Համապատասխանեցման մեջ թիմի սյունակ նշված չէ։',
  'The mapping names no person column.': 'Համապատասխանեցման մեջ անձի սյունակ նշված չէ։',
  'The mapping names no due date column.': 'Համապատասխանեցման մեջ ժամկետի սյունակ նշված չէ։',
  'The mapping names no message column.': 'Համապատասխանեցման մեջ հաղորդագրության սյունակ նշված չէ։',
  'The mapping names no customer column.': 'Համապատասխանեցման մեջ հաճախորդի սյունակ նշված չէ։',
  'An item list shows only the present status, not how it changed.':
    'Գործերի ցանկը ցույց է տալիս միայն ներկա կարգավիճակը, ոչ թե ինչպես է այն փոխվել։',
  'An item list shows only the present team, not how it changed.':
    'Գործերի ցանկը ցույց է տալիս միայն ներկա թիմը, ոչ թե ինչպես է այն փոխվել։',
  'An item list shows only the present person, not how it changed.':
    'Գործերի ցանկը ցույց է տալիս միայն ներկա անձին, ոչ թե ինչպես է նա փոխվել։',
  'The mapping names neither a finish column nor a status that means done.':
    'Համապատասխանեցման մեջ նշված չէ ո՛չ ավարտի սյունակ, ո՛չ էլ ավարտված նշանակող կարգավիճակ։',
  'The mapping names no status that means done.': 'Համապատասխանեցման մեջ ավարտված նշանակող կարգավիճակ նշված չէ։',
  'The mapping does not tell public from internal messages.': 'Համապատասխանեցումը հանրային հաղորդագրությունները չի տարբերում ներքիններից։',
  'A table has no ratings.': 'Աղյուսակը գնահատականներ չունի։',
  'A table has no links between items.': 'Աղյուսակը գործերի միջև կապեր չունի։',
  'The mapping says that the due date never moves (event.due.moves).': 'Ըստ համապատասխանեցման՝ ժամկետը երբեք չի փոխվում (event.due.moves)։',
  'The mapping says that the due date is given once (event.due.said), so its moves are not told.':
    'Ըստ համապատասխանեցման՝ ժամկետը տրվում է մեկ անգամ (event.due.said), ուստի դրա փոփոխությունները հայտնի չեն։',
  'The due date is back-filled: every row shows the last one.': 'Ժամկետը լրացված է հետին թվով. ամեն տող ցույց է տալիս վերջինը։',
  'A comment that was edited is told as it reads now.': 'Խմբագրված մեկնաբանությունը կարդացվում է այնպես, ինչպես հիմա է։',
  'A comment that was edited is told as it reads now; one that was deleted is not told.':
    'Խմբագրված մեկնաբանությունը կարդացվում է այնպես, ինչպես հիմա է. ջնջվածը չի կարդացվում։',
  'The team is the project that a task is in now; name a single-select field as team where hand-overs between teams count.':
    'Թիմը այն նախագիծն է, որտեղ առաջադրանքը հիմա գտնվում է. եթե թիմերի միջև փոխանցումները կարևոր են, որպես թիմ նշեք մեկ ընտրությամբ դաշտ։',
  'GitHub issues have no due date; that of a milestone has no history.':
    'GitHub-ի խնդիրները ժամկետ չունեն. հանգրվանի ժամկետը պատմություն չունի։',
  'The connection names no people of teams (teams).': 'Միացման մեջ թիմերի անդամները նշված չեն (teams)։',
  'Comments on GitHub are seen by all who see the issue.': 'GitHub-ի մեկնաբանությունները տեսնում են բոլորը, ովքեր տեսնում են խնդիրը։',
  'GitLab does not tell the due date an issue was opened with once it was changed.':
    'GitLab-ը փոփոխությունից հետո չի ասում, թե ինչ ժամկետով է խնդիրը բացվել։',
  'HubSpot has no date given to the customer; name the property that holds it as dueField.':
    'HubSpot-ը չունի հաճախորդին տրված ժամկետ. այն պահող հատկությունը նշեք որպես dueField։',
  'Answers to the surveys of HubSpot are not read.': 'HubSpot-ի հարցումների պատասխանները չեն կարդացվում։',
  'Intercom tells no due dates, and no history of attributes that could hold them.':
    'Intercom-ը չի հայտնում ո՛չ ժամկետներ, ո՛չ էլ դրանք պահող հատկանիշների պատմությունը։',
  'No audit of the table can be read: it is not audited, or the account has no right to read sys_audit.':
    'Աղյուսակի աուդիտը չի կարդացվում. այն չի վարվում, կամ հաշիվը sys_audit կարդալու իրավունք չունի։',
  'The account may not read sys_journal_field, or nothing is written there.':
    'Հաշիվը չի կարող կարդալ sys_journal_field, կամ այնտեղ ոչինչ գրված չէ։',
  'ServiceNow keeps ratings in surveys of its own, which are not read.':
    'ServiceNow-ը գնահատականները պահում է իր հարցումներում, որոնք չեն կարդացվում։',
  'Tickets have no due date of their own; name an attribute that holds it as dueField.':
    'Հայտերը սեփական ժամկետ չունեն. այն պահող հատկանիշը նշեք որպես dueField։',
  'The settings of the connection do not list "{signal}" under "tells".': 'Միացման կարգավորումները «tells»-ի տակ «{signal}» չեն նշում։',
  'The first traces of the log have no "{column}".': 'Մատյանի առաջին հետքերը «{column}» չունեն։',
  'Nobody rates a deal.': 'Ոչ ոք գործարքը չի գնահատում։',
  'The source does not deliver "{signal}".': 'Աղբյուրը «{signal}» չի տալիս։',
  'Nobody has said what they believe of "{metric}" here. Its board asks whoever gives a name, before it shows the number.':
    'Այստեղ ոչ ոք չի ասել, թե ինչ է կարծում «{metric}» ցուցանիշի մասին։ Նրա վահանակը հարցնում է ամեն մեկին, ով գրել է իր անունը, նախքան թիվը ցույց տալը։',
  'No sync of this connection is complete yet.': 'Այս միացման ոչ մի ընթերցում դեռ ամբողջական չէ։',
};
