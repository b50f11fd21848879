import { useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { ReportTicketsDocument } from './flow.generated.ts';
import { useReport } from './report-context.ts';

/** What tickets are called, by their ids: key and title, once they are known. */
export function useTicketNames(ids: readonly string[]): (id: string) => string {
  const { t } = useTranslation('flow');
  const { project } = useReport();
  const { data } = useQuery(ReportTicketsDocument, { variables: { projectId: project.id, ids: [...ids] }, skip: ids.length === 0 });
  const known = new Map(data?.reportTickets.map(({ id, key, title }) => [id, `${key} ${title}`]));
  return (id) => known.get(id) ?? (data ? t('drill.gone') : '…');
}
