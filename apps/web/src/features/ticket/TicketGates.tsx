import { useMutation, useQuery } from '@apollo/client/react';
import { Checkbox } from '@mantine/core';
import { SET_FIELDS } from '@trainyard/domain';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toldByQuery } from '../../apollo-failure.ts';
import { TOGETHER } from '../../apollo-together.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useToast } from '../shell/useToast.ts';
import { TickCheckDocument, TicketGatesDocument } from './ticket.generated.ts';
import classes from './TicketGates.module.css';
import type { Ticket } from './useTicket.ts';
import { useTicketWords } from './useTicketWords.ts';

export interface TicketGatesProps {
  ticket: Ticket;
  mayWrite: boolean;
  /** A change of it means that there may be news. */
  news: number;
}

/** What the column a ticket lies in, and those behind it, ask of it. */
export function TicketGates({ ticket, mayWrite, news }: TicketGatesProps) {
  const { t } = useTranslation('ticket');
  const words = useTicketWords();
  const toast = useToast();
  const { data, error, refetch } = useQuery(TicketGatesDocument, { variables: { id: ticket.id }, fetchPolicy: 'cache-and-network', context: TOGETHER });
  const [tick, { loading }] = useMutation(TickCheckDocument, { errorPolicy: 'all', onError: toast.failed, refetchQueries: [TicketGatesDocument] });
  const again = useEffectEvent(() => toldByQuery(refetch()));
  useEffect(() => {
    if (news > 0) again();
  }, [news, ticket.version, ticket.columnId]);
  const gates = data?.ticket?.gates ?? [];
  if (error && !data) return <ErrorNotice error={error} onRetry={refetch} />;
  if (gates.length === 0) return null;
  const heading = `gates-${ticket.id}`;
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading} className={classes.heading}>
        {t('gates.title')}
      </h3>
      <ul className={classes.gates}>
        {gates.map((gate) => (
          <li key={gate.columnId}>
            <div className={classes.column}>{t('gates.column', { column: gate.column })}</div>
            {gate.missingFields.length > 0 && (
              <p className={classes.missing}>
                {t('gates.missing', {
                  fields: gate.missingFields.map((as) => words.field(SET_FIELDS.find((field) => field.as === as)?.name ?? as)).join(', '),
                })}
              </p>
            )}
            {gate.checks.map((check) => (
              <Checkbox
                key={check.id}
                size="xs"
                mt={4}
                label={check.text}
                description={check.by === null ? undefined : t('gates.by', { name: check.by })}
                checked={check.done}
                disabled={!mayWrite || loading}
                onChange={(event) => void tick({ variables: { ticketId: ticket.id, checkId: check.id, done: event.currentTarget.checked } })}
              />
            ))}
            {gate.missingFields.length === 0 && gate.checks.every(({ done }) => done) && <p className={classes.met}>{t('gates.met')}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
