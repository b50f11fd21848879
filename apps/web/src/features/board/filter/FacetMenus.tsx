import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { sameValue, TICKET_FIELDS, valuesAsked, type Query, type Value } from '@trainyard/domain';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListWords } from '../../lists/list-words.ts';
import { LabelDot } from '../../project/LabelDot.tsx';
import { PriorityIcon } from '../../ticket/PriorityIcon.tsx';
import { TypeIcon } from '../../ticket/TypeIcon.tsx';
import type { Label } from '../board-context.ts';
import classes from './BoardFilter.module.css';

export interface FacetMenusProps {
  labels: readonly Label[];
  query: Query;
  words: ListWords;
  onToggle: (field: string, value: Value) => void;
  onClear: (field: string) => void;
}

interface Choice {
  value: Value;
  text: string;
  icon?: ReactNode;
}

/** The fields that are asked for most, each by choice. Several values of one: any of them. */
export function FacetMenus({ labels, query, words, onToggle, onClear }: FacetMenusProps) {
  const { t } = useTranslation('lists');
  const wordChoices = (field: 'type' | 'priority' | 'stage' | 'run', icon?: (word: never) => ReactNode): Choice[] =>
    TICKET_FIELDS[field].words.map((word) => ({ value: { is: 'WORD', word }, text: words.word(field, word), icon: icon?.(word as never) }));
  const none: Choice = { value: { is: 'NONE' }, text: t('value.NONE') };
  const facets: Record<string, Choice[]> = {
    type: wordChoices('type', (word) => <TypeIcon type={word} label="" />),
    label: [...labels.map(({ name, color }): Choice => ({ value: { is: 'TEXT', text: name }, text: name, icon: <LabelDot color={color} /> })), none],
    priority: [...wordChoices('priority', (word) => <PriorityIcon priority={word} label="" />), none],
    stage: [...wordChoices('stage'), none],
    run: [...wordChoices('run'), none],
  };
  return (
    <div className={classes.facets}>
      {Object.entries(facets).map(([field, choices]) => (
        <Facet
          key={field}
          name={words.field(field)}
          choices={choices}
          asked={valuesAsked(query, field)}
          onToggle={(value) => onToggle(field, value)}
          onClear={() => onClear(field)}
        />
      ))}
    </div>
  );
}

interface FacetProps {
  name: string;
  choices: readonly Choice[];
  asked: readonly Value[];
  onToggle: (value: Value) => void;
  onClear: () => void;
}

function Facet({ name, choices, asked, onToggle, onClear }: FacetProps) {
  const { t } = useTranslation('board');
  return (
    <Menu position="bottom-start" width={220} closeOnItemClick={false}>
      <Menu.Target>
        <button type="button" className={classes.facet} data-on={asked.length > 0 || undefined}>
          {name}
          {asked.length > 0 && <span className={classes.number}>{asked.length}</span>}
          <IconChevronDown size={12} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes.choices} aria-label={name}>
        {choices.map(({ value, text, icon }) => {
          const isOn = asked.some((one) => sameValue(one, value));
          return (
            <Menu.CheckboxItem key={text} checked={isOn} onChange={() => onToggle(value)}>
              <span className={classes.choice}>
                {icon !== undefined && (
                  <span className={classes.icon} aria-hidden="true">
                    {icon}
                  </span>
                )}
                {text}
              </span>
            </Menu.CheckboxItem>
          );
        })}
        {asked.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Item closeMenuOnClick onClick={onClear}>
              {t('filter.clearField')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
