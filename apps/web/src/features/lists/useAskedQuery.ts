import { useSearch } from '@tanstack/react-router';
import { parse, type FieldSpecs } from '@trainyard/domain';
import { listSearch } from './list-search.ts';

/** The text in the address of the page at hand. */
export const useAskedText = (): string => listSearch(useSearch({ strict: false })).query ?? '';

/** The same where it is a query; null: the server need not be asked to hear that it is none. */
export function useAskedQuery(fields: FieldSpecs): string | null {
  const text = useAskedText();
  return parse(text, fields).ok ? text : null;
}
