import { useQuery } from '@apollo/client/react';
import { IconRun } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { EmptyState, Table } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { LinkButton } from '../shell/LinkButton.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { Page } from '../shell/Page.tsx';
import { Waiting } from '../shell/Waiting.tsx';
import { amountText, daysText, leftText, projectDay } from './sprint-days.ts';
import { ProjectSprintsDocument } from './sprints.generated.ts';

/** The sprints of a project: what runs, what is planned, what ended. */
export function SprintsPage() {
  const { projectKey = '' } = useParams({ strict: false });
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const { data, error, refetch } = useQuery(ProjectSprintsDocument, { variables: { key: projectKey }, fetchPolicy: 'cache-and-network' });
  const project = data?.project;
  if (data && !project) return <NotFoundPage />;
  const amount = (tickets: number, points: number): string => amountText(t, format, tickets, points);
  return (
    <Page title={t('list.title')}>
      {!project && <Waiting error={error} onRetry={refetch} height={200} />}
      {project && project.sprints.length === 0 && (
        <EmptyState
          icon={<IconRun />}
          title={t('list.empty')}
          text={t('list.emptyText')}
          action={
            <LinkButton variant="default" to="/projects/$projectKey/backlog" params={{ projectKey }}>
              {t('list.toBacklog')}
            </LinkButton>
          }
        />
      )}
      {project && project.sprints.length > 0 && (
        <Table
          caption={t('list.title')}
          list
          minWidth={720}
          head={
            <>
              <th scope="col">{t('list.name')}</th>
              <th scope="col">{t('list.state')}</th>
              <th scope="col">{t('list.days')}</th>
              <th scope="col" data-numeric>
                {t('list.committed')}
              </th>
              <th scope="col" data-numeric>
                {t('list.done')}
              </th>
            </>
          }
        >
          {project.sprints.map((sprint) => (
            <tr key={sprint.id} role="row">
              <th role="rowheader" scope="row">
                <Link to="/projects/$projectKey/sprints/$sprintId" params={{ projectKey, sprintId: sprint.id }}>
                  {sprint.name}
                </Link>
              </th>
              <td role="cell" data-head={t('list.state')}>
                {t(`state.${sprint.state}`)}
                {sprint.state === 'RUNNING' && `, ${leftText(t, sprint, projectDay(project.timeZone))}`}
              </td>
              <td role="cell" data-head={t('list.days')}>
                {daysText(t, format, sprint)}
              </td>
              <td role="cell" data-head={t('list.committed')} data-numeric>
                {sprint.state === 'PLANNED' ? '' : amount(sprint.totals.committed, sprint.totals.committedPoints)}
              </td>
              <td role="cell" data-head={t('list.done')} data-numeric>
                {sprint.state === 'PLANNED' ? '' : amount(sprint.totals.done, sprint.totals.donePoints)}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Page>
  );
}
