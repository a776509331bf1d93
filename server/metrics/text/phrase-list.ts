/**
 * What people write, as patterns of words: `a|b` either, `stem*` the beginning of a word, `*end` its end of three letters or more, `..` up
 * to four words of the same sentence in between. Spelt in any way that reads the same: case, accents and joiners are folded away.
 */
export interface PhraseList {
  /** The customer asks how it is going. */
  chase: string[];
  /** The customer says that it was said before. */
  repeat: string[];
  thanks: string[];
  /** Words after which a message is more than a thank-you. */
  more: string[];
  /** We say why it takes longer. */
  reason: string[];
  /** It takes longer; with a `cause` in the same message it is a reason too. */
  delay: string[];
  cause: string[];
  /** We ask for something without a question mark. */
  request: string[];
  /** Questions and requests that ask nothing about the matter. */
  courtesy: string[];
  /** A day or a span of time. */
  day: string[];
  /** Something will be done; with a `day` in the same sentence it is a date. */
  ahead: string[];
  /** Words that say nothing of what a question is about, as they are written. */
  fillers: string;
}
