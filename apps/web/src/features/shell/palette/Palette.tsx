import { Spotlight, spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.layer.css';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Palette.module.css';
import { matches, type Entry } from './entry.ts';
import { useEntries } from './useEntries.tsx';
import { useTicketEntries } from './useTicketEntries.tsx';

export interface PaletteProps {
  opened: boolean;
  onClose: () => void;
}

const GROUPS = ['tickets', 'boards', 'pages', 'commands'] as const;

/** Go anywhere and do the common things by typing a few letters. */
export default function Palette({ opened, onClose }: PaletteProps) {
  const { t } = useTranslation('shell');
  const [query, setQuery] = useState('');
  const entries = useEntries();
  const { tickets, searching } = useTicketEntries(opened ? query.trim() : '');

  useEffect(() => {
    if (opened) spotlight.open();
    else spotlight.close();
  }, [opened]);

  const groups = useMemo(() => {
    const all = [...tickets, ...entries.filter((entry) => matches(entry, query))];
    return GROUPS.map((group) => ({ group, items: all.filter((entry) => entry.group === group) })).filter(({ items }) => items.length > 0);
  }, [entries, tickets, query]);

  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      maxHeight={420}
      transitionProps={{ duration: 80 }}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      attributes={{ content: { 'aria-label': t('palette.label') } }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.label')}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        classNames={{ input: classes.input }}
      />
      <Spotlight.ActionsList>
        {groups.map(({ group, items }) => (
          <Spotlight.ActionsGroup key={group} label={t(`palette.group.${group}`)} classNames={{ actionsGroup: classes.group }}>
            {items.map((entry) => (
              <PaletteAction key={entry.id} entry={entry} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && <Spotlight.Empty>{searching ? t('palette.searching') : t('palette.nothing', { query: query.trim() })}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function PaletteAction({ entry }: { entry: Entry }) {
  return (
    <Spotlight.Action onClick={entry.run} className={classes.action}>
      <span className={classes.symbol} aria-hidden="true">
        {entry.icon}
      </span>
      {entry.hint && <span className={classes.hint}>{entry.hint}</span>}
      <span className={classes.label}>{entry.label}</span>
    </Spotlight.Action>
  );
}
