import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { Face, Table } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { timeZone } from '../lists/export-address.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { Moment } from '../shell/Moment.tsx';
import { Section } from '../shell/Page.tsx';
import { RunQueueDocument } from './run-queue.generated.ts';
import classes from './RunQueue.module.css';

const WAITING = 'state:queued';
/** The next ones: all of them are a list of their own. */
const SHOWN = 10;
const EVERY_MS = 5_000;

/** Runs that wait for a runner, those first that were queued first. */
export function RunQueue() {
  const { t } = useTranslation(['runner', 'training']);
  const format = useFormat();
  const { data, error, refetch } = useQuery(RunQueueDocument, {
    variables: { query: `${WAITING} sort:queued`, timeZone: timeZone(), first: SHOWN },
    fetchPolicy: 'cache-and-network',
    pollInterval: EVERY_MS,
  });
  const { nodes: runs = [], totalCount = 0, totalCountIsCapped = false } = data?.runs ?? {};
  return (
    <Section
      title={t('queue.title')}
      actions={
        totalCount > SHOWN && (
          <Link to="/runs" search={{ query: WAITING }}>
            {t(totalCountIsCapped ? 'queue.allCapped' : 'queue.all', { count: totalCount, number: format.number(totalCount) })}
          </Link>
        )
      }
    >
      {!data && <ErrorNotice error={error} onRetry={refetch} />}
      {data && runs.length === 0 && <p className={classes.none}>{t('queue.none')}</p>}
      {runs.length > 0 && (
        <Table
          caption={t('queue.title')}
          minWidth={560}
          head={
            <>
              <th scope="col">{t('training:list.run')}</th>
              <th scope="col">{t('training:list.field.ticket')}</th>
              <th scope="col">{t('training:list.field.template')}</th>
              <th scope="col">{t('training:list.field.queued')}</th>
              <th scope="col">{t('training:list.field.by')}</th>
            </>
          }
        >
          {runs.map(({ id, number, template, queuedAt, createdBy, ticket }) => (
            <tr key={id}>
              <th scope="row">
                <Link to="/runs/$runId" params={{ runId: id }}>
                  {t('training:page.short', { number })}
                </Link>
              </th>
              <td>
                {ticket ? (
                  <Link to="/tickets/$ticketKey" params={{ ticketKey: ticket.key }}>
                    {ticket.key} {ticket.title}
                  </Link>
                ) : (
                  t('training:list.ticketGone')
                )}
              </td>
              <td>{t(`training:template.${template}.name`)}</td>
              <td>
                <Moment at={queuedAt} />
              </td>
              <td>
                {createdBy && (
                  <span className={classes.person}>
                    <Face {...createdBy} size={20} />
                    {createdBy.name}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}
