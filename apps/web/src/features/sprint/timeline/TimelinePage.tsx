import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconSquareRotated, IconTimeline } from '@tabler/icons-react';
import { useParams, useSearch } from '@tanstack/react-router';
import { can } from '@trainyard/domain';
import { EmptyState, Segments } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { scopeOf } from '../../access/project-scope.ts';
import { useActor } from '../../access/useActor.ts';
import { ErrorNotice } from '../../shell/error/ErrorNotice.tsx';
import { NotFoundPage } from '../../shell/NotFoundPage.tsx';
import { Page } from '../../shell/Page.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { useSearchChange } from '../../shell/useSearchChange.ts';
import { ReleasesDialog, type ReleasesAt } from '../releases/ReleasesDialog.tsx';
import { projectDay } from '../sprint-days.ts';
import { TimelineDocument, type TimelineQuery } from './timeline.generated.ts';
import { timelineSearch } from './timeline-search.ts';
import { ZOOMS } from './timeline-scale.ts';
import { TimelineChart } from './TimelineChart.tsx';
import { EPICS_EACH, useEpics } from './useEpics.ts';
import { useTimelineNews } from './useTimelineNews.ts';
import classes from './TimelineChart.module.css';

type Project = NonNullable<TimelineQuery['project']>;

/** The epics of a project: how far they are, when they are to be done and when they will be, beside the sprints and what waits for what. */
export function TimelinePage() {
  const { projectKey = '' } = useParams({ strict: false });
  const { t } = useTranslation('sprint');
  const { data, error, refetch } = useQuery(TimelineDocument, { variables: { key: projectKey }, fetchPolicy: 'cache-and-network' });
  if (data?.project) return <Timeline key={data.project.id} project={data.project} onFrame={refetch} />;
  if (data) return <NotFoundPage />;
  return (
    <Page title={t('timeline.title')} fills>
      <Waiting error={error} onRetry={refetch} height={320} />
    </Page>
  );
}

function Timeline({ project, onFrame }: { project: Project; onFrame: () => Promise<unknown> }) {
  const { t } = useTranslation('sprint');
  const actor = useActor();
  const changeSearch = useSearchChange<{ zoom: string }>();
  const { zoom = 'MONTHS' } = timelineSearch(useSearch({ strict: false }));
  const format = useFormat();
  const { epics, total, progress, error, more, renew, renewProgress } = useEpics(project.id);
  const [busy, setBusy] = useState(false);
  const [at, setAt] = useState<ReleasesAt | null>(null);
  const today = projectDay(project.timeZone);
  useTimelineNews(project, { epics, renew, renewProgress }, onFrame);
  return (
    <Page
      title={t('timeline.title')}
      lead={t('timeline.lead')}
      fills
      actions={
        <>
          <Button size="compact-sm" variant="default" leftSection={<IconSquareRotated size={14} aria-hidden="true" />} onClick={() => setAt('LIST')}>
            {t('releases.title')}
          </Button>
          <Segments
            label={t('timeline.zoom')}
            data={ZOOMS.map((one) => ({ value: one, label: t(`timeline.zooms.${one}`) }))}
            value={zoom}
            onChange={(next) => changeSearch({ zoom: next === 'WEEKS' ? 'weeks' : undefined })}
          />
        </>
      }
    >
      {epics ? <ErrorNotice error={error} onRetry={renew} /> : <Waiting error={error} onRetry={renew} height={320} />}
      {epics?.length === 0 && project.sprints.length === 0 && project.releases.length === 0 && (
        <EmptyState icon={<IconTimeline />} title={t('timeline.empty')} text={t('timeline.emptyText')} />
      )}
      {epics && (epics.length > 0 || project.sprints.length > 0 || project.releases.length > 0) && (
        <TimelineChart
          epics={epics}
          progress={progress}
          sprints={project.sprints}
          releases={project.releases}
          onRelease={(id) => setAt({ id })}
          today={today}
          zoom={zoom}
          mayWrite={can(actor, 'ticket.write', scopeOf(project))}
          onChanged={renew}
        />
      )}
      {epics && epics.length < total && (
        <div className={classes.more} role="status">
          {t('timeline.someOf', { shown: format.number(epics.length), total: format.number(total) })}
          <Button
            size="compact-sm"
            variant="default"
            loading={busy}
            onClick={() => {
              setBusy(true);
              void more().finally(() => setBusy(false));
            }}
          >
            {t('timeline.more', { count: Math.min(EPICS_EACH, total - epics.length) })}
          </Button>
        </div>
      )}
      {at !== null && (
        <ReleasesDialog
          projectId={project.id}
          releases={project.releases}
          today={today}
          mayManage={can(actor, 'sprint.manage', scopeOf(project))}
          at={at}
          onAt={setAt}
          onClose={() => setAt(null)}
        />
      )}
    </Page>
  );
}
