import { useApolloClient, useMutation } from '@apollo/client/react';
import { ActionIcon } from '@mantine/core';
import { LABEL_NAME_MAX, type LabelColor } from '@trainyard/domain';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useInTurn } from '../shell/useInTurn.ts';
import { useToast } from '../shell/useToast.ts';
import { ColorMenu } from './ColorMenu.tsx';
import { NameField } from './NameField.tsx';
import classes from './ProjectLabels.module.css';
import { ChangeLabelDocument, ProjectSettingsDocument, SettingsLabelFragmentDoc, type SettingsLabelFragment } from './project-settings.generated.ts';
import type { UpdateLabelInput } from '../../schema.generated.ts';

/** A label as a row that is edited in place. */
export function LabelRow({ label, onDelete }: { label: SettingsLabelFragment; onDelete: () => void }) {
  const { t } = useTranslation('project');
  const format = useFormat();
  const toast = useToast();
  const client = useApolloClient();
  const inTurn = useInTurn();
  const [change] = useMutation(ChangeLabelDocument, { errorPolicy: 'all', refetchQueries: [ProjectSettingsDocument] });

  const send = (input: UpdateLabelInput): Promise<unknown> =>
    inTurn(async () => {
      const { id, version } = client.cache.readFragment({ fragment: SettingsLabelFragmentDoc, from: label }) ?? label;
      return (await change({ variables: { id, version, input } })).error;
    });
  const paint = async (color: LabelColor): Promise<void> => {
    const refusal = await send({ color });
    if (refusal) toast.failed(refusal);
  };

  return (
    <tr>
      <td>
        <div className={classes.label}>
          <ColorMenu value={label.color} label={t('label.colorOf', { name: label.name })} onChange={(color) => void paint(color)} />
          <div className={classes.name}>
            <NameField
              draftKey={`label:${label.id}:name`}
              label={t('label.nameOf', { name: label.name })}
              name={label.name}
              max={LABEL_NAME_MAX}
              onSave={(name) => send({ name })}
            />
          </div>
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
