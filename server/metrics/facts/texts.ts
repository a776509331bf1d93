import { isSameQuestion, messageMarks, noMarks, type Marks, type Message } from '../text/marks.js';

interface Text extends Message {
  item: number;
  /** Place in the story. */
  i: number;
  attachments: readonly string[];
}

/** What a message says, and the places in its story where the same was asked or sent first. */
export interface Remark extends Marks {
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
      if (asked.length > 0) asked = [];
      if (sent.size > 0) sent = new Map();
    }
    const { i, side, attachments } = text;
    const marks = messageMarks(text);
    const askedI = asked.find(({ subject }) => marks.questions.some((question) => isSameQuestion(question, subject)))?.i ?? null;
    for (const subject of marks.questions) asked.push({ i, subject });
    let sentI: number | null = null;
    if (side === 'customer') {
      for (const name of attachments) sentI = earlier(sentI, sent.get(name) ?? null);
      for (const name of attachments) if (!sent.has(name)) sent.set(name, i);
    }
    return marks !== noMarks || askedI !== null || sentI !== null ? { ...marks, askedI, sentI } : null;
  };
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null || (other !== null && other < one) ? other : one;
}
