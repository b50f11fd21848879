import { isHigherBetter, METRIC_NAMES, type RunParameters } from '@trainyard/domain';
import { Face } from '@trainyard/ui';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { Column } from '../lists/DataTable.tsx';
import { RowLink } from '../lists/RowLink.tsx';
import { useNow } from '../shell/useNow.ts';
import { metricName } from './CardRun.tsx';
import { metricText } from './metric-text.ts';
import { PARAMETER_NAMES, useParameterText } from './RunFacts.tsx';
import type { RunRowFragment } from './run-list.generated.ts';
import { RunStateBadge } from './RunStateBadge.tsx';
import classes from './RunColumns.module.css';
import { useRunWords } from './useRunWords.ts';

type Row = RunRowFragment;

export interface RunColumnsOf {
  projects: readonly { id: string; key: string; name: string }[];
  withProject: boolean;
  /** Names that the found runs have; null: not asked for, so what our trainers have. */
  found: { metrics: readonly string[]; parameters: readonly string[] } | null;
}

const SPLITS = ['VALIDATION', 'TEST', 'TRAIN'] as const;

/** All that can be told of a run in a list: a field is a row here. */
export function useRunColumns({ projects, withProject, found }: RunColumnsOf): readonly Column<Row>[] {
  const facts = useFactColumns(projects, withProject);
  const metrics = useMetricColumns(found?.metrics ?? METRIC_NAMES);
  const parameters = useParameterColumns(found?.parameters ?? PARAMETER_NAMES);
  return useMemo(() => [...facts, ...metrics, ...parameters], [facts, metrics, parameters]);
}

function useMetricColumns(names: readonly string[]): readonly Column<Row>[] {
  const { t } = useTranslation('training');
  const format = useFormat();
  const words = useRunWords();
  return useMemo(
    () =>
      names.flatMap((name): Column<Row>[] =>
        ([null, ...SPLITS] as const).map((split) => {
          const field = split === null ? `metric.${name}` : `metric.${split.toLowerCase()}.${name}`;
          const called = words.field(`metric.${name}`);
          return {
            field,
            group: t('list.group.metrics'),
            head: split === null ? called : t('compare.metric', { name: called, split: t(`split.${split}`) }),
            isExtra: true,
            isMinor: true,
            isSortable: true,
            isNumeric: true,
            isDescendingFirst: isHigherBetter(name),
            cell: (row) => {
              const value = metricOf(row, name, split);
              return value !== null && (Number.isFinite(value) ? metricText(format, name, value) : t('compare.notANumber'));
            },
          };
        }),
      ),
    [names, t, format, words],
  );
}

/** As the list sorts: of the result, of test, else validation, else training samples; else what was reported so far. */
function metricOf({ result, card: { headline } }: Row, name: string, split: (typeof SPLITS)[number] | null): number | null {
  for (const one of split === null ? (['TEST', 'VALIDATION', 'TRAIN'] as const) : [split]) {
    const metric = result?.metrics.find((each) => each.split === one && each.name.toLowerCase() === name);
    if (metric) return metric.value;
  }
  return headline && headline.name === name && (split === null || headline.split === split) ? headline.value : null;
}

function useParameterColumns(names: readonly string[]): readonly Column<Row>[] {
  const { t } = useTranslation('training');
  const text = useParameterText();
  const words = useRunWords();
  return useMemo(
    () =>
      PARAMETER_NAMES.filter((name) => names.includes(name)).map((name: keyof RunParameters): Column<Row> => ({
        field: `param.${name}`,
        group: t('list.group.parameters'),
        head: words.field(`param.${name}`),
        isExtra: true,
        isMinor: true,
        isSortable: true,
        isNumeric: name !== 'optimizer' && name !== 'schedule' && name !== 'targetColumn' && name !== 'hiddenUnits',
        cell: ({ parameters }) => text(name, parameters),
      })),
    [names, t, text, words],
  );
}

function useFactColumns(projects: RunColumnsOf['projects'], withProject: boolean): readonly Column<Row>[] {
  const { t } = useTranslation('training');
  const format = useFormat();
  const now = useNow(30_000);
  return useMemo(() => {
    const projectOf = new Map(projects.map((project) => [project.id, project]));
    const when = (field: 'queued' | 'started' | 'ended', of: (row: Row) => string | null, isExtra: boolean): Column<Row> => ({
      field,
      head: t(`list.field.${field}`),
      isExtra,
      isMinor: isExtra,
      isSortable: true,
      isDescendingFirst: true,
      cell: (row) => {
        const at = of(row);
        return (
          at !== null && (
            <span className={classes.dimmed} title={format.dateTime(at)}>
              {format.relative(at, now)}
            </span>
          )
        );
      },
    });
    const columns: (Column<Row> | false)[] = [
      {
        field: 'number',
        head: t('list.run'),
        cell: ({ id, number }) => <RowLink to={`/runs/${id}`}>{t('page.short', { number })}</RowLink>,
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
            <RowLink to={`/tickets/${ticket.key}`} title={ticket.title}>
              <span className={classes.dimmed}>{ticket.key}</span> {ticket.title}
            </RowLink>
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
              <RowLink to={`/projects/${key}/runs`} title={project?.name}>
                {key}
              </RowLink>
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
        field: 'dataset',
        head: t('list.field.dataset'),
        isExtra: true,
        isMinor: true,
        isSortable: true,
        cell: ({ dataset }) =>
          dataset ? (
            <RowLink to={`/datasets/${dataset.id}`}>
              <Cut text={dataset.name} />
            </RowLink>
          ) : (
            <span className={classes.dimmed}>{t('fact.datasetGone')}</span>
          ),
      },
      {
        id: 'headline',
        field: 'metric.accuracy',
        head: t('list.result'),
        isSortable: true,
        isDescendingFirst: true,
        isNumeric: true,
        cell: ({ card: { headline } }) =>
          headline && (
            <span title={t('headline.full', { split: t(`split.${headline.split}`), name: metricName(t, headline.name) })}>
              {metricText(format, headline.name, headline.value)} <span className={classes.dimmed}>{t(`headline.short.${headline.split}`)}</span>
            </span>
          ),
      },
      when('queued', ({ queuedAt }) => queuedAt, false),
      when('started', ({ startedAt }) => startedAt, true),
      when('ended', ({ endedAt }) => endedAt, true),
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
      {
        field: 'runner',
        head: t('fact.runner'),
        isExtra: true,
        isMinor: true,
        cell: ({ attempt }) => attempt?.runnerName && <Cut text={attempt.runnerName} />,
      },
      {
        field: 'epochs',
        head: t('fact.epochs'),
        isExtra: true,
        isMinor: true,
        isNumeric: true,
        cell: ({ card: { trainingEpoch, totalEpochs } }) => totalEpochs > 0 && `${format.number(trainingEpoch)} / ${format.number(totalEpochs)}`,
      },
      {
        field: 'steps',
        head: t('fact.steps'),
        isExtra: true,
        isMinor: true,
        isNumeric: true,
        cell: ({ card: { step, totalSteps } }) => totalSteps > 0 && `${format.number(step)} / ${format.number(totalSteps)}`,
      },
      {
        field: 'failure',
        head: t('list.field.failure'),
        isExtra: true,
        isMinor: true,
        cell: ({ failureCode, card: { state } }) => state === 'FAILED' && failureCode && <Cut text={t(`list.failure.${failureCode as 'DIVERGED'}`)} />,
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
