import { useMutation } from '@apollo/client/react';
import { MultiSelect, Pill } from '@mantine/core';
import { LABEL_COLORS, normalForm } from '@trainyard/domain';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bothChanges, changedLabels, labelChange, type LabelChange } from './label-change.ts';
import { LabelDot } from '../project/LabelDot.tsx';
import classes from './LabelField.module.css';
import { CreateTicketLabelDocument } from './ticket.generated.ts';

export interface LabelFieldProps {
  projectId: string;
  labels: readonly { id: string; name: string; color: string }[];
  value: readonly string[];
  label: string;
  disabled?: boolean;
  autoOpen?: boolean;
  /** Saves what was done to the labels. Said again only once that is done. */
  onChange: (change: LabelChange) => Promise<unknown>;
  onFailed: (error: unknown) => void;
  /** A new label: it is put on the ticket once the project's labels hold it. */
  onCreated: () => Promise<unknown>;
}
/** Value of the choice that makes the label being typed. */
const CREATE = 'create';

/** Chooses labels; a name that is not there yet can be made on the spot. */
export function LabelField({ projectId, labels, value, label, disabled, autoOpen, onChange, onFailed, onCreated }: LabelFieldProps) {
  const { t } = useTranslation('ticket');
  const [typed, setTyped] = useState('');
  /** What was chosen and is not saved yet. */
  const [chosen, setChosen] = useState<LabelChange | null>(null);
  const next = useRef<LabelChange | null>(null);
  const [create] = useMutation(CreateTicketLabelDocument);
  const name = typed.trim();
  const isNew = name !== '' && labels.every((one) => normalForm(one.name) !== normalForm(name));
  const data = [...labels.map((one) => ({ value: one.id, label: one.name })), ...(isNew ? [{ value: CREATE, label: t('labels.create', { name }) }] : [])];
  const colorOf = new Map(labels.map((one) => [one.id, one.color]));
  // one that was deleted meanwhile has no name to show
  const shown = (chosen ? changedLabels(value, chosen) : value).filter((id) => colorOf.has(id));
  const latest = useRef({ value, shown, onChange });
  useEffect(() => {
    latest.current = { value, shown, onChange };
  });

  // Whoever chooses on while a choice is saved loses neither: the newest is saved next.
  const save = async (ids: string[]): Promise<void> => {
    const saving = next.current !== null;
    const { value: before, shown: seen } = latest.current;
    const change = labelChange([...seen, ...before.filter((id) => !colorOf.has(id))], ids);
    next.current = next.current ? bothChanges(next.current, change) : change;
    latest.current.shown = ids;
    setChosen(next.current);
    if (saving) return;
    let sent: LabelChange;
    do {
      sent = next.current;
      await latest.current.onChange(sent);
    } while (sent !== next.current);
    next.current = null;
    setChosen(null);
  };
  const choose = async (ids: string[]): Promise<void> => {
    if (!ids.includes(CREATE)) return save(ids);
    setTyped('');
    // colours take turns: neighbours in the list differ
    const color = LABEL_COLORS[(labels.length % (LABEL_COLORS.length - 1)) + 1] ?? 'GRAY';
    try {
      const made = await create({ variables: { projectId, name, color } });
      if (!made.data) return;
      await onCreated();
      await save([...latest.current.shown, made.data.createLabel.id]);
    } catch (error) {
      setTyped(name);
      onFailed(error);
    }
  };

  return (
    <MultiSelect
      aria-label={label}
      data={data}
      value={shown}
      onChange={(ids) => void choose(ids)}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options, search }) =>
        bestFirst(
          options.filter((option) => 'value' in option),
          normalForm(search),
        )
      }
      placeholder={shown.length === 0 ? t('labels.none') : undefined}
      nothingFoundMessage={t('labels.empty')}
      disabled={disabled}
      // Enter takes what was searched for
      selectFirstOptionOnChange={name !== ''}
      hidePickedOptions
      autoFocus={autoOpen}
      defaultDropdownOpened={autoOpen}
      comboboxProps={{ withinPortal: true }}
      renderPill={({ option, value: id, onRemove }) => (
        <Pill withRemoveButton={!disabled} disabled={disabled} onRemove={onRemove} classNames={{ label: classes.option }}>
          <LabelDot color={colorOf.get(String(id))} />
          {option?.label}
        </Pill>
      )}
      renderOption={({ option }) => (
        <span className={classes.option}>
          {option.value !== CREATE && <LabelDot color={colorOf.get(option.value)} />}
          {option.label}
        </span>
      )}
    />
  );
}

/** The options that hold what was typed: the one so called, those that begin so, the others; last the one that makes it. */
function bestFirst<Option extends { value: string; label: string }>(options: readonly Option[], typed: string): Option[] {
  const place = ({ value, label }: Option): number => {
    const name = normalForm(label);
    if (value === CREATE) return 3;
    if (name === typed) return 0;
    if (name.startsWith(typed)) return 1;
    return name.includes(typed) ? 2 : -1;
  };
  return options.filter((option) => place(option) >= 0).toSorted((a, b) => place(a) - place(b));
}
