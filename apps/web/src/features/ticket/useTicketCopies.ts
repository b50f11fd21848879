import { useClipboard } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useToast } from '../shell/useToast.ts';

/** Copies what names a ticket elsewhere. */
export function useTicketCopies(): { link: (key: string) => void; key: (key: string) => void; comment: (key: string, anchor: string) => void } {
  const { t } = useTranslation('ticket');
  const clipboard = useClipboard();
  const toast = useToast();
  const copy = (text: string): void => {
    clipboard.copy(text);
    toast.done(t('copied', { text }));
  };
  const addressOf = (key: string): string => `${location.origin}/tickets/${key}`;
  return { link: (key) => copy(addressOf(key)), key: copy, comment: (key, anchor) => copy(`${addressOf(key)}#${anchor}`) };
}
