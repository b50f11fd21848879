import { useQuery } from '@apollo/client/react';
import { Menu } from '@mantine/core';
import { IconCheck, IconRun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { TicketSprintDocument } from '../../ticket/ticket.generated.ts';
import { useOpenSprints, usePlanTicket } from '../../ticket/usePlanTicket.ts';

export interface SprintMenuProps {
  ticketId: string;
  ticketKey: string;
  projectId: string;
  onClose: () => void;
}

/** Puts a card into a sprint of its project, or into none; there is nothing to choose where that has none. */
export function SprintMenu({ ticketId, ticketKey, projectId, onClose }: SprintMenuProps) {
  const { t } = useTranslation('ticket');
  const sprints = useOpenSprints(projectId);
  const plan = usePlanTicket();
  const { data } = useQuery(TicketSprintDocument, { variables: { id: ticketId }, fetchPolicy: 'cache-and-network' });
  const sprintId = data?.ticket?.sprintId ?? null;
  if (sprints.length === 0) return null;
  const put = (sprint: { id: string; name: string } | null) => (): void => {
    onClose();
    void plan({ id: ticketId, key: ticketKey, sprintId }, sprint);
  };
  return (
    <Menu.Sub position="right-start">
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconRun size={15} />}>{t('list.field.sprint')}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {sprints.map((sprint) => (
          <Menu.Item key={sprint.id} disabled={!data} rightSection={sprint.id === sprintId && <IconCheck size={14} aria-hidden="true" />} onClick={put(sprint)}>
            {sprint.name}
          </Menu.Item>
        ))}
        <Menu.Item disabled={!data} onClick={put(null)}>
          {t('sprint.none')}
        </Menu.Item>
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}
