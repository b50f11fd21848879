import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';

/** Says in the corner for a while what happened, and takes it back once who did it wants that. */
export function offerUndo(id: string, text: string, onUndo: () => unknown, autoClose = 10_000): void {
  const undo = (): void => {
    notifications.hide(id);
    void onUndo();
  };
  notifications.show({ id, message: <UndoNotice text={text} onUndo={undo} />, autoClose, withBorder: true });
}

function UndoNotice({ text, onUndo }: { text: string; onUndo: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <Group justify="space-between" wrap="nowrap">
      <span>{text}</span>
      <Button size="compact-sm" variant="default" onClick={onUndo}>
        {t('undo')}
      </Button>
    </Group>
  );
}
