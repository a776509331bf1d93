import type pg from 'pg';
import { isSameQuestion, messageMarks, type Marks } from '../text/marks.js';
import { createRemark, insertRemarks, openTexts } from './word.sql.js';

/** Texts held in memory at a time. */
const fetchSize = 4_000;

interface Text {
  item: number;
  i: number;
  side: 'team' | 'customer';
  body: string;
  language: string | null;
  attachments: string[];
}

interface Remark extends Omit<Marks, 'questions'> {
  item: number;
  i: number;
  askedI: number | null;
  sentI: number | null;
}

/** Fills `remark` with what the public messages of persons in the batch say, each read once and in the order of its item's story. */
export async function readTexts(client: pg.PoolClient): Promise<void> {
  await client.query(createRemark);
  await client.query(openTexts);
  const remarkOf = itemReader();
  for (;;) {
    const { rows } = await client.query<Text>(`fetch ${fetchSize} from message_text`);
    const remarks = rows.map(remarkOf).filter((remark) => remark !== null);
    if (remarks.length > 0) await client.query(insertRemarks, columns(remarks));
    if (rows.length < fetchSize) break;
  }
  await client.query('close message_text');
  await client.query('analyze remark');
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
    const remark = { item, i: text.i, ...marks, askedI: first(askedBefore.map(({ i }) => i)), sentI: first(sentBefore) };
    const saysSomething = Object.values(marks).includes(true) || remark.askedI !== null || remark.sentI !== null;
    return saysSomething ? remark : null;
  };
}

function first(places: readonly number[]): number | null {
  return places.length === 0 ? null : Math.min(...places);
}

function columns(remarks: readonly Remark[]): unknown[] {
  return [
    remarks.map((remark) => remark.item),
    remarks.map((remark) => remark.i),
    remarks.map((remark) => remark.isChase),
    remarks.map((remark) => remark.givesReason),
    remarks.map((remark) => remark.tellsDate),
    remarks.map((remark) => remark.isQuestion),
    remarks.map((remark) => remark.saysAgain),
    remarks.map((remark) => remark.isThanks),
    remarks.map((remark) => remark.askedI),
    remarks.map((remark) => remark.sentI),
  ];
}
