import { Kbd } from '@mantine/core';
import { normalForm } from '@trainyard/domain';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardColumnHead } from '../board-context.ts';
import classes from './ColumnChoice.module.css';

export interface ColumnChoiceProps {
  columns: readonly BoardColumnHead[];
  /** Where the card lies now. */
  value: string | null;
  onChange: (columnId: string) => void;
}

/** Chooses a column by its number, by typing, or by the arrows. Plain elements: a key that is pressed all day opens it. */
export function ColumnChoice({ columns, value, onChange }: ColumnChoiceProps) {
  const { t } = useTranslation('board');
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const [gone, setGone] = useState<number | null>(null);
  const shown = columns.filter(({ name }) => normalForm(name).includes(normalForm(typed)));
  const active = gone ?? (typed === '' ? shown.findIndex(({ id }) => id === value) : 0);
  const activeId = shown[active]?.id;
  useEffect(() => {
    if (activeId !== undefined && gone !== null) list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }, [activeId, gone]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const numbered = typed === '' && /^[1-9]$/.test(event.key) ? columns[Number(event.key) - 1] : undefined;
    if (numbered) onChange(numbered.id);
    else if (event.key === 'Enter' && activeId !== undefined) onChange(activeId);
    else if (event.key === 'ArrowDown') setGone(active >= shown.length - 1 ? 0 : active + 1);
    else if (event.key === 'ArrowUp') setGone(active <= 0 ? shown.length - 1 : active - 1);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        role="combobox"
        aria-label={t('column.choose')}
        aria-expanded
        aria-haspopup="listbox"
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={activeId === undefined ? undefined : `${listId}-${activeId}`}
        className={classes.field}
        placeholder={t('column.choose')}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        data-autofocus
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setGone(null);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={listId} role="listbox" aria-label={t('column.choose')} className={classes.list}>
        {shown.map(({ id, name }, i) => (
          <div
            key={id}
            id={`${listId}-${id}`}
            role="option"
            aria-selected={id === value}
            data-active={i === active || undefined}
            className={classes.option}
            // the field keeps the focus
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChange(id)}
          >
            <span className={classes.name}>{name}</span>
            <Kbd size="xs">{columns.findIndex((column) => column.id === id) + 1}</Kbd>
          </div>
        ))}
      </div>
      {shown.length === 0 && (
        <p className={classes.none} role="status">
          {t('column.none')}
        </p>
      )}
    </>
  );
}
