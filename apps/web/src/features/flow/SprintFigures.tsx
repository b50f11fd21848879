import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { WorkNews } from '../activity/WorkNews.tsx';
import type { SprintPartProps } from '../shell/rooms.ts';
import { Answered } from './Answered.tsx';
import { BurnCard } from './BurnCard.tsx';
import { DrillPanel } from './DrillPanel.tsx';
import type { Drill } from './drill.ts';
import { ReportProjectDocument, SprintReportDocument } from './flow.generated.ts';
import { ReportContext, type ReportFrame, type ReportProject } from './report-context.ts';
import classes from './Reports.module.css';
import { useReportAnswer } from './useReportAnswer.ts';

/** On the page of a sprint: its burndown, and the way to what else is told of it. */
export function SprintFigures({ projectKey, sprintId }: SprintPartProps) {
  const { data } = useQuery(ReportProjectDocument, { variables: { key: projectKey }, fetchPolicy: 'cache-and-network' });
  const sprint = data?.project?.sprints.find(({ id }) => id === sprintId);
  if (!data?.project || !sprint || sprint.state === 'PLANNED') return null;
  return (
    <WorkNews>
      <Figures project={data.project} sprint={sprint} />
    </WorkNews>
  );
}

function Figures({ project, sprint }: { project: ReportProject; sprint: ReportProject['sprints'][number] }) {
  const { t } = useTranslation('flow');
  const [drilled, setDrilled] = useState<Drill | null>(null);
  const frame = useMemo((): ReportFrame => ({ project, report: 'burndown', search: {}, change: () => undefined, drill: setDrilled }), [project]);
  const answer = useReportAnswer(SprintReportDocument, { id: sprint.id, measure: 'POINTS', counted: 'LEAVES', asOf: null }, sprint.state === 'RUNNING');
  const params = { projectKey: project.key };
  const search = { sprint: sprint.id };
  return (
    <ReportContext value={frame}>
      <Answered answer={answer}>
        {({ sprintReport }) => sprintReport && <BurnCard sprint={sprint} answer={sprintReport} as="DOWN" title={t('report.burndown.title')} />}
      </Answered>
      <p className={classes.links}>
        {(['burnup', 'sprint', 'velocity'] as const).map((report) => (
          <Link key={report} to="/projects/$projectKey/reports/$report" params={{ ...params, report }} search={search}>
            {t(`report.${report}.title`)}
          </Link>
        ))}
      </p>
      {drilled && <DrillPanel drill={drilled} onClose={() => setDrilled(null)} />}
    </ReportContext>
  );
}
