import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Palette.module.css';
import type { Entry, PaletteSource } from '../../shell/entry.ts';

export interface PaletteProps {
  /** What rooms and frame answer: the same hook for as long as the palette is there. */
  useAnswers: PaletteSource;
  opened: boolean;
  onClose: () => void;
}

const [store, spotlight] = createSpotlight();
const LIST_ID = 'palette-answers';
const GROUPS = ['tickets', 'boards', 'pages', 'commands'] as const;

/** Go anywhere and do the common things by typing a few letters. */
export function Palette({ useAnswers, opened, onClose }: PaletteProps) {
  const { t } = useTranslation('shell');
  const [query, setQuery] = useState('');
  const { entries, searching } = useAnswers(opened ? query.trim() : '');

  useEffect(() => {
    if (opened) spotlight.open();
    else spotlight.close();
  }, [opened]);

  const groups = useMemo(
    () => GROUPS.map((group) => ({ group, items: entries.filter((entry) => entry.group === group) })).filter(({ items }) => items.length > 0),
    [entries],
  );

  // The first answer is active, so that Enter takes it. Enter that comes before any answer waits for it.
  const awaited = useRef<string | null>(null);
  useEffect(() => {
    activateFirst();
    if (awaited.current !== query) awaited.current = null;
    if (awaited.current === null || searching) return;
    awaited.current = null;
    answers()[0]?.click();
  }, [groups, query, searching]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && searching && groups.length === 0) awaited.current = query;
  };

  return (
    <Spotlight.Root
      store={store}
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
        onKeyDown={onKeyDown}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        classNames={{ input: classes.input }}
      />
      <Spotlight.ActionsList id={LIST_ID}>
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

const answers = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(`#${LIST_ID} [data-action]`)];

/** Spotlight does so when something is typed, and not when answers come later. */
function activateFirst(): void {
  answers().forEach((answer, i) => (i === 0 ? answer.setAttribute('data-selected', 'true') : answer.removeAttribute('data-selected')));
  store.updateState((state) => ({ ...state, selected: 0 }));
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
