import { isSameQuestion, messageMarks, type Marks } from '../text/marks.js';

interface Text {
  item: number;
  /** Place in the story. */
  i: number;
  side: 'team' | 'customer';
  body: string;
  language: string | null;
  attachments: string[];
}

/** What a message says, and the places in its story where the same was asked or sent first. */
export interface Remark extends Omit<Marks, 'questions'> {
  askedI: number | null;
  sentI: number | null;
}

/** Reads texts in order, item by item; null for one that says nothing. */
export function itemReader(): (text: Text) => Remark | null {
  let item = 0;
  let asked: { i: number; subject: ReadonlySet<string> }[] = [];
  let sent = new Map<string, number>();
  return (text) => {
    if (text.item !== item) {
      item = text.item;
      asked = [];
      sent = new Map();
    }
    const { questions, ...marks } = messageMarks(text);
    const askedBefore = asked.filter((earlier) => questions.some((subject) => isSameQuestion(subject, earlier.subject)));
    const sentBefore = text.side === 'customer' ? text.attachments.flatMap((name) => sent.get(name) ?? []) : [];
    asked.push(...questions.map((subject) => ({ i: text.i, subject })));
    if (text.side === 'customer') for (const name of text.attachments) if (!sent.has(name)) sent.set(name, text.i);
    const remark = { ...marks, askedI: first(askedBefore.map(({ i }) => i)), sentI: first(sentBefore) };
    const saysSomething = Object.values(marks).includes(true) || remark.askedI !== null || remark.sentI !== null;
    return saysSomething ? remark : null;
  };
}

function first(places: readonly number[]): number | null {
  return places.length === 0 ? null : Math.min(...places);
}
