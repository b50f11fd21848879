import { useMutation } from '@apollo/client/react';
import { ActionIcon, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import { isComposing } from '../shell/keys.ts';
import { ColorMenu } from './ColorMenu.tsx';
import bare from './ColumnRow.module.css';
import classes from './ProjectLabels.module.css';
import { ChangeLabelDocument, ProjectSettingsDocument, type SettingsLabelFragment, type UpdateLabelInput } from './projectSettings.generated.ts';

/** A label as a row that is edited in place. A name that is refused stays, with the reason. */
export function LabelRow({ label, onDelete }: { label: SettingsLabelFragment; onDelete: () => void }) {
  const { t } = useTranslation('project');
  const format = useFormat();
  const errorMessage = useErrorMessage();
  const [typed, setTyped] = useState<string | null>(null);
  const [change, { error, reset }] = useMutation(ChangeLabelDocument, { errorPolicy: 'all', refetchQueries: [ProjectSettingsDocument] });

  const send = async (input: UpdateLabelInput): Promise<boolean> => Boolean((await change({ variables: { id: label.id, version: label.version, input } })).data);
  const restore = (): void => {
    setTyped(null);
    reset();
  };
  const sendName = async (): Promise<void> => {
    const name = (typed ?? '').trim();
    if (name === '' || name === label.name) restore();
    else if (await send({ name })) setTyped(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (isComposing(event.nativeEvent)) return;
    // leaving the field sends the name, and so only once
    if (event.key === 'Enter') event.currentTarget.blur();
    else if (event.key === 'Escape') restore();
  };

  return (
    <tr>
      <td>
        <div className={classes.label}>
          <ColorMenu value={label.color} label={t('label.colorOf', { name: label.name })} onChange={(color) => void send({ color })} />
          <TextInput
            variant="unstyled"
            className={`${bare.bare} ${classes.name}`}
            aria-label={t('label.nameOf', { name: label.name })}
            value={typed ?? label.name}
            error={error && errorMessage(error)}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onBlur={() => void sendName()}
            onKeyDown={onKeyDown}
          />
        </div>
      </td>
      <td data-numeric>{format.number(label.ticketCount)}</td>
      <td data-actions>
        <ActionIcon variant="subtle" color="gray" onClick={onDelete} aria-label={t('label.deleteTitle', { name: label.name })}>
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      </td>
    </tr>
  );
}
