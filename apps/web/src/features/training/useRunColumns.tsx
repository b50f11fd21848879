import { Link } from '@tanstack/react-router';
import { Face } from '@trainyard/ui';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { Column } from '../lists/DataTable.tsx';
import { useNow } from '../shell/useNow.ts';
import { metricText } from './metric-text.ts';
import type { RunRowFragment } from './run-list.generated.ts';
import { RunStateBadge } from './RunStateBadge.tsx';
import classes from './RunColumns.module.css';

type Row = RunRowFragment;

/** What a list shows of a run: a field is a row here. */
export function useRunColumns(projects: readonly { id: string; key: string; name: string }[], withProject: boolean): readonly Column<Row>[] {
  const { t } = useTranslation('training');
  const format = useFormat();
  const now = useNow(30_000);
  return useMemo(() => {
    const projectOf = new Map(projects.map((project) => [project.id, project]));
    const columns: (Column<Row> | false)[] = [
      {
        field: 'number',
        head: t('list.run'),
        cell: ({ id, number }) => (
          <Link to="/runs/$runId" params={{ runId: id }}>
            {t('page.short', { number })}
          </Link>
        ),
      },
      {
        field: 'state',
        head: t('list.field.state'),
        isSortable: true,
        cell: ({ card: { state, waiting, doubt, step, totalSteps } }) => (
          <>
            <RunStateBadge state={state} waiting={waiting} doubt={doubt} />
            {state === 'RUNNING' && totalSteps > 0 && <span className={classes.share}>{format.wholePercent(Math.min(1, step / totalSteps))}</span>}
          </>
        ),
      },
      {
        field: 'ticket',
        head: t('list.field.ticket'),
        isWide: true,
        cell: ({ ticket }) =>
          ticket ? (
            <Link to="/tickets/$ticketKey" params={{ ticketKey: ticket.key }} title={ticket.title}>
              <span className={classes.dimmed}>{ticket.key}</span> {ticket.title}
            </Link>
          ) : (
            <span className={classes.dimmed}>{t('list.ticketGone')}</span>
          ),
      },
      withProject && {
        field: 'project',
        head: t('list.field.project'),
        isMinor: true,
        cell: ({ projectId, ticket }) => {
          const project = projectOf.get(projectId);
          // those that are archived are not among all projects
          const key = project?.key ?? ticket?.key.slice(0, ticket.key.lastIndexOf('-'));
          return (
            key && (
              <Link to="/projects/$projectKey/runs" params={{ projectKey: key }} title={project?.name}>
                {key}
              </Link>
            )
          );
        },
      },
      {
        field: 'template',
        head: t('list.field.template'),
        isSortable: true,
        cell: ({ template }) => <Cut text={t(`template.${template}.name`)} />,
      },
      {
        field: 'metric.accuracy',
        head: t('list.result'),
        isSortable: true,
        isDescendingFirst: true,
        isNumeric: true,
        cell: ({ card: { headline } }) =>
          headline && (
            <span title={t('headline.full', { split: t(`split.${headline.split}`), name: t(`metric.${headline.name as 'mae'}`) })}>
              {metricText(format, headline.name, headline.value)} <span className={classes.dimmed}>{t(`headline.short.${headline.split}`)}</span>
            </span>
          ),
      },
      {
        field: 'queued',
        head: t('list.field.queued'),
        isSortable: true,
        isDescendingFirst: true,
        cell: ({ queuedAt }) => (
          <span className={classes.dimmed} title={format.dateTime(queuedAt)}>
            {format.relative(queuedAt, now)}
          </span>
        ),
      },
      {
        field: 'duration',
        head: t('list.field.duration'),
        isSortable: true,
        isDescendingFirst: true,
        isNumeric: true,
        isMinor: true,
        cell: ({ card: { elapsedMs } }) => elapsedMs !== null && elapsedMs > 0 && format.duration(elapsedMs),
      },
      {
        field: 'by',
        head: t('list.field.by'),
        cell: ({ createdBy }) =>
          createdBy && (
            <span className={classes.person}>
              <Face {...createdBy} size={20} />
              <span className={classes.name}>{createdBy.name}</span>
            </span>
          ),
      },
      {
        field: 'engine',
        head: t('list.field.engine'),
        isSortable: true,
        isMinor: true,
        // until a runner has taken it there is what was asked for
        cell: ({ engine, attempt }) =>
          attempt?.engine ? (
            <Cut text={t(`engine.${attempt.engine}.name`)} title={[t(`engine.${attempt.engine}.name`), attempt.runnerName].filter(Boolean).join(' · ')} />
          ) : (
            <span className={classes.dimmed}>
              <Cut text={t(`engine.${engine}.name`)} />
            </span>
          ),
      },
    ];
    return columns.filter((column) => column !== false);
  }, [t, format, now, projects, withProject]);
}

function Cut({ text, title = text }: { text: string; title?: string }) {
  return (
    <span className={classes.cut} title={title}>
      {text}
    </span>
  );
}
