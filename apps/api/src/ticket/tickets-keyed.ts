import type { Statement } from '../platform/lists/statement.ts';

const KEY = /^([A-Z][A-Z0-9]{1,9})-(\d{1,9})$/i;
export const isTicketKey = (text: string): boolean => KEY.test(text);

/** Tickets by key, as an array of ids: the index of numbers finds them. */
export function ticketsKeyed(texts: readonly string[], statement: Statement): string {
  const found = texts.map((text) => KEY.exec(text)).filter((each) => each !== null);
  const [keys, numbers] = [found.map(([, key]) => key?.toUpperCase()), found.map(([, , number]) => Number(number))];
  return `ARRAY(SELECT k.id FROM unnest(${statement.param(keys, 'text[]')}, ${statement.param(numbers, 'int[]')}) AS asked (key, number)
    JOIN project kp ON kp.key = asked.key JOIN ticket k ON k.project_id = kp.id AND k.number = asked.number)`;
}
