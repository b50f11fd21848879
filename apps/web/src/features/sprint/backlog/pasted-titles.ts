import { titleOf } from '@trainyard/domain';

/** Tickets that are made of one text. */
export const PASTED_MAX = 200;

/** A mark of a list before a line: a bullet, a number, a box that is ticked or not. */
const MARK = /^\s*(?:[-*+•·]\s+|\d{1,3}[.)]\s+)?(?:\[[ xX]?\]\s+)?/u;

/** The titles that several lines stand for, without the marks of a list. */
export function pastedTitles(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => titleOf(line.replace(MARK, '')))
    .filter((title) => title !== '');
}
