import { useQuery } from '@apollo/client/react';
import { IconLock } from '@tabler/icons-react';
import { Outlet, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { HeaderSlotContext } from '../shell/HeaderActions.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import page from '../shell/Page.module.css';
import { PageTitle, TitleContext } from '../shell/PageTitle.tsx';
import { FrameProject } from './frame-project.ts';
import { PinButton } from './PinButton.tsx';
import { ProjectFrameDocument } from './project-frame.generated.ts';
import classes from './ProjectFrame.module.css';
import { ProjectToday } from './ProjectToday.tsx';
import { ProjectTabs } from './ProjectTabs.tsx';
import { rememberProject } from './recent-boards.ts';

/** What stands around each page of a project: which one it is, what the page puts beside that, and the way to its other pages. */
export function ProjectFrame() {
  const { projectKey = '' } = useParams({ strict: false });
  return <FrameOf key={projectKey} projectKey={projectKey} />;
}

function FrameOf({ projectKey }: { projectKey: string }) {
  const { t } = useTranslation('shell');
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const { data, error, refetch } = useQuery(ProjectFrameDocument, { variables: { key: projectKey }, fetchPolicy: 'cache-and-network' });
  const project = data?.project;
  const isUsed = project?.state === 'ACTIVE';
  useEffect(() => {
    if (isUsed) rememberProject(projectKey);
  }, [isUsed, projectKey]);

  if (data && !project) return <NotFoundPage />;
  return (
    <HeaderSlotContext value={slot}>
      <TitleContext value={project?.name ?? projectKey}>
        <div className={classes.frame}>
          <div className={classes.head}>
            <div className={classes.row}>
              <span className={classes.name} title={project?.name}>
                {project?.name ?? projectKey}
              </span>
              {project?.visibility === 'PRIVATE' && <IconLock size={14} role="img" aria-label={t('nav.private')} className={classes.lock} />}
              {project && <PinButton project={project} />}
              {project && <ProjectToday timeZone={project.timeZone} />}
              <div ref={setSlot} className={classes.slot} />
            </div>
            {project ? <ProjectTabs project={project} /> : <div className={classes.waiting} />}
          </div>
          <div className={classes.content}>
            {/* its pages would fail the same way, each with a notice of its own */}
            {error && !project ? (
              <div className={page.page}>
                <PageTitle title={projectKey} hidden />
                <ErrorNotice error={error} onRetry={refetch} />
              </div>
            ) : (
              <FrameProject value={project?.id ?? null}>
                <Outlet />
              </FrameProject>
            )}
          </div>
        </div>
      </TitleContext>
    </HeaderSlotContext>
  );
}
