import { Button, CloseButton } from '@mantine/core';
import { SET_FIELDS } from '@trainyard/domain';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useApolloClient } from '@apollo/client/react';
import { TicketCardFragmentDoc } from '../ticket/card.generated.ts';
import { useTicketWords } from '../ticket/useTicketWords.ts';
import classes from './BoardColumn.module.css';
import { useBoardParts, type BoardColumnHead, type Refused } from './board-context.ts';

const SHOWN_FOR_MS = 20_000;

/** What a column asked for that a card does not have, at the column, with the way to fill it in. */
export function Lack({ column, refused }: { column: BoardColumnHead; refused: Refused & { lack: NonNullable<Refused['lack']> } }) {
  const { t } = useTranslation('board');
  const words = useTicketWords();
  const client = useApolloClient();
  const { refusal, openTicket } = useBoardParts();
  useEffect(() => {
    const timer = setTimeout(() => refusal.set(null), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [refusal]);
  const card = client.cache.readFragment({
    id: client.cache.identify({ __typename: 'Ticket', id: refused.ticketId }),
    fragment: TicketCardFragmentDoc,
    fragmentName: 'TicketCard',
  });
  const key = card?.key ?? '';
  const { fields, others } = refused.lack;
  const missing = [...fields.map((as) => words.field(SET_FIELDS.find((field) => field.as === as)?.name ?? as)), ...others];
  return (
    <div role="alert" className={classes.refusal}>
      <span>{t('lack.says', { key, column: column.name, missing: missing.join(', ') })}</span>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => {
          refusal.set(null);
          openTicket(key, 'PEEK');
        }}
      >
        {t('lack.fill')}
      </Button>
      <CloseButton size="xs" aria-label={t('wip.close')} onClick={() => refusal.set(null)} />
    </div>
  );
}
