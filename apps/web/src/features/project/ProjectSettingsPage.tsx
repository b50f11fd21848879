import { useQuery } from '@apollo/client/react';
import { Skeleton } from '@mantine/core';
import { can, type EntityKind } from '@trainyard/domain';
import { Delayed } from '@trainyard/ui';
import { useParams } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { toldByQuery } from '../../apollo-failure.ts';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { useProjectEvents } from '../activity/useProjectEvents.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { Page, Section } from '../shell/Page.tsx';
import { BoardColumns } from './BoardColumns.tsx';
import { ProjectStateNotice } from './ProjectStateNotice.tsx';
import classes from './ProjectSettingsPage.module.css';
import { ProjectBoards } from './ProjectBoards.tsx';
import { ProjectDetailsForm } from './ProjectDetailsForm.tsx';
import { ProjectEnd } from './ProjectEnd.tsx';
import { ProjectLabels } from './ProjectLabels.tsx';
import { ProjectSettingsDocument } from './project-settings.generated.ts';

/** What the page shows, in the words of the log. */
const SHOWN: readonly EntityKind[] = ['PROJECT', 'BOARD', 'COLUMN', 'LABEL'];

export interface ProjectSettingsPageProps {
  /** Lists the webhooks of a project, for who may see them: they are of a room above. */
  Webhooks: ComponentType<{ projectId: string; projectKey: string; readOnly: boolean }>;
}

export function ProjectSettingsPage({ Webhooks }: ProjectSettingsPageProps) {
  const { projectKey = '' } = useParams({ strict: false });
  return <ProjectSettings projectKey={projectKey} Webhooks={Webhooks} />;
}

export function ProjectSettings({ projectKey, Webhooks }: ProjectSettingsPageProps & { projectKey: string }) {
  const { t } = useTranslation('project');
  const actor = useActor();
  // its `seq` is where listening begins: one from the cache would be long past
  const { data, error, refetch } = useQuery(ProjectSettingsDocument, { variables: { key: projectKey }, fetchPolicy: 'network-only' });
  const project = data?.project;
  const readAgain = (): void => toldByQuery(refetch());
  useProjectEvents({
    projectId: project?.id ?? null,
    since: project?.seq ?? null,
    onEvents: ({ activities }) => activities.some(({ entity }) => SHOWN.includes(entity)) && readAgain(),
    onReset: readAgain,
  });
  if (data && !project) return <NotFoundPage />;
  // who may not manage it reads the same settings, without the buttons
  const scope = project ? scopeOf(project) : null;
  const mayManage = scope !== null && can(actor, 'project.manage', scope);
  const mayEnd = scope !== null && (can(actor, 'project.delete', scope) || (mayManage && can(actor, 'project.archive', scope)));
  const used = (project?.boards ?? []).filter((each) => !each.archived);
  return (
    <Page title={t('settings')} frame="reading">
      <ErrorNotice error={error} onRetry={refetch} />
      {project && <ProjectStateNotice project={project} />}
      {project?.state === 'ACTIVE' && !mayManage && <p className={classes.readOnly}>{t('readOnly', { team: project.team.name })}</p>}
      {project ? (
        <>
          <Section title={t('details')}>
            <ProjectDetailsForm key={project.id} project={project} teams={data?.teams ?? []} calendars={data?.calendars ?? []} readOnly={!mayManage} />
          </Section>
          <Section title={t('boards')} lead={t('boardsText')}>
            <ProjectBoards project={project} readOnly={!mayManage} />
          </Section>
          {used.map((each) => (
            <Section key={each.id} title={used.length > 1 ? t('columnsOf', { board: each.name }) : t('columns')} lead={t('columnsText')}>
              <BoardColumns board={each} readOnly={!mayManage} />
            </Section>
          ))}
          <Section title={t('labels')}>
            <ProjectLabels project={project} readOnly={!mayManage} />
          </Section>
          {scope && can(actor, 'webhook.read', scope) && (
            <Webhooks projectId={project.id} projectKey={project.key} readOnly={!can(actor, 'webhook.manage', scope)} />
          )}
          {mayEnd && (
            <Section title={t('end.title')}>
              <ProjectEnd project={project} />
            </Section>
          )}
        </>
      ) : (
        !error && (
          <Delayed>
            <Skeleton height={220} />
            <Skeleton height={220} />
          </Delayed>
        )
      )}
    </Page>
  );
}
