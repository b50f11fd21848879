import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { isEnded } from '@trainyard/domain';
import { Table } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { readAgain } from '../../apollo-pages.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { ShowMore } from '../shell/ShowMore.tsx';
import { metricText } from './metric-text.ts';
import { RunStateBadge } from './RunStateBadge.tsx';
import { Moment } from '../shell/Moment.tsx';
import classes from './DatasetRuns.module.css';
import { DatasetRunsDocument, type DatasetRunsQuery } from './dataset-runs.generated.ts';
import { usePolling } from '../shell/usePolling.ts';
import { Waiting } from '../shell/Waiting.tsx';

type DatasetRun = NonNullable<DatasetRunsQuery['dataset']>['runs']['nodes'][number];

const PAGE = 20;
/** How often to look at runs that are going on. */
const GOING_MS = 5_000;

/** Which runs were trained on it, as far as the reader may know of them, newest first. */
export function DatasetRuns({ datasetId }: { datasetId: string }) {
  const { t } = useTranslation(['dataset', 'training']);
  const { data, error, refetch, fetchMore } = useQuery(DatasetRunsDocument, { variables: { id: datasetId, first: PAGE }, fetchPolicy: 'cache-and-network' });
  const runs = data?.dataset?.runs;
  const nodes = runs?.nodes ?? [];
  const last = nodes.findLastIndex((run) => !isEnded(run.card.state));
  usePolling(last >= 0, GOING_MS, () =>
    readAgain(Math.max(PAGE, last + 1), async (page) => (await fetchMore({ variables: page })).data?.dataset?.runs.pageInfo),
  );
  return (
    <section className={classes.root}>
      <h2 className={classes.heading}>{t('runs.title')}</h2>
      {!runs && <Waiting error={error} onRetry={refetch} height={80} />}
      {runs?.totalCount === 0 && <p className={classes.empty}>{t('runs.empty')}</p>}
      {runs && runs.totalCount > 0 && (
        <Table
          caption={t('runs.title')}
          minWidth={720}
          head={
            <>
              <th scope="col">{t('runs.run')}</th>
              <th scope="col">{t('runs.ticket')}</th>
              <th scope="col">{t('runs.template')}</th>
              <th scope="col" data-numeric>
                {t('runs.result')}
              </th>
              <th scope="col">{t('field.state')}</th>
              <th scope="col">{t('runs.queued')}</th>
            </>
          }
        >
          {nodes.map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </Table>
      )}
      {runs?.pageInfo.hasNextPage && <ShowMore onMore={() => fetchMore({ variables: { after: runs.pageInfo.endCursor } })} />}
    </section>
  );
}

function RunRow({ run }: { run: DatasetRun }) {
  const { t } = useTranslation(['dataset', 'training']);
  const format = useFormat();
  const { headline, state } = run.card;
  return (
    <tr>
      <th scope="row">
        <Link to="/runs/$runId" params={{ runId: run.id }}>
          {t('training:page.short', { number: run.number })}
        </Link>
      </th>
      <td className={classes.ticket} title={run.ticket?.title}>
        {run.ticket ? (
          <Link to="/tickets/$ticketKey" params={{ ticketKey: run.ticket.key }}>
            {run.ticket.key} {run.ticket.title}
          </Link>
        ) : (
          <span className={classes.dimmed}>{t('runs.ticketGone')}</span>
        )}
      </td>
      <td>{t(`training:template.${run.template}.name`)}</td>
      <td data-numeric>
        {headline ? (
          <>
            {metricText(format, headline.name, headline.value)} <span className={classes.dimmed}>{t(`training:headline.short.${headline.split}`)}</span>
          </>
        ) : (
          '–'
        )}
      </td>
      <td>
        <RunStateBadge state={state} />
      </td>
      <td className={classes.dimmed}>
        <Moment at={run.queuedAt} />
        {run.createdBy && ` · ${run.createdBy.name}`}
      </td>
    </tr>
  );
}
