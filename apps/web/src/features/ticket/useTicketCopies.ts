import { useClipboard } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useToast } from '../shell/useToast.ts';

/** Copies what names a ticket elsewhere. */
export function useTicketCopies(): { link: (key: string) => void; key: (key: string) => void } {
  const { t } = useTranslation('ticket');
  const clipboard = useClipboard();
  const toast = useToast();
  const copy = (text: string): void => {
    clipboard.copy(text);
    toast.done(t('copied', { text }));
  };
  return { link: (key) => copy(`${location.origin}/tickets/${key}`), key: copy };
}
