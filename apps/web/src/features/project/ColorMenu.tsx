import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { LABEL_COLORS, type LabelColor } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { LabelDot } from './LabelDot.tsx';
import classes from './ColorMenu.module.css';

/** The colour of a label as a button that opens the choice of others. */
export function ColorMenu({ value, label, onChange }: { value: LabelColor; label: string; onChange: (color: LabelColor) => void }) {
  const { t } = useTranslation('project');
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.button} aria-label={`${label}: ${t(`color.${value}`)}`} title={t(`color.${value}`)}>
          <LabelDot color={value} />
          <IconChevronDown size={12} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {LABEL_COLORS.map((color) => (
          <Menu.Item
            key={color}
            leftSection={<LabelDot color={color} />}
            rightSection={color === value && <IconCheck size={14} aria-hidden="true" />}
            aria-current={color === value || undefined}
            onClick={() => {
              if (color !== value) onChange(color);
            }}
          >
            {t(`color.${color}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
