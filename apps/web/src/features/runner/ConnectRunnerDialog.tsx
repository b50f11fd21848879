import { useMutation } from '@apollo/client/react';
import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { DialogFoot } from '@trainyard/ui';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { requiredText } from '../shell/form/rules.ts';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { CopyText } from '../training/CopyText.tsx';
import classes from './ConnectRunner.module.css';
import { CreateRunnerCredentialDocument, RunnerCredentialsDocument } from './runner-tokens.generated.ts';

const NAME_MAX = 100;
const wanted = z.object({ name: requiredText(NAME_MAX) });

/** Makes a token for one more runner and shows the commands that start it. */
export function ConnectRunnerDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('runner');
  const [secret, setSecret] = useState<string | null>(null);
  const close = (): void => {
    setSecret(null);
    onClose();
  };
  return (
    // once the token shows, a slip of the hand must not close it for ever
    <Modal opened={opened} onClose={close} size="lg" title={t('tokens.connect')} closeOnClickOutside={secret === null} closeOnEscape={secret === null}>
      {secret ? <Commands secret={secret} onDone={close} /> : <MakeToken onMade={setSecret} />}
    </Modal>
  );
}

function MakeToken({ onMade }: { onMade: (secret: string) => void }) {
  const { t } = useTranslation('runner');
  const fieldError = useFieldError();
  const [create, { error, loading }] = useMutation(CreateRunnerCredentialDocument, { refetchQueries: [RunnerCredentialsDocument], errorPolicy: 'all' });
  const { register, handleSubmit, formState } = useForm<z.infer<typeof wanted>>({ resolver: zodResolver(wanted), defaultValues: { name: '' } });
  const submit = handleSubmit(async ({ name }) => {
    const { data } = await create({ variables: { name } });
    if (data) onMade(data.createRunnerCredential.secret);
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <TextInput {...register('name')} label={t('tokens.name')} placeholder="gpu-01" data-autofocus error={fieldError(formState.errors.name)} />
        <DialogFoot notice={<ErrorNotice error={error} />}>
          <Button type="submit" loading={loading}>
            {t('tokens.make')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}

/** What to type on the other machine. The values that only its owner knows are left to fill in. */
function Commands({ secret, onDone }: { secret: string; onDone: () => void }) {
  const { t } = useTranslation('runner');
  const start = [
    `TRAINYARD_API_URL=${window.location.origin}`,
    `TRAINYARD_RUNNER_TOKEN=${secret}`,
    'TRAINYARD_QUEUE_URL=postgresql://USER:PASSWORD@HOST:5432/trainyard',
    'TRAINYARD_RUNNER_DIR=$HOME/trainyard-runner',
    'npm run runner',
  ].join(' ');
  return (
    <div className={classes.steps}>
      <p>{t('tokens.shownOnce')}</p>
      <p>{t('more.machineText')}</p>
      <p className={classes.command}>
        <CopyText text={start} shown={start} label={t('more.copy')} />
      </p>
      <p>{t('more.queueText')}</p>
      <DialogFoot>
        <Button onClick={onDone}>{t('tokens.done')}</Button>
      </DialogFoot>
    </div>
  );
}
