import { useQuery } from '@apollo/client/react';
import { Link, useParams } from '@tanstack/react-router';
import { can } from '@trainyard/domain';
import { Fact, Facts, Table } from '@trainyard/ui';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { useWorkNews } from '../activity/work-news.ts';
import { WorkNews } from '../activity/WorkNews.tsx';
import { useIsElsewhere } from '../project/frame-project.ts';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { Page, Section } from '../shell/Page.tsx';
import { useRooms } from '../shell/rooms.ts';
import { Waiting } from '../shell/Waiting.tsx';
import { SprintCapacity } from './backlog/SprintCapacity.tsx';
import { SprintActions } from './SprintActions.tsx';
import classes from './SprintPage.module.css';
import { amountText, daysText, leftText, projectDay } from './sprint-days.ts';
import { BacklogDocument, SprintPageDocument, type SprintPageQuery } from './sprints.generated.ts';

type Sprint = NonNullable<SprintPageQuery['sprint']>;

/** One sprint: what it was to reach, and what became of what was in it. */
export function SprintPage() {
  return (
    <WorkNews>
      <SprintRead />
    </WorkNews>
  );
}

function SprintRead() {
  const { projectKey = '', sprintId = '' } = useParams({ strict: false });
  const { t } = useTranslation('sprint');
  const { data, error, refetch } = useQuery(SprintPageDocument, { variables: { id: sprintId }, fetchPolicy: 'cache-and-network' });
  useWorkNews(refetch);
  const isElsewhere = useIsElsewhere(data?.sprint?.projectId);
  if (data?.sprint && !isElsewhere) return <SprintOf projectKey={projectKey} sprint={data.sprint} />;
  if (data) return <NotFoundPage />;
  return (
    <Page title={t('list.name')} frame="reading">
      <Waiting error={error} onRetry={refetch} height={160} />
    </Page>
  );
}

function SprintOf({ projectKey, sprint }: { projectKey: string; sprint: Sprint }) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const actor = useActor();
  const { data } = useQuery(BacklogDocument, { variables: { key: projectKey } });
  const project = data?.project;
  const parts = useRooms().flatMap(({ SprintPart }) => SprintPart ?? []);
  const { totals, outcomes, state } = sprint;
  const amount = (tickets: number, points: number): string => amountText(t, format, tickets, points);
  const added = outcomes.filter(({ committed }) => !committed);
  const carried = outcomes.filter(({ outcome }) => outcome === 'CARRIED');
  const pointsOf = (those: typeof outcomes): number => those.reduce((sum, { pointsAtEnd, isCounted }) => sum + (isCounted ? (pointsAtEnd ?? 0) : 0), 0);
  return (
    <Page
      title={sprint.name}
      frame="reading"
      lead={sprint.goal || undefined}
      trail={[
        <Link key="sprints" to="/projects/$projectKey/sprints" params={{ projectKey }}>
          {t('list.title')}
        </Link>,
      ]}
      actions={
        project &&
        can(actor, 'sprint.manage', scopeOf(project)) && (
          <SprintActions
            sprint={sprint}
            projectId={project.id}
            today={projectDay(project.timeZone)}
            boards={project.boards.filter(({ kind }) => kind === 'SCRUM')}
            open={project.sprints}
          />
        )
      }
    >
      <Facts layout="TILES">
        <Fact name={t('list.state')}>
          {t(`state.${state}`)}
          {state === 'RUNNING' && project && `, ${leftText(t, sprint, projectDay(project.timeZone))}`}
        </Fact>
        <Fact name={t('list.days')}>{daysText(t, format, sprint)}</Fact>
        {state !== 'PLANNED' && <Fact name={t('page.committed')}>{amount(totals.committed, totals.committedPoints)}</Fact>}
        {state !== 'PLANNED' && <Fact name={t('page.done')}>{amount(totals.done, totals.donePoints)}</Fact>}
        {state === 'CLOSED' && <Fact name={t('page.added')}>{amount(added.length, pointsOf(added))}</Fact>}
        {state === 'CLOSED' && <Fact name={t('page.carried')}>{amount(carried.length, pointsOf(carried))}</Fact>}
        {totals.cancelled > 0 && <Fact name={t('page.cancelled')}>{format.number(totals.cancelled)}</Fact>}
      </Facts>
      {state === 'CLOSED' && <SprintCapacity sprintId={sprint.id} name={sprint.name} />}
      {state !== 'PLANNED' && (
        <p className={classes.ways}>
          {state === 'RUNNING' && (
            <Link to="/projects/$projectKey/sprints/$sprintId/daily" params={{ projectKey, sprintId: sprint.id }}>
              {t('daily.short')}
            </Link>
          )}
          <Link to="/projects/$projectKey/sprints/$sprintId/retrospective" params={{ projectKey, sprintId: sprint.id }}>
            {t('retro.short')}
          </Link>
        </p>
      )}
      <Suspense>
        {parts.map((Part, i) => (
          <Part key={i} projectKey={projectKey} sprintId={sprint.id} />
        ))}
      </Suspense>
      {state === 'CLOSED' ? (
        <Section title={t('page.tickets')} lead={t('page.definition')}>
          <Table
            caption={t('page.tickets')}
            list
            minWidth={520}
            head={
              <>
                <th scope="col">{t('page.ticket')}</th>
                <th scope="col">{t('page.outcome')}</th>
                <th scope="col">{t('page.since')}</th>
                <th scope="col" data-numeric>
                  {t('page.atStart')}
                </th>
                <th scope="col" data-numeric>
                  {t('page.atEnd')}
                </th>
              </>
            }
          >
            {outcomes.map((one) => (
              <tr key={one.ticketId} role="row">
                <th role="rowheader" scope="row">
                  <Link to="/tickets/$ticketKey" params={{ ticketKey: one.key }}>
                    {one.key} {one.title}
                  </Link>
                </th>
                <td role="cell" data-head={t('page.outcome')}>
                  {t(`outcome.${one.outcome}`)}
                </td>
                <td role="cell" data-head={t('page.since')}>
                  {t(one.committed ? 'page.start' : 'page.later')}
                </td>
                <td role="cell" data-head={t('page.atStart')} data-numeric>
                  {one.pointsAtStart === null ? '' : format.number(one.pointsAtStart)}
                </td>
                <td role="cell" data-head={t('page.atEnd')} data-numeric>
                  {one.pointsAtEnd === null ? '' : format.number(one.pointsAtEnd)}
                </td>
              </tr>
            ))}
          </Table>
        </Section>
      ) : (
        <p>
          {t(state === 'RUNNING' ? 'page.running' : 'page.planned')}{' '}
          {state === 'RUNNING' && sprint.boardId !== null ? (
            <Link to="/projects/$projectKey/board/$boardId" params={{ projectKey, boardId: sprint.boardId }}>
              {t('page.toBoard')}
            </Link>
          ) : (
            <Link to="/projects/$projectKey/backlog" params={{ projectKey }}>
              {t('list.toBacklog')}
            </Link>
          )}
        </p>
      )}
    </Page>
  );
}
