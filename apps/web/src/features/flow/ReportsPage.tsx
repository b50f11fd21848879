import { useQuery } from '@apollo/client/react';
import { useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { WorkNews } from '../activity/WorkNews.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { Page, Section } from '../shell/Page.tsx';
import { Waiting } from '../shell/Waiting.tsx';
import { useSearchChange } from '../shell/useSearchChange.ts';
import { AsOf } from './AsOf.tsx';
import { ReportProjectDocument } from './flow.generated.ts';
import type { ReportProject } from './report-context.ts';
import { ReportCards } from './ReportCards.tsx';
import { reportSearch, type ReportSearch } from './report-search.ts';
import classes from './Reports.module.css';
import { REPORT_GROUPS } from './reports.ts';
import { SprintSelect } from './SprintSelect.tsx';
import { chosenSprint, startedSprints } from './started-sprints.ts';

/** The reports of a project, each with its key number. */
export function ReportsPage() {
  const { projectKey = '' } = useParams({ strict: false });
  const { t } = useTranslation('flow');
  const { data, error, refetch } = useQuery(ReportProjectDocument, { variables: { key: projectKey }, fetchPolicy: 'cache-and-network' });
  if (data?.project === null) return <NotFoundPage />;
  return (
    <WorkNews>
      <Page title={t('title')} lead={t('lead')}>
        {data?.project ? <Overview project={data.project} /> : <Waiting error={error} onRetry={refetch} height={360} />}
      </Page>
    </WorkNews>
  );
}

function Overview({ project }: { project: ReportProject }) {
  const { t } = useTranslation('flow');
  const search = reportSearch(useSearch({ strict: false }));
  const sprints = startedSprints(project.sprints);
  const change = useSearchChange<ReportSearch>();
  return (
    <>
      <div className={classes.bar}>
        {sprints.length > 1 && <SprintSelect sprints={sprints} value={chosenSprint(sprints, search.sprint)?.id} onChange={(sprint) => change({ sprint })} />}
        <AsOf search={search} timeZone={project.timeZone} hasKnown={false} onChange={change} />
      </div>
      {(['SPRINTS', 'FLOW', 'AHEAD'] as const).map((group) => (
        <Section key={group} title={t(`group.${group}`)}>
          <ReportCards project={project} reports={REPORT_GROUPS[group]} group={group} search={search} />
        </Section>
      ))}
    </>
  );
}
