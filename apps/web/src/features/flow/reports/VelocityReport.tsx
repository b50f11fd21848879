import { EmptyState, Fact, Facts } from '@trainyard/ui';
import { IconGauge } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { Answered } from '../Answered.tsx';
import { ChartCard } from '../ChartCard.tsx';
import { LOOKS } from '../chart-looks.ts';
import type { Drill } from '../drill.ts';
import { DrillNumber } from '../DrillNumber.tsx';
import { VelocityDocument, type VelocityQuery } from '../flow.generated.ts';
import { useReport } from '../report-context.ts';
import { countedOf, measureOf } from '../report-search.ts';
import classes from '../Reports.module.css';
import { useReportAnswer } from '../useReportAnswer.ts';
import { useAmountText } from '../useAmountText.ts';

/** How much was committed to and completed in the sprints that ended. */
export function VelocityReport() {
  const { project, search } = useReport();
  const answer = useReportAnswer(
    VelocityDocument,
    { projectId: project.id, boardId: search.board ?? null, measure: measureOf(search), counted: countedOf(search), asOf: search.asOf ?? null },
    search.asOf === undefined,
  );
  return <Answered answer={answer}>{({ projectVelocity }) => <VelocityCard velocity={projectVelocity} />}</Answered>;
}

function VelocityCard({ velocity: { sprints, spread, perDay, used } }: { velocity: VelocityQuery['projectVelocity'] }) {
  const { t } = useTranslation('flow');
  const format = useFormat();
  const navigate = useNavigate();
  const { project, search } = useReport();
  const measure = measureOf(search);
  const amountText = useAmountText();
  if (sprints.length === 0) return <EmptyState icon={<IconGauge />} title={t('velocity.empty')} text={t('velocity.emptyText')} />;
  const nameOf = ({ name, mark }: (typeof sprints)[number]): string => (mark === null ? name : t('velocity.marked', { name, mark: t(`mark.${mark}`) }));
  const drillOf = ({ id, name }: (typeof sprints)[number], part: 'COMMITTED' | 'DONE', what: string): Drill => ({
    ...{ kind: 'SPRINT', title: `${name} · ${what}`, sprintId: id, at: search.asOf ?? null, measure, counted: countedOf(search), part },
  });
  /** Why a sprint says nothing of how fast the team is. */
  const whyNot = ({ mark, plannedDays, workedDays }: (typeof sprints)[number]): string =>
    mark === 'SHORTENED' ? t('velocity.shortened', { worked: workedDays, planned: plannedDays }) : t(`mark.${mark ?? 'EMPTY'}`);
  const leftOut = sprints.filter(({ mark }) => mark !== null);
  const usedSprints = sprints.filter(({ isUsed }) => isUsed);
  /** The sprints that the spread is made of, each with what it adds. */
  const madeOf = (title: string, of: typeof sprints, amountOf: (sprint: (typeof sprints)[number]) => string): Drill => ({
    kind: 'NAMED',
    title,
    lines: of.map((sprint) => ({ key: sprint.id, name: sprint.name, amount: amountOf(sprint), opens: { sprintId: sprint.id } })),
  });
  const tenths = (value: number): number => Math.round(value * 10) / 10;
  const rounded = (value: number): string => format.number(tenths(value));
  const amount = (value: number): string => amountText(measure, tenths(value));
  const completedIn = ({ completed }: (typeof sprints)[number]): string => amount(completed);
  return (
    <ChartCard
      title={t('report.velocity.title')}
      definition={t('define.velocity')}
      slots={sprints.map((sprint) => ({ key: sprint.id, name: nameOf(sprint), tick: sprint.name, isShaded: !sprint.isUsed }))}
      layers={[
        {
          kind: 'BARS',
          key: 'committed',
          name: t('velocity.committed'),
          look: LOOKS.committed,
          fill: 'RISING',
          place: [0, 2],
          high: sprints.map(({ committed }) => committed),
          values: sprints.map(({ committed }) => committed),
        },
        {
          kind: 'BARS',
          key: 'completed',
          name: t('velocity.completed'),
          look: LOOKS.done,
          fill: 'PLAIN',
          place: [1, 2],
          high: sprints.map(({ completed }) => completed),
          values: sprints.map(({ completed }) => completed),
        },
      ]}
      levels={
        spread
          ? [
              { key: 'mean', name: t('velocity.mean'), y: spread.mean, look: LOOKS.mean },
              { key: 'min', name: t('velocity.least'), y: spread.min, look: LOOKS.range },
              { key: 'max', name: t('velocity.most'), y: spread.max, look: LOOKS.range },
            ]
          : []
      }
      areNamed
      unit={t(`unit.${measure}`)}
      formatY={rounded}
      onOpen={({ key }) =>
        void navigate({
          to: '/projects/$projectKey/reports/$report',
          params: { projectKey: project.key, report: 'sprint' },
          search: { ...search, sprint: key },
        })
      }
      table={{
        columns: [
          { key: 'sprint', name: t('column.sprint'), type: 'TEXT' },
          { key: 'committed', name: t('velocity.committed'), type: 'NUMBER' },
          { key: 'completed', name: t('velocity.completed'), type: 'NUMBER' },
          { key: 'planned', name: t('velocity.planned'), type: 'NUMBER' },
          { key: 'worked', name: t('velocity.worked'), type: 'NUMBER' },
          { key: 'note', name: t('velocity.note'), type: 'TEXT' },
        ],
        rows: sprints.map((sprint) => ({
          key: sprint.id,
          cells: {
            sprint: sprint.name,
            committed: sprint.committed,
            completed: sprint.completed,
            planned: sprint.plannedDays,
            worked: sprint.workedDays,
            note: sprint.mark ? t('velocity.leftOut', { why: whyNot(sprint) }) : '',
          },
          drills: {
            committed: drillOf(sprint, 'COMMITTED', t('velocity.committed')),
            completed: drillOf(sprint, 'DONE', t('velocity.completed')),
          },
        })),
      }}
    >
      {spread ? (
        <Facts layout="TILES">
          <Fact name={t('velocity.mean')}>
            <DrillNumber drill={madeOf(t('velocity.mean'), usedSprints, completedIn)}>{amount(spread.mean)}</DrillNumber>
          </Fact>
          <Fact name={t('velocity.range')}>
            <DrillNumber
              drill={madeOf(
                t('velocity.range'),
                usedSprints.toSorted((a, b) => a.completed - b.completed),
                completedIn,
              )}
            >
              {t('velocity.from', { min: rounded(spread.min), max: rounded(spread.max) })}
            </DrillNumber>
          </Fact>
          {perDay && (
            <Fact name={t('velocity.perDay')}>
              <DrillNumber drill={madeOf(t('velocity.perDay'), usedSprints, ({ completed, workedDays }) => amount(completed / Math.max(1, workedDays)))}>
                {t('velocity.fromMean', { mean: rounded(perDay.mean), min: rounded(perDay.min), max: rounded(perDay.max) })}
              </DrillNumber>
            </Fact>
          )}
          <Fact name={t('velocity.of')}>
            <DrillNumber drill={madeOf(t('velocity.of'), usedSprints, completedIn)}>{t('velocity.sprints', { count: used })}</DrillNumber>
          </Fact>
        </Facts>
      ) : (
        <p>{t('velocity.tooFew', { count: used })}</p>
      )}
      {leftOut.length > 0 && (
        <p className={classes.note}>
          {t('velocity.leftOutAll', { all: leftOut.map((sprint) => t('velocity.why', { name: sprint.name, why: whyNot(sprint) })) })}
        </p>
      )}
    </ChartCard>
  );
}
