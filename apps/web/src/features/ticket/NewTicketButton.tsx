import { ActionIcon } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { openNewTicket } from './new-ticket.ts';
import { useWritableProjects } from './useWritableProjects.ts';

/** Makes a ticket from wherever one is, for who may write one somewhere. */
export function NewTicketButton() {
  const { t } = useTranslation('shell');
  if (useWritableProjects().length === 0) return null;
  const label = t('palette.command.newTicket');
  return (
    <ActionIcon variant="filled" size={30} aria-label={label} aria-keyshortcuts="C" title={`${label} (C)`} onClick={openNewTicket}>
      <IconPlus size={16} aria-hidden="true" />
    </ActionIcon>
  );
}
