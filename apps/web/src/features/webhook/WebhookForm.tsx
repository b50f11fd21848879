import { TextInput } from '@mantine/core';
import { WEBHOOK_ADDRESS_MAX, WEBHOOK_EVENTS, WEBHOOK_NOUNS, webhookAddress, webhookNounOf } from '@trainyard/domain';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { DialogForm } from '../shell/form/DialogForm.tsx';
import type { MutationForm } from '../shell/form/useMutationForm.ts';
import classes from './WebhookForm.module.css';

export const webhookForm = z.object({
  address: z.string().check(
    z.trim(),
    z.maxLength(WEBHOOK_ADDRESS_MAX, 'address'),
    z.refine((text) => webhookAddress(text) !== null, 'address'),
  ),
  events: z.array(z.enum(WEBHOOK_EVENTS)).check(z.minLength(1, 'events')),
});

/** Where to, and what of. An address may be a secret by itself: no draft of it is kept in the browser. */
export function WebhookForm({ form, submit }: { form: MutationForm<z.infer<typeof webhookForm>>; submit: string }) {
  const { t } = useTranslation('webhook');
  const wrong = useId();
  const { errors } = form.formState;
  return (
    <DialogForm form={form} submit={submit}>
      <TextInput
        {...form.register('address')}
        type="url"
        label={t('field.address')}
        description={t('field.addressText')}
        placeholder="https://example.org/trainyard"
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        error={form.refusalOf('address') ?? (errors.address && t('field.addressWrong'))}
      />
      <fieldset className={classes.groups} aria-describedby={errors.events && wrong}>
        <legend>{t('field.events')}</legend>
        {WEBHOOK_NOUNS.map((noun) => (
          <fieldset key={noun} className={classes.group}>
            <legend>{t(`noun.${noun}`)}</legend>
            {WEBHOOK_EVENTS.filter((event) => webhookNounOf(event) === noun).map((event) => (
              <label key={event} className={classes.event} title={event}>
                <input type="checkbox" value={event} {...form.register('events')} />
                {t(`event.${event}`)}
              </label>
            ))}
          </fieldset>
        ))}
      </fieldset>
      {errors.events && (
        <p id={wrong} role="alert" className={classes.wrong}>
          {form.refusalOf('events') ?? t('field.eventsWrong')}
        </p>
      )}
    </DialogForm>
  );
}
