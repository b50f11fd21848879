import { Button, TextInput } from '@mantine/core';
import { RUNNER_NAME_MAX } from '@trainyard/domain';
import { DialogFoot } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { SecretDialog } from '../access/SecretDialog.tsx';
import { DialogForm } from '../shell/form/DialogForm.tsx';
import { requiredText } from '../shell/form/rules.ts';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { CopyText } from '../shell/CopyText.tsx';
import classes from './ConnectRunner.module.css';
import { CreateRunnerCredentialDocument, RunnerCredentialsDocument } from './runner-tokens.generated.ts';

const wanted = z.object({ name: requiredText(RUNNER_NAME_MAX) });

/** Makes a token for one more runner and shows the commands that start it. */
export function ConnectRunnerDialog(state: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('runner');
  const [name, setName] = useState('');
  return (
    <SecretDialog
      {...state}
      size="lg"
      title={t('tokens.connect')}
      madeTitle={t('tokens.connect')}
      form={(onMade) => (
        <MakeToken
          onMade={(secret, given) => {
            setName(given);
            onMade(secret);
          }}
        />
      )}
      made={(secret, onDone) => <Commands secret={secret} name={name} onDone={onDone} />}
    />
  );
}

function MakeToken({ onMade }: { onMade: (secret: string, name: string) => void }) {
  const { t } = useTranslation(['runner', 'access']);
  const form = useMutationForm(CreateRunnerCredentialDocument, {
    schema: wanted,
    values: { name: '' },
    draft: 'runner-token:new',
    refetchQueries: [RunnerCredentialsDocument],
    variables: (values) => values,
    onDone: ({ createRunnerCredential }, { name }) => onMade(createRunnerCredential.secret, name),
  });
  return (
    <DialogForm form={form} submit={t('tokens.make')}>
      <TextInput {...form.field('name')} label={t('access:tokens.name')} placeholder="gpu-01" data-autofocus />
    </DialogForm>
  );
}

/** What to type on the other machine. The values that only its owner knows are left to fill in. */
function Commands({ secret, name, onDone }: { secret: string; name: string; onDone: () => void }) {
  const { t } = useTranslation(['runner', 'access']);
  const start = [
    `TRAINYARD_API_URL=${window.location.origin}`,
    `TRAINYARD_RUNNER_TOKEN=${secret}`,
    // Machines are often called alike: the runner is called as its token is.
    `TRAINYARD_RUNNER_NAME=${quoted(name)}`,
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
        <Button onClick={onDone}>{t('access:tokens.done')}</Button>
      </DialogFoot>
    </div>
  );
}

/** As a shell takes it for one word. */
const quoted = (text: string): string => (/^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
