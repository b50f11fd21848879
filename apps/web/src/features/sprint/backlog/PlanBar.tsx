import { Button, Menu } from '@mantine/core';
import { IconArrowBarToDown, IconArrowBarToUp, IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { SelectionBar } from '../../lists/SelectionBar.tsx';
import type { RowSelection } from '../../lists/useRowSelection.ts';
import { ManyFields } from '../../ticket/many/ManyFields.tsx';
import { pointsInWords } from '../sprint-days.ts';
import type { BacklogLists } from './backlog-lists.ts';
import { sumsOf } from './sums.ts';
import type { BacklogDoing } from './useBacklogMoves.ts';

export interface PlanBarProps {
  projectId: string;
  labels: readonly { id: string; name: string; color: string }[];
  /** Where they can go: null is what is in no sprint; empty: the page is not in sprints. */
  places: readonly { key: string | null; name: string }[];
  mayDelete: boolean;
  selection: RowSelection;
  lists: BacklogLists;
  doing: BacklogDoing;
  /** The bar goes with its keys: they go on at this ticket. */
  onDone: (id: string | undefined) => void;
}

/** What the tickets that were ticked come to, where they go, and what is set of them: all at once, and back by one press. */
export function PlanBar({ projectId, labels, places, mayDelete, selection, lists, doing, onDone }: PlanBarProps) {
  const { t } = useTranslation(['sprint', 'ticket']);
  const format = useFormat();
  const [field, setField] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  /** As they stand when something is done with them. */
  const ordered = (): string[] => lists.inOrder(selection.selected);
  const sums = sumsOf([...selection.selected].flatMap((id) => lists.read(id) ?? []));
  const during = (work: Promise<unknown>): void => {
    setBusy(true);
    void work.finally(() => setBusy(false));
  };
  const done = (id: string | undefined): void => {
    selection.clear();
    onDone(id);
  };
  const move = (section: string | null, name: string): void => {
    const ids = ordered();
    const said = t('backlog.moved', { count: ids.length, to: name });
    during(doing.move(ids, { section, end: 'BOTTOM' }, said).then((isDone) => isDone && done(ids[0])));
  };
  /** In the sections in which they stand. */
  const place = async (end: 'TOP' | 'BOTTOM'): Promise<void> => {
    const ids = ordered();
    for (const [section, those] of Map.groupBy(ids, (id) => lists.sectionOf(id) ?? null)) await doing.move(those, { section, end }, t('backlog.ranked'));
    done(ids[0]);
  };
  return (
    <SelectionBar count={selection.selected.size} onClear={selection.clear}>
      <span>
        {pointsInWords(t, format, sums.points)}
        {sums.unestimated > 0 && ` · ${t('backlog.unestimated', { number: format.number(sums.unestimated) })}`}
        {sums.deviceHours > 0 && ` · ${t('backlog.hours', { hours: format.number(sums.deviceHours) })}`}
      </span>
      {places.length > 0 && (
        <Menu position="top-start">
          <Menu.Target>
            <Button size="compact-sm" variant="default" loading={busy} leftSection={<IconArrowRight size={14} aria-hidden="true" />}>
              {t('backlog.moveTo')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {places.map(({ key, name }) => (
              <Menu.Item key={key ?? ''} onClick={() => move(key, name)}>
                {name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <Button
        size="compact-sm"
        variant="default"
        disabled={busy}
        leftSection={<IconArrowBarToUp size={14} aria-hidden="true" />}
        onClick={() => during(place('TOP'))}
      >
        {t('backlog.toTop')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        disabled={busy}
        leftSection={<IconArrowBarToDown size={14} aria-hidden="true" />}
        onClick={() => during(place('BOTTOM'))}
      >
        {t('backlog.toBottom')}
      </Button>
      <ManyFields
        projectId={projectId}
        labels={labels}
        count={selection.selected.size}
        withLabel={(labelId) => doing.changes.withLabel([...selection.selected], labelId)}
        field={field}
        onField={setField}
        busy={busy}
        mayDelete={mayDelete}
        onWish={(wish) => {
          setField(null);
          during(
            doing
              .change([...selection.selected], wish, (count) => t(wish.kind === 'DELETE' ? 'ticket:many.deleted' : 'ticket:many.changed', { count }))
              .then(() => wish.kind === 'DELETE' && done(undefined)),
          );
        }}
      />
    </SelectionBar>
  );
}
