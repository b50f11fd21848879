import { useQuery } from '@apollo/client/react';
import { Link, useParams } from '@tanstack/react-router';
import { Face } from '@trainyard/ui';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { timeZone } from '../lists/export-address.ts';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { PageTitle } from '../shell/PageTitle.tsx';
import { Waiting } from '../shell/Waiting.tsx';
import { Asked } from './Asked.tsx';
import { Best } from './Best.tsx';
import classes from './Block.module.css';
import { ProjectOverviewDocument, ProjectRunsDocument, type ProjectOverviewQuery } from './blocks.generated.ts';
import { Changes } from './Changes.tsx';
import { FirstOf } from './FirstOf.tsx';
import { HealthMark, ReasonText } from './HealthMark.tsx';
import { PlaceContext, useWorkNews } from '../activity/work-news.ts';
import page from './OverviewPage.module.css';
import { Progress } from './Progress.tsx';
import { RunLines } from './RunLines.tsx';
import { WorkNews } from '../activity/WorkNews.tsx';

/** How a project does: its health, how far it is, its runs, its people, and what happened since yesterday. */
export function OverviewPage() {
  const { projectKey = '' } = useParams({ strict: false });
  return (
    <WorkNews>
      <Overview projectKey={projectKey} />
    </WorkNews>
  );
}

function Overview({ projectKey }: { projectKey: string }) {
  const { t } = useTranslation('home');
  const { data, error, refetch } = useQuery(ProjectOverviewDocument, { variables: { key: projectKey }, fetchPolicy: 'cache-and-network' });
  useWorkNews(() => refetch());
  const project = data?.project;
  if (project === null) return <NotFoundPage />;
  return (
    <div className={page.page}>
      <PageTitle title={project ? t('overview.of', { project: project.name }) : t('overview.title')} hidden />
      {!project && <Waiting error={error} onRetry={refetch} height={320} />}
      {project && <Parts project={project} />}
    </div>
  );
}

function Parts({ project }: { project: NonNullable<ProjectOverviewQuery['project']> }) {
  const { t } = useTranslation('home');
  const { id, key, health, progress, best, people, team } = project;
  return (
    <div className={classes.grid}>
      <Part title={t('overview.health')}>
        <HealthMark level={health.level} />
        {health.reasons.length === 0 ? (
          <p className={classes.empty}>{t(`overview.${health.level === 'UNKNOWN' ? 'unknown' : 'well'}`)}</p>
        ) : (
          <ul className={classes.list}>
            {health.reasons.map((reason) => (
              <li key={reason.code} className={classes.row}>
                <span className={classes.main}>
                  <ReasonText reason={reason} projectKey={key} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Part>
      <Part title={t('overview.progress')}>
        <Progress progress={progress} projectKey={key} />
        <h3 className={page.sub}>{t('projects.best')}</h3>
        {best ? <Best best={best} /> : <p className={classes.empty}>{t('best.none')}</p>}
      </Part>
      <Part title={t('overview.runs')}>
        <Runs projectId={id} projectKey={key} query="is:going" empty={t('overview.noRuns')} lines={1} />
        <Runs projectId={id} projectKey={key} query="is:ended sort:-ended" empty={null} lines={4} />
      </Part>
      <Part title={t('overview.people')}>
        <p className={classes.foot}>
          <Link to="/teams/$teamId" params={{ teamId: team.id }}>
            {team.name}
          </Link>
        </p>
        <ul className={page.people}>
          {people.slice(0, PEOPLE_MAX).map((person) => (
            <li key={person.id}>
              <Link
                to="/projects/$projectKey/tickets"
                params={{ projectKey: key }}
                search={{ query: `assignee:${person.id} is:unfinished` }}
                className={classes.person}
              >
                <Face id={person.id} name={person.name} size={20} />
                {person.name}
              </Link>
            </li>
          ))}
        </ul>
        {people.length > PEOPLE_MAX && <p className={classes.empty}>{t('overview.morePeople', { count: people.length - PEOPLE_MAX })}</p>}
      </Part>
      <Part title={t('block.CHANGES')} wide>
        <Changes project={{ id, key }} />
      </Part>
    </div>
  );
}

const PEOPLE_MAX = 24;
const FEW = 5;

function Runs({ projectId, projectKey, query, empty, lines }: { projectId: string; projectKey: string; query: string; empty: string | null; lines: number }) {
  return (
    <Asked document={ProjectRunsDocument} variables={{ projectId, query, timeZone: timeZone(), first: FEW }} lines={lines}>
      {({ runs }) => (
        <FirstOf list="RUNS" query={query} projectKey={projectKey} found={runs} shown={FEW} empty={empty}>
          {(nodes) => <RunLines runs={nodes} />}
        </FirstOf>
      )}
    </Asked>
  );
}

function Part({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
  const place = useRef<HTMLElement>(null);
  return (
    <section ref={place} className={classes.block} data-wide={wide || undefined}>
      <h2 className={page.title}>{title}</h2>
      <div className={classes.body}>
        <PlaceContext value={place}>{children}</PlaceContext>
      </div>
    </section>
  );
}
