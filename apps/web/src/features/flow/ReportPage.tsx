import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { WorkNews } from '../activity/WorkNews.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { Page } from '../shell/Page.tsx';
import { Waiting } from '../shell/Waiting.tsx';
import { useSearchChange } from '../shell/useSearchChange.ts';
import { AsOfLine } from './AsOfLine.tsx';
import { DrillPanel } from './DrillPanel.tsx';
import type { Drill } from './drill.ts';
import { ReportProjectDocument } from './flow.generated.ts';
import { ReportBar } from './ReportBar.tsx';
import { ReportContext, type ReportFrame, type ReportProject } from './report-context.ts';
import { reportSearch, type ReportSearch } from './report-search.ts';
import classes from './Reports.module.css';
import { isReport, type Report } from './reports.ts';
import { REPORT_PARTS } from './reports/report-parts.ts';
import { usePrinted } from './usePrinted.ts';

/** One report of a project: its address says which, and all that is asked of it. */
export function ReportPage() {
  const { projectKey = '', report = '' } = useParams({ strict: false });
  return <ProjectReport projectKey={projectKey} report={report} />;
}

export function ProjectReport({ projectKey, report }: { projectKey: string; report: string }) {
  const asked = useSearch({ strict: false });
  // the same one as long as it says the same
  const search = useMemo(() => reportSearch(asked), [asked]);
  const { t } = useTranslation('flow');
  const { data, error, refetch } = useQuery(ReportProjectDocument, { variables: { key: projectKey }, fetchPolicy: 'cache-and-network' });
  usePrinted();
  if (!isReport(report) || data?.project === null) return <NotFoundPage />;
  return (
    <WorkNews>
      <Page
        title={t(`report.${report}.title`)}
        lead={t(`report.${report}.lead`)}
        trail={[
          <Link key="reports" to="/projects/$projectKey/reports" params={{ projectKey }} search={search.asOf === undefined ? {} : { asOf: search.asOf }}>
            {t('title')}
          </Link>,
        ]}
        actions={
          <Button variant="default" className={classes.tool} leftSection={<IconPrinter size={14} aria-hidden="true" />} onClick={() => window.print()}>
            {t('print')}
          </Button>
        }
      >
        {data?.project ? (
          <ReportOf key={report} project={data.project} report={report} search={search} />
        ) : (
          <Waiting error={error} onRetry={refetch} height={360} />
        )}
      </Page>
    </WorkNews>
  );
}

function ReportOf({ project, report, search }: { project: ReportProject; report: Report; search: ReportSearch }) {
  const change = useSearchChange<ReportSearch>();
  const [drilled, setDrilled] = useState<Drill | null>(null);
  const frame = useMemo(
    (): ReportFrame => ({
      project,
      report,
      search,
      change,
      drill: setDrilled,
    }),
    [project, report, search, change],
  );
  const Part = REPORT_PARTS[report];
  return (
    <ReportContext value={frame}>
      <ReportBar />
      <AsOfLine />
      <Part />
      {drilled && <DrillPanel drill={drilled} onClose={() => setDrilled(null)} />}
    </ReportContext>
  );
}
