import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NewSecret } from '../access/NewSecret.tsx';
import { VerifyExample } from './VerifyExample.tsx';

/** The one moment the secret can be read, and what to do with it. */
export function WebhookSecret({ secret, onDone }: { secret: string; onDone: () => void }) {
  const { t } = useTranslation('webhook');
  return (
    <Stack gap="md">
      <VerifyExample />
      <NewSecret secret={secret} text={t('secret.shownOnce')} onDone={onDone} />
    </Stack>
  );
}
