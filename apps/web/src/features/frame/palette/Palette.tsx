import { Modal, Skeleton, VisuallyHidden } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { typedIn } from '@trainyard/domain';
import { Delayed } from '@trainyard/ui';
import { useParams } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../shell/error/ErrorNotice.tsx';
import type { Command, Entry, ThingLines } from '../../shell/palette-part.ts';
import { fittingLines, lineOf, unasked, type Lines } from './lines.ts';
import classes from './Palette.module.css';
import { PaletteRow } from './PaletteRow.tsx';
import { useFound, useRecent } from './useFound.ts';

export interface PaletteProps {
  /** What rooms and frame give: the same hooks for as long as the palette is there. */
  useCommands: () => readonly Command[];
  useThings: () => ThingLines;
  opened: boolean;
  onClose: () => void;
}

const RECENT = 6;
/** Rows that one press of Page Up or Page Down goes over. */
const PAGE = 8;

/** Go anywhere and do the common things by typing a few letters. */
export function Palette({ opened, onClose, ...sources }: PaletteProps) {
  const { t } = useTranslation('shell');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      returnFocus={false}
      size={640}
      padding={0}
      yOffset="10dvh"
      zIndex={1000}
      transitionProps={{ duration: 80 }}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      attributes={{ content: { 'aria-label': t('palette.label') } }}
    >
      <Content {...sources} onClose={onClose} />
    </Modal>
  );
}

function Content({ useCommands, useThings, onClose }: Omit<PaletteProps, 'opened'>) {
  const { t } = useTranslation('shell');
  const listId = useId();
  const [text, setText] = useState('');
  // letters of a word that is being composed are none of its own
  const [composedFrom, setComposedFrom] = useState<string | null>(null);
  const asked = composedFrom ?? text;
  const typed = useMemo(() => typedIn(asked), [asked]);
  const commands = useCommands();
  const lines = useThings();
  const projectKey = useProjectKey();
  const found = useFound(typed, projectKey);
  const recent = useRecent(RECENT);
  const { things, isAnswer, searching } = found;

  const groups = useMemo((): Lines[] => {
    if (typed.text !== '') {
      const entries = fittingLines(typed, things, isAnswer, lines, commands).map(({ entry }) => entry);
      return entries.length > 0 ? [{ group: null, entries }] : [];
    }
    return unasked(
      recent.things.flatMap((thing) => lineOf(thing, lines)),
      recent.awaited,
      commands,
    );
  }, [typed, things, isAnswer, lines, commands, recent.things, recent.awaited]);
  const entries = useMemo(() => groups.flatMap((group) => group.entries), [groups]);
  const isOpen = typed.text === '' ? recent.awaited > 0 : searching;

  // The first line is active until somebody goes on from it.
  const [gone, setGone] = useState<{ text: string; id: string } | null>(null);
  const chosen = gone?.text === text ? entries.findIndex(({ id }) => id === gone.id) : -1;
  const active = Math.max(0, chosen);
  const go = (to: number): void => {
    const entry = entries[Math.min(Math.max(to, 0), entries.length - 1)];
    if (entry) setGone({ text, id: entry.id });
  };
  const take = (entry: Entry): void => {
    onClose();
    entry.run();
  };

  // Enter that comes before the answer waits for it, unless somebody has gone to a line that is there.
  const awaited = useRef<string | null>(null);
  const takeAwaited = useEffectEvent(() => {
    const isAwaited = awaited.current === text;
    awaited.current = null;
    if (isAwaited && entries[0]) take(entries[0]);
  });
  useEffect(() => {
    if (!isOpen) takeAwaited();
  }, [isOpen, entries]);

  const list = useRef<HTMLDivElement>(null);
  const optionId = (i: number): string => `${listId}-${i}`;
  const activeId = entries[active] ? optionId(active) : undefined;
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [activeId, entries]);

  const KEYS: Readonly<Record<string, () => void>> = {
    ArrowDown: () => go(active === entries.length - 1 ? 0 : active + 1),
    ArrowUp: () => go(active === 0 ? entries.length - 1 : active - 1),
    PageDown: () => go(active + PAGE),
    PageUp: () => go(active - PAGE),
    Enter: () => {
      const entry = entries[active];
      if (isOpen && chosen < 0) awaited.current = text;
      else if (entry) take(entry);
    },
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  let row = -1;
  const error = typed.text === '' ? recent.error : found.error;
  return (
    <>
      <div className={classes.field}>
        <IconSearch size={16} aria-hidden="true" />
        <input
          data-autofocus
          role="combobox"
          aria-label={t('palette.label')}
          aria-expanded={entries.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={activeId}
          className={classes.input}
          placeholder={t('palette.placeholder')}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onCompositionStart={() => setComposedFrom(text)}
          onCompositionEnd={() => setComposedFrom(null)}
        />
      </div>
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={t('palette.label')}
        aria-busy={isOpen}
        className={classes.list}
        data-asked={typed.text}
        data-searching={isOpen || undefined}
      >
        {groups.map(({ group, entries: inGroup, awaited: coming = 0 }) => (
          <div key={group ?? ''} role="group" aria-labelledby={group === null ? undefined : `${listId}-${group}`}>
            {group !== null && (
              <p id={`${listId}-${group}`} className={classes.group}>
                {t(`palette.group.${group}`)}
              </p>
            )}
            {Array.from({ length: inGroup.length === 0 ? coming : 0 }, (_, i) => (
              <div key={i} className={classes.row} aria-hidden="true">
                <Delayed>
                  <Skeleton height={12} width={`${70 - 8 * (i % 3)}%`} />
                </Delayed>
              </div>
            ))}
            {inGroup.map((entry) => {
              row += 1;
              const i = row;
              return (
                <PaletteRow
                  key={entry.id}
                  id={optionId(i)}
                  entry={entry}
                  isActive={i === active}
                  onPoint={() => i !== active && go(i)}
                  onTake={() => take(entry)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {typed.text !== '' && entries.length === 0 && !found.error && (
        <p className={classes.none}>{searching ? <Delayed>{t('palette.searching')}</Delayed> : t('palette.nothing', { query: text.trim() })}</p>
      )}
      {error !== undefined && (
        <div className={classes.error}>
          <ErrorNotice error={error} onRetry={typed.text === '' ? recent.retry : found.retry} />
        </div>
      )}
      <VisuallyHidden role="status">{typed.text !== '' && !searching ? t('palette.count', { count: entries.length }) : ''}</VisuallyHidden>
    </>
  );
}

/** The project that somebody is in. */
function useProjectKey(): string | null {
  const { projectKey, ticketKey } = useParams({ strict: false });
  return projectKey ?? ticketKey?.slice(0, ticketKey.lastIndexOf('-')) ?? null;
}
