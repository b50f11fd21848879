import { useTranslation } from 'react-i18next';
import classes from './RefusedTickets.module.css';
import type { RefusedTicket } from './ticket-changes.ts';

/** Keys that are named of those that were refused for one reason. */
const NAMED = 40;

export interface RefusedTicketsProps {
  /** `why` in words. */
  refused: readonly (RefusedTicket & { why: string })[];
  /** A notice stands outside of the pages: its links are followed by hand. */
  onOpen: (key: string) => void;
}

/** Which of many were not changed, by what they were refused for. */
export function RefusedTickets({ refused, onOpen }: RefusedTicketsProps) {
  const { t } = useTranslation('ticket');
  return (
    <ul className={classes.refused}>
      {[...Map.groupBy(refused, ({ why }) => why)].map(([why, those]) => (
        <li key={why}>
          {those
            .filter(({ key }) => key !== '')
            .slice(0, NAMED)
            .map(({ id, key }) => (
              <a
                key={id}
                href={`/tickets/${key}`}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                  event.preventDefault();
                  onOpen(key);
                }}
              >
                {key}
              </a>
            ))}
          {those.length > NAMED && <span>{t('many.more', { count: those.length - NAMED })} </span>}
          {why}
        </li>
      ))}
    </ul>
  );
}
