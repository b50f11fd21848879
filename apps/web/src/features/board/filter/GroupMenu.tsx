import { Menu } from '@mantine/core';
import { IconLayoutRows } from '@tabler/icons-react';
import { LANE_FIELDS } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import classes from './BoardFilter.module.css';

export interface GroupMenuProps {
  /** The field that cards are grouped by. */
  group: string | undefined;
  onGroup: (group: string | undefined) => void;
}

/** What the cards are grouped by, in lanes. */
export function GroupMenu({ group, onGroup }: GroupMenuProps) {
  const { t } = useTranslation('board');
  const by = LANE_FIELDS.find((field) => field.toLowerCase() === group);
  const label = by ? t(`lanes.on.${by}`) : t('lanes.by');
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <button type="button" className={classes.group} data-on={by || undefined} aria-label={label} title={label}>
          <IconLayoutRows size={15} stroke={1.7} aria-hidden="true" />
          <span>{label}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('lanes.by')}>
        <Menu.Label>{t('lanes.by')}</Menu.Label>
        <Menu.RadioGroup value={group ?? ''} onChange={(choice) => onGroup(choice === '' ? undefined : choice)}>
          <Menu.RadioItem closeMenuOnClick value="">
            {t('lanes.off')}
          </Menu.RadioItem>
          {LANE_FIELDS.map((field) => (
            <Menu.RadioItem key={field} closeMenuOnClick value={field.toLowerCase()}>
              {t(`lanes.field.${field}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
