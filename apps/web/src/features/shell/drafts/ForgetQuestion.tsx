import { ConfirmDialog } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useDraftKeys } from './drafts.ts';

/** Asks whoever signs out with words that are not sent. */
export default function ForgetQuestion({ onAnswer }: { onAnswer: (may: boolean) => void }) {
  const { t } = useTranslation('shell');
  const count = useDraftKeys('').length;
  return (
    <ConfirmDialog
      opened
      title={t('draft.forgetTitle')}
      labels={{ confirm: t('draft.forget'), cancel: t('draft.stay') }}
      onConfirm={() => onAnswer(true)}
      onCancel={() => onAnswer(false)}
    >
      {t('draft.forgetText', { count })}
    </ConfirmDialog>
  );
}
