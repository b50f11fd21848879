import { useMutation } from '@apollo/client/react';
import { MultiSelect } from '@mantine/core';
import { LABEL_COLORS } from '@trainyard/domain';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LabelDot } from './LabelDot.tsx';
import classes from './LabelField.module.css';
import { CreateTicketLabelDocument } from './ticket.generated.ts';

export interface LabelFieldProps {
  projectId: string;
  labels: readonly { id: string; name: string; color: string }[];
  value: readonly string[];
  label: string;
  disabled?: boolean;
  autoOpen?: boolean;
  onChange: (labelIds: string[]) => void;
  onFailed: (error: unknown) => void;
  /** A new label: it is put on the ticket once the project's labels hold it. */
  onCreated: () => Promise<unknown>;
}
/** Value of the choice that makes the label being typed. */
const CREATE = 'create';

/** Chooses labels; a name that is not there yet can be made on the spot. */
export function LabelField({ projectId, labels, value, label, disabled, autoOpen, onChange, onFailed, onCreated }: LabelFieldProps) {
  const { t } = useTranslation('board');
  const [typed, setTyped] = useState('');
  const [create, { loading }] = useMutation(CreateTicketLabelDocument);
  const name = typed.trim();
  const isNew = name !== '' && labels.every((one) => one.name.toLowerCase() !== name.toLowerCase());
  const data = [...labels.map((one) => ({ value: one.id, label: one.name })), ...(isNew ? [{ value: CREATE, label: t('labels.create', { name }) }] : [])];
  const colorOf = new Map(labels.map((one) => [one.id, one.color]));

  const choose = async (ids: string[]): Promise<void> => {
    const chosen = ids.filter((id) => id !== CREATE);
    if (!ids.includes(CREATE)) return onChange(chosen);
    setTyped('');
    // colours take turns: neighbours in the list differ
    const color = LABEL_COLORS[(labels.length % (LABEL_COLORS.length - 1)) + 1] ?? 'GRAY';
    try {
      const made = await create({ variables: { projectId, name, color } });
      if (!made.data) return;
      await onCreated();
      onChange([...chosen, made.data.createLabel.id]);
    } catch (error) {
      onFailed(error);
    }
  };

  return (
    <MultiSelect
      aria-label={label}
      data={data}
      // one that was deleted meanwhile has no name to show
      value={value.filter((id) => colorOf.has(id))}
      onChange={(ids) => void choose(ids)}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options, search }) => options.filter((option) => 'value' in option && (option.value === CREATE || option.label.toLowerCase().includes(search.trim().toLowerCase())))}
      placeholder={value.length === 0 ? t('labels.none') : undefined}
      nothingFoundMessage={t('labels.empty')}
      disabled={disabled || loading}
      hidePickedOptions
      autoFocus={autoOpen}
      defaultDropdownOpened={autoOpen}
      comboboxProps={{ withinPortal: true }}
      renderOption={({ option }) => (
        <span className={classes.option}>
          {option.value !== CREATE && <LabelDot color={colorOf.get(option.value)} />}
          {option.label}
        </span>
      )}
    />
  );
}
