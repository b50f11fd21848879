import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Stack, TextInput } from '@mantine/core';
import { WEBHOOK_ADDRESS_MAX, WEBHOOK_EVENTS, WEBHOOK_NOUNS, webhookAddress, webhookNounOf, type WebhookEvent } from '@trainyard/domain';
import { DialogFoot } from '@trainyard/ui';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import classes from './WebhookForm.module.css';

const wanted = z.object({
  address: z.string().check(
    z.trim(),
    z.maxLength(WEBHOOK_ADDRESS_MAX, 'address'),
    z.refine((text) => webhookAddress(text) !== null, 'address'),
  ),
  events: z.array(z.enum(WEBHOOK_EVENTS)).check(z.minLength(1, 'events')),
});

export interface WebhookFormProps {
  values: { address: string; events: readonly WebhookEvent[] };
  submit: string;
  pending: boolean;
  error: unknown;
  onSubmit: (values: { address: string; events: WebhookEvent[] }) => Promise<void>;
  /** Somebody else was faster: reads theirs. */
  onCatchUp?: () => Promise<void>;
}

/** Where to, and what of. An address may be a secret by itself: no draft of it is kept in the browser. */
export function WebhookForm({ values, submit, pending, error, onSubmit, onCatchUp }: WebhookFormProps) {
  const { t } = useTranslation('webhook');
  const wrong = useId();
  const { register, handleSubmit, formState } = useForm<z.infer<typeof wanted>>({
    resolver: zodResolver(wanted),
    defaultValues: { address: values.address, events: [...values.events] },
  });
  const { errors } = formState;
  return (
    <form onSubmit={(event) => void handleSubmit(onSubmit)(event)} noValidate>
      <Stack gap="sm">
        <TextInput
          {...register('address')}
          type="url"
          label={t('field.address')}
          description={t('field.addressText')}
          placeholder="https://example.org/trainyard"
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          error={errors.address && t('field.addressWrong')}
        />
        <fieldset className={classes.groups} aria-describedby={errors.events && wrong}>
          <legend>{t('field.events')}</legend>
          {WEBHOOK_NOUNS.map((noun) => (
            <fieldset key={noun} className={classes.group}>
              <legend>{t(`noun.${noun}`)}</legend>
              {WEBHOOK_EVENTS.filter((event) => webhookNounOf(event) === noun).map((event) => (
                <label key={event} className={classes.event} title={event}>
                  <input type="checkbox" value={event} {...register('events')} />
                  {t(`event.${event}`)}
                </label>
              ))}
            </fieldset>
          ))}
        </fieldset>
        {errors.events && (
          <p id={wrong} role="alert" className={classes.wrong}>
            {t('field.eventsWrong')}
          </p>
        )}
        <DialogFoot notice={<ErrorNotice error={error} onStale={onCatchUp} />}>
          <Button type="submit" loading={pending}>
            {submit}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
