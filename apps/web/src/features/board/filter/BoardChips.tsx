import { parse, TICKET_FIELDS } from '@trainyard/domain';
import { FilterChips } from '../../lists/FilterChips.tsx';
import { useTicketWords } from '../../ticket/useTicketWords.ts';

/** The conditions of what a board is asked, in the reader's language. */
export function BoardChips({ asked, onAsk }: { asked: string; onAsk: (text: string) => void }) {
  const words = useTicketWords();
  const parsed = parse(asked, TICKET_FIELDS);
  return parsed.ok && <FilterChips query={parsed.query} fields={TICKET_FIELDS} words={words} onAsk={onAsk} />;
}
