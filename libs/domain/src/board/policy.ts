import { SET_FIELDS, type TicketValues } from '../ticket/fields.ts';

/** Items of a definition of done. */
export const CHECKS_EACH = 20;
export const CHECK_TEXT_MAX = 200;

/** Fields that a column can require, by their names in inputs: those that a ticket may be without. */
export const REQUIRABLE_FIELDS = SET_FIELDS.filter(({ initial }) => initial !== undefined).map(({ as }) => as);
export type RequirableField = (typeof REQUIRABLE_FIELDS)[number];

/** Of the fields that a column requires, those that a ticket has nothing in. */
export function missingFields(required: readonly string[], values: Partial<Record<keyof TicketValues, unknown>>): string[] {
  return required.filter((as) => {
    const value = values[as as keyof TicketValues];
    return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  });
}
