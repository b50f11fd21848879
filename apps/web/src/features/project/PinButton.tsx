import { useMutation } from '@apollo/client/react';
import { ActionIcon } from '@mantine/core';
import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../shell/useToast.ts';
import { PinProjectDocument } from './project-frame.generated.ts';

/** Keeps a project in the sidebar, or lets it go. */
export function PinButton({ project: { id, isPinned } }: { project: { id: string; isPinned: boolean } }) {
  const { t } = useTranslation('shell');
  const toast = useToast();
  const [pin] = useMutation(PinProjectDocument, { onError: toast.failed });
  const label = t(isPinned ? 'pin.remove' : 'pin.add');
  const change = (): void =>
    void pin({ variables: { id, isPinned: !isPinned }, optimisticResponse: { pinProject: { __typename: 'Project', id, isPinned: !isPinned } } });
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} aria-pressed={isPinned} onClick={change}>
      {isPinned ? <IconStarFilled size={16} aria-hidden="true" /> : <IconStar size={16} aria-hidden="true" />}
    </ActionIcon>
  );
}
