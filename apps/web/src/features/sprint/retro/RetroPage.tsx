import { useQuery } from '@apollo/client/react';
import { useParams } from '@tanstack/react-router';
import { can } from '@trainyard/domain';
import { EmptyState } from '@trainyard/ui';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../../access/project-scope.ts';
import { useActor } from '../../access/useActor.ts';
import { WorkNews } from '../../activity/WorkNews.tsx';
import { useWorkNews } from '../../activity/work-news.ts';
import { useIsElsewhere } from '../../project/frame-project.ts';
import { NotFoundPage } from '../../shell/NotFoundPage.tsx';
import { Page, Section } from '../../shell/Page.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { sprintTrail } from '../sprint-trail.tsx';
import { BacklogDocument } from '../sprints.generated.ts';
import { LookBack } from './LookBack.tsx';
import { RetroActions } from './RetroActions.tsx';
import { RetroNotes } from './RetroNotes.tsx';
import { RetroPageDocument } from './retro.generated.ts';

/** What a team says of a sprint: first what the log says, then what people say, then what is to be done. */
export function RetroPage() {
  const { sprintId = '' } = useParams({ strict: false });
  return (
    <WorkNews>
      <RetroOf key={sprintId} sprintId={sprintId} />
    </WorkNews>
  );
}

function RetroOf({ sprintId }: { sprintId: string }) {
  const { projectKey = '' } = useParams({ strict: false });
  const { t } = useTranslation('sprint');
  const actor = useActor();
  const { data, error, refetch } = useQuery(RetroPageDocument, { variables: { id: sprintId }, fetchPolicy: 'cache-and-network' });
  const { data: of } = useQuery(BacklogDocument, { variables: { key: projectKey } });
  useWorkNews(refetch);
  const isElsewhere = useIsElsewhere(data?.sprint?.projectId);
  if (isElsewhere || (data && (!data.sprint || !data.retro))) return <NotFoundPage />;
  const { sprint, retro } = data ?? {};
  const project = of?.project;
  const may = (right: 'retro.write' | 'sprint.manage'): boolean => Boolean(project && can(actor, right, scopeOf(project)));
  return (
    <Page
      title={t('retro.title', { name: sprint?.name ?? '…' })}
      frame="reading"
      trail={sprintTrail(projectKey, sprintId, { sprints: t('list.title'), sprint: sprint?.name ?? '…' })}
    >
      {!data && <Waiting error={error} onRetry={refetch} height={320} />}
      {sprint?.state === 'PLANNED' && <EmptyState icon={<IconHistory />} title={t('retro.notStarted')} />}
      {sprint && retro && sprint.state !== 'PLANNED' && (
        <>
          {retro.before && (
            <Section title={t('retro.before', { name: retro.before.name })} lead={t('retro.beforeLead')}>
              <RetroActions actions={retro.before.actions} />
            </Section>
          )}
          <Section title={t('retro.log')} lead={t('retro.logLead')}>
            <LookBack sprintId={sprintId} isRunning={sprint.state === 'RUNNING'} />
          </Section>
          <RetroNotes retro={retro} mayWrite={may('retro.write')} mayReveal={may('sprint.manage')} />
          <Section title={t('retro.actions')} lead={t('retro.actionsLead')}>
            <RetroActions actions={retro.actions} of={may('retro.write') ? { sprintId, projectId: sprint.projectId } : undefined} />
          </Section>
        </>
      )}
    </Page>
  );
}
