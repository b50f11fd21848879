import { ActionIcon, Select } from '@mantine/core';
import { COLUMN_CATEGORIES, COLUMN_NAME_MAX, WIP_POLICIES, type ColumnCategory, type WipPolicy } from '@trainyard/domain';
import { IconArrowDown, IconArrowUp, IconListCheck, IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LimitField, isLimit, type TypedLimit } from './LimitField.tsx';
import classes from './ColumnRow.module.css';
import { NameField } from './NameField.tsx';
import type { SettingsColumnFragment } from './project-settings.generated.ts';
import type { UpdateColumnInput } from '../../schema.generated.ts';

export interface ColumnRowProps {
  column: SettingsColumnFragment;
  readOnly: boolean;
  /** Gives the error where the new name is refused. */
  onRename: (name: string) => Promise<unknown>;
  onChange: (input: UpdateColumnInput) => void;
  /** Absent where it already is first, or last. */
  onUp?: () => void;
  onDown?: () => void;
  onDelete: () => void;
  /** Says what it asks of tickets that come into it. */
  onPolicy: () => void;
}

/** One column as a row whose cells are edited in place: a change is sent when the field is left. */
export function ColumnRow({ column, readOnly, onRename, onChange, onUp, onDown, onDelete, onPolicy }: ColumnRowProps) {
  const { t } = useTranslation('project');
  const saved = column.wipLimit ?? '';
  const [limit, setLimit] = useState<TypedLimit>(saved);
  useEffect(() => setLimit(saved), [saved]);

  if (readOnly) {
    return (
      <tr>
        <th scope="row">{column.name}</th>
        <td>{t(`category.${column.category}`)}</td>
        <td>{column.wipLimit ?? t('column.noLimit')}</td>
        <td>{column.wipLimit === null ? '' : t(`policy.${column.wipPolicy}`)}</td>
      </tr>
    );
  }

  const sendLimit = (): void => {
    const next = limit === '' ? null : limit;
    if (isLimit(limit) && next !== column.wipLimit) onChange({ wipLimit: next });
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') event.currentTarget.blur();
    else if (event.key === 'Escape') setLimit(saved);
  };

  return (
    <tr>
      <td className={classes.name}>
        <NameField
          draftKey={`column:${column.id}:name`}
          label={t('column.nameOf', { name: column.name })}
          name={column.name}
          max={COLUMN_NAME_MAX}
          onSave={onRename}
        />
      </td>
      <td>
        <Select
          aria-label={t('column.categoryOf', { name: column.name })}
          w={128}
          allowDeselect={false}
          value={column.category}
          onChange={(value) => value && onChange({ category: value as ColumnCategory })}
          data={COLUMN_CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) }))}
        />
      </td>
      <td>
        <LimitField
          aria-label={t('column.limitOf', { name: column.name })}
          w={88}
          placeholder={t('column.noLimit')}
          value={limit}
          onChange={setLimit}
          onBlur={sendLimit}
          onKeyDown={onKeyDown}
        />
      </td>
      <td>
        <Select
          aria-label={t('column.policyOf', { name: column.name })}
          w={128}
          disabled={column.wipLimit === null}
          allowDeselect={false}
          value={column.wipPolicy}
          onChange={(value) => value && onChange({ wipPolicy: value as WipPolicy })}
          data={WIP_POLICIES.map((value) => ({ value, label: t(`policy.${value}`) }))}
        />
      </td>
      <td data-actions>
        <div className={classes.actions}>
          <ActionIcon variant="subtle" color="gray" disabled={!onUp} onClick={onUp} aria-label={t('column.up', { name: column.name })}>
            <IconArrowUp size={16} stroke={1.6} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" disabled={!onDown} onClick={onDown} aria-label={t('column.down', { name: column.name })}>
            <IconArrowDown size={16} stroke={1.6} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={onPolicy}
            aria-label={t('gate.title', { name: column.name })}
            title={t('gate.title', { name: column.name })}
          >
            <IconListCheck size={16} stroke={1.6} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" onClick={onDelete} aria-label={t('column.deleteTitle', { name: column.name })}>
            <IconTrash size={16} stroke={1.6} />
          </ActionIcon>
        </div>
      </td>
    </tr>
  );
}
