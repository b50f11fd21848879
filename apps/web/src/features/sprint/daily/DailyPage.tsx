import { useQuery } from '@apollo/client/react';
import { useParams } from '@tanstack/react-router';
import { EmptyState, Face } from '@trainyard/ui';
import { IconSunrise } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { WorkNews } from '../../activity/WorkNews.tsx';
import { useWorkNews } from '../../activity/work-news.ts';
import { useIsElsewhere } from '../../project/frame-project.ts';
import { LinkButton } from '../../shell/LinkButton.tsx';
import { NotFoundPage } from '../../shell/NotFoundPage.tsx';
import { Page } from '../../shell/Page.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { sprintTrail } from '../sprint-trail.tsx';
import { SprintDailyDocument, type SprintDailyQuery } from './daily.generated.ts';
import { DayTicket } from './DayTicket.tsx';
import { peopleOf } from './people-of.ts';
import classes from './Daily.module.css';

type Day = NonNullable<SprintDailyQuery['sprintDay']>;

/** What a team talks about in the morning: who has what, what moved, what is blocked, which runs ended. */
export function DailyPage() {
  const { sprintId = '' } = useParams({ strict: false });
  return (
    <WorkNews>
      <DailyOf key={sprintId} sprintId={sprintId} />
    </WorkNews>
  );
}

function DailyOf({ sprintId }: { sprintId: string }) {
  const { projectKey = '' } = useParams({ strict: false });
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const { data, error, refetch } = useQuery(SprintDailyDocument, { variables: { id: sprintId }, fetchPolicy: 'cache-and-network' });
  useWorkNews(refetch);
  const isElsewhere = useIsElsewhere(data?.sprint?.projectId);
  if (isElsewhere || (data && (!data.sprint || !data.sprintDay))) return <NotFoundPage />;
  const { sprint, sprintDay: day } = data ?? {};
  return (
    <Page
      title={t('daily.title', { name: sprint?.name ?? '…' })}
      lead={sprint?.state === 'RUNNING' && day && t('daily.lead', { today: format.date(day.today), since: format.date(day.since) })}
      trail={sprintTrail(projectKey, sprintId, { sprints: t('list.title'), sprint: sprint?.name ?? '…' })}
    >
      {!data && <Waiting error={error} onRetry={refetch} height={320} />}
      {sprint?.state === 'PLANNED' && (
        <EmptyState
          icon={<IconSunrise />}
          title={t('daily.notBegun')}
          text={t('daily.notBegunText', { from: format.date(sprint.startsOn), to: format.date(sprint.endsOn) })}
          action={
            <LinkButton variant="default" to="/projects/$projectKey/backlog" params={{ projectKey }}>
              {t('list.toBacklog')}
            </LinkButton>
          }
        />
      )}
      {sprint?.state === 'CLOSED' && (
        <EmptyState
          icon={<IconSunrise />}
          title={t('daily.ended')}
          text={sprint.closedAt !== null && t('daily.endedText', { day: format.day(sprint.closedAt) })}
          action={
            <LinkButton variant="default" to="/projects/$projectKey/sprints/$sprintId/retrospective" params={{ projectKey, sprintId }}>
              {t('retro.short')}
            </LinkButton>
          }
        />
      )}
      {sprint?.state === 'RUNNING' && day && (day.tickets.length === 0 ? <EmptyState icon={<IconSunrise />} title={t('daily.empty')} /> : <People day={day} />)}
    </Page>
  );
}

function People({ day }: { day: Day }) {
  const { t } = useTranslation('sprint');
  return (
    <div className={classes.people}>
      {peopleOf(day.tickets).map(({ id, name, tickets, quiet }) => (
        <section key={id ?? ''} className={classes.person} aria-label={name ?? t('daily.nobody')}>
          <header>
            {id !== null && name !== null && <Face id={id} name={name} size={24} />}
            <h2>{name ?? t('daily.nobody')}</h2>
            {id !== null && day.away.includes(id) && <span className={classes.away}>{t('daily.away')}</span>}
          </header>
          <ul>
            {tickets.map((ticket) => (
              <DayTicket key={ticket.ticketId} ticket={ticket} />
            ))}
          </ul>
          {quiet.length > 0 && (
            <details>
              <summary>{t('daily.quiet', { count: quiet.length })}</summary>
              <ul>
                {quiet.map((ticket) => (
                  <DayTicket key={ticket.ticketId} ticket={ticket} />
                ))}
              </ul>
            </details>
          )}
        </section>
      ))}
    </div>
  );
}
