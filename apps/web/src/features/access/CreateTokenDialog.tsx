import { useMutation } from '@apollo/client/react';
import { Button, Radio, Select, Stack, TextInput } from '@mantine/core';
import { TOKEN_NAME_MAX, can, type TokenScope } from '@trainyard/domain';
import { DialogFoot } from '@trainyard/ui';
import { useRef } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { useFormDraft } from '../shell/drafts/useFormDraft.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { requiredText } from '../shell/form/rules.ts';
import { useFieldError } from '../shell/form/useFieldError.ts';
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
  const fieldError = useFieldError();
  const actor = useActor();
  const [create, { error, loading }] = useMutation(CreateAccessTokenDocument, { refetchQueries: [SettingsDocument], errorPolicy: 'all' });
  const form = useForm<z.infer<typeof wanted>>({
    resolver: zodResolver(wanted),
    defaultValues: { name: '', scope: 'READ', days: 30 },
  });
  const { register, control, handleSubmit, formState } = form;
  // how far a token reaches is chosen anew each time
  const ending = useRef<{ days: number; at: string | null }>(null);
  const draft = useFormDraft('access-token:new', form, { never: ['scope'] });
  const scopes = SCOPES.filter((scope) => scope !== 'ADMIN' || can(actor, 'organisation.manage'));

  const submit = handleSubmit(async ({ name, scope, days }) => {
    // sent again after an answer that was lost, it is the same token
    if (ending.current?.days !== days) ending.current = { days, at: endOf(days)?.toISOString() ?? null };
    const expiresAt = ending.current.at;
    const { data } = await create({ variables: { name, scopes: [scope], expiresAt } });
    if (!data) return;
    draft.sent();
    onCreated(data.createAccessToken.secret);
  });

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <FormDraftNote draft={draft} />
        <TextInput
          {...register('name')}
          label={t('tokens.name')}
          placeholder={t('tokens.namePlaceholder')}
          data-autofocus
          error={fieldError(formState.errors.name)}
        />
        <Controller
          control={control}
          name="scope"
          render={({ field }) => (
            <Radio.Group {...field} label={t('tokens.scopes')}>
              <Stack gap={6} mt={4}>
                {scopes.map((scope) => (
                  <Radio key={scope} value={scope} size="xs" label={t(`scope.${scope}`)} description={t(`scopeText.${scope}`)} />
                ))}
              </Stack>
            </Radio.Group>
          )}
        />
        <Controller
          control={control}
          name="days"
          render={({ field }) => (
            <Select
              label={t('tokens.expires')}
              allowDeselect={false}
              value={String(field.value)}
              onChange={(value) => field.onChange(Number(value))}
              data={LIFETIMES.map((days) => ({ value: String(days), label: days === 0 ? t('tokens.noExpiry') : t('tokens.days', { count: days }) }))}
            />
          )}
        />
        <DialogFoot notice={<ErrorNotice error={error} />}>
          <Button type="submit" loading={loading}>
            {t('tokens.create')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
