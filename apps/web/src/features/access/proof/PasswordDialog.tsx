import { useMutation } from '@apollo/client/react';
import { Button, Modal, Stack } from '@mantine/core';
import { PROOF_MINUTES } from '@trainyard/domain';
import { DialogFoot } from '@trainyard/ui';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { describeError } from '../../shell/error/describe-error.ts';
import { Password } from '../../shell/form/Password.tsx';
import { givenPassword } from '../../shell/form/rules.ts';
import { useFieldError } from '../../shell/form/useFieldError.ts';
import { PasswordRefusal } from '../PasswordRefusal.tsx';
import { useViewer } from '../useActor.ts';
import { ProvePasswordDocument } from './proof.generated.ts';

/** Asks whoever is at the browser for the password of the person who signed in. Over whatever is open, which stays as it is. */
export default function PasswordDialog({ onAnswer }: { onAnswer: ((given: boolean) => void) | null }) {
  const { t } = useTranslation('access');
  return (
    <Modal
      opened={onAnswer !== null}
      onClose={() => onAnswer?.(false)}
      title={t('proof.title')}
      size="sm"
      centered
      // password keepers show their list over the page, and the question waits while somebody looks one up
      closeOnClickOutside={false}
    >
      {onAnswer && <ProvePassword onAnswer={onAnswer} />}
    </Modal>
  );
}

const proof = z.object({ password: givenPassword });

function ProvePassword({ onAnswer }: { onAnswer: (given: boolean) => void }) {
  const { t } = useTranslation('access');
  const fieldError = useFieldError();
  const { email } = useViewer().user;
  const [prove, { error, loading }] = useMutation(ProvePasswordDocument, { errorPolicy: 'all' });
  const { register, handleSubmit, formState, setFocus } = useForm({ resolver: zodResolver(proof), defaultValues: { password: '' } });
  const wrong = error !== undefined && describeError(error).code === 'INVALID_CREDENTIALS';

  const submit = handleSubmit(async (variables) => {
    const { data } = await prove({ variables });
    if (data) onAnswer(true);
    else setFocus('password', { shouldSelect: true });
  });

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <p>{t('proof.why', { count: PROOF_MINUTES })}</p>
        {/* tells password keepers whose password this is */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <Password
          {...register('password')}
          label={t('proof.password')}
          description={email}
          autoComplete="current-password"
          data-autofocus
          error={fieldError(formState.errors.password) ?? (wrong ? t('proof.wrong') : undefined)}
        />
        <DialogFoot notice={<PasswordRefusal error={wrong ? undefined : error} />}>
          <Button variant="default" onClick={() => onAnswer(false)}>
            {t('proof.cancel')}
          </Button>
          <Button type="submit" loading={loading}>
            {t('proof.confirm')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
