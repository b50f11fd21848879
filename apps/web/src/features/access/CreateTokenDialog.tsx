import { Radio, Select, Stack, TextInput } from '@mantine/core';
import { TOKEN_NAME_MAX, can, type TokenScope } from '@trainyard/domain';
import { useRef } from 'react';
import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { DialogForm } from '../shell/form/DialogForm.tsx';
import { requiredText } from '../shell/form/rules.ts';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { serverNow } from '../../server-clock.ts';
import { NewSecret } from './NewSecret.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { CreateAccessTokenDocument, SettingsDocument } from './settings.generated.ts';
import { useActor } from './useActor.ts';

/** Days until a token ends; 0 for never. */
const LIFETIMES = [30, 90, 365, 0] as const;
const DAY_MS = 86_400_000;
/** A wider scope includes the narrower ones, so one choice says it all. */
const SCOPES = ['READ', 'WRITE', 'ADMIN'] as const satisfies readonly TokenScope[];

const wanted = z.object({ name: requiredText(TOKEN_NAME_MAX), scope: z.enum(SCOPES), days: z.number() });
const endOf = (days: number): Date | null => (days === 0 ? null : new Date(serverNow() + days * DAY_MS));

export function CreateTokenDialog(state: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('access');
  return (
    <SecretDialog
      {...state}
      title={t('tokens.create')}
      madeTitle={t('tokens.createdTitle')}
      form={(onMade) => <CreateToken onCreated={onMade} />}
      made={(secret, onDone) => <NewSecret secret={secret} onDone={onDone} />}
    />
  );
}

function CreateToken({ onCreated }: { onCreated: (secret: string) => void }) {
  const { t } = useTranslation('access');
  const actor = useActor();
  const ending = useRef<{ days: number; at: string | null }>(null);
  const form = useMutationForm(CreateAccessTokenDocument, {
    schema: wanted,
    values: { name: '', scope: 'READ', days: 30 },
    draft: 'access-token:new',
    // how far a token reaches is chosen anew each time
    drafts: { never: ['scope'] },
    refetchQueries: [SettingsDocument],
    at: { scopes: 'scope', expiresAt: 'days' },
    variables: ({ name, scope, days }) => {
      // sent again after an answer that was lost, it is the same token
      if (ending.current?.days !== days) ending.current = { days, at: endOf(days)?.toISOString() ?? null };
      return { name, scopes: [scope], expiresAt: ending.current.at };
    },
    onDone: ({ createAccessToken }) => onCreated(createAccessToken.secret),
  });
  const scopes = SCOPES.filter((scope) => scope !== 'ADMIN' || can(actor, 'organisation.manage'));

  return (
    <DialogForm form={form} submit={t('tokens.create')}>
      <TextInput {...form.field('name')} label={t('tokens.name')} placeholder={t('tokens.namePlaceholder')} data-autofocus />
      <Controller
        control={form.control}
        name="scope"
        render={({ field }) => (
          <Radio.Group {...field} label={t('tokens.scopes')} error={form.errorOf('scope')}>
            <Stack gap={6} mt={4}>
              {scopes.map((scope) => (
                <Radio key={scope} value={scope} size="xs" label={t(`scope.${scope}`)} description={t(`scopeText.${scope}`)} />
              ))}
            </Stack>
          </Radio.Group>
        )}
      />
      <Controller
        control={form.control}
        name="days"
        render={({ field }) => (
          <Select
            label={t('tokens.expires')}
            allowDeselect={false}
            value={String(field.value)}
            onChange={(value) => field.onChange(Number(value))}
            data={LIFETIMES.map((days) => ({ value: String(days), label: days === 0 ? t('tokens.noExpiry') : t('tokens.days', { count: days }) }))}
            error={form.errorOf('days')}
          />
        )}
      />
    </DialogForm>
  );
}
