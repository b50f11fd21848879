import { Button, Popover, TextInput } from '@mantine/core';
import { IconColumns3, IconRotate } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { columnId, type ChosenColumns } from './chosen-columns.ts';
import classes from './ColumnsMenu.module.css';
import type { Column } from './DataTable.tsx';

/** From so many on they are looked for by name. */
const SEARCHED = 12;

export interface ColumnsMenuProps<Row> {
  /** All there are, the first and those of buttons aside: these stay. */
  all: readonly Column<Row>[];
  chosen: ChosenColumns<Row>;
  /** It is about to be looked at. */
  onOpen?: () => void;
}

/** Chooses the columns of a list. */
export function ColumnsMenu<Row>({ all, chosen, onOpen }: ColumnsMenuProps<Row>) {
  const { t } = useTranslation('lists');
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState('');
  const offered = all.filter((column, i) => i > 0 && !column.isActions);
  const found = offered.filter(({ head }) => head.toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase()));
  const groups = [...new Set(found.map(({ group }) => group ?? ''))];
  const open = (next: boolean): void => {
    setOpened(next);
    setTyped('');
    if (next) onOpen?.();
  };
  return (
    <Popover opened={opened} onChange={open} position="bottom-end" width={280} trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconColumns3 size={14} aria-hidden="true" />}
          onClick={() => open(!opened)}
          aria-expanded={opened}
        >
          {t('columns.choose')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.root}>
        {offered.length >= SEARCHED && (
          <TextInput
            size="xs"
            placeholder={t('columns.search')}
            aria-label={t('columns.search')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            data-autofocus
          />
        )}
        <div className={classes.list}>
          {groups.map((group) => (
            <fieldset key={group} className={classes.group}>
              {group !== '' && <legend>{group}</legend>}
              {found
                .filter((column) => (column.group ?? '') === group)
                .map((column) => {
                  const id = columnId(column);
                  return (
                    <label key={id} className={classes.column}>
                      <input type="checkbox" checked={chosen.isShown(id)} onChange={() => chosen.toggle(id)} />
                      {column.head}
                    </label>
                  );
                })}
            </fieldset>
          ))}
          {found.length === 0 && <p className={classes.none}>{t('columns.none')}</p>}
        </div>
        {chosen.reset && (
          <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconRotate size={14} aria-hidden="true" />} onClick={chosen.reset}>
            {t('columns.reset')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
