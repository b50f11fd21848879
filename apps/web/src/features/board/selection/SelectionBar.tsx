import { CloseButton } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { can, TICKETS_AT_ONCE } from '@trainyard/domain';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../../access/project-scope.ts';
import { useActor } from '../../access/useActor.ts';
import { ManyFields } from '../../ticket/many/ManyFields.tsx';
import { ManyPart } from '../../ticket/many/ManyPart.tsx';
import type { ManyWish } from '../../ticket/many/ticket-changes.ts';
import { useBoardParts, type ManyQuickField } from '../board-context.ts';
import type { BoardFrameFragment } from '../board.generated.ts';
import { ColumnChoice } from './ColumnChoice.tsx';
import classes from './SelectionBar.module.css';

export interface SelectionBarProps {
  frame: BoardFrameFragment;
  /** What a key has opened. */
  field: ManyQuickField | null;
  onField: (field: ManyQuickField | null) => void;
  onWish: (wish: ManyWish) => Promise<void>;
}

/** What can be done with the chosen cards, all at once. */
export function SelectionBar({ frame, field, onField, onWish }: SelectionBarProps) {
  const { t } = useTranslation(['board', 'ticket']);
  const { selection, changes } = useBoardParts();
  const ids = useSyncExternalStore(selection.subscribe, selection.ids);
  const actor = useActor();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (ids.length === 0) onField(null);
  }, [ids, onField]);
  if (ids.length === 0) return null;
  const { project, columns } = frame;

  const wish = async (wanted: ManyWish): Promise<void> => {
    onField(null);
    setBusy(true);
    await onWish(wanted).finally(() => setBusy(false));
  };
  return (
    <div role="toolbar" aria-label={t('many.label')} className={classes.bar}>
      <span className={classes.count} role="status">
        {t(ids.length < TICKETS_AT_ONCE ? 'many.chosen' : 'many.chosenMost', { count: ids.length })}
      </span>
      <ManyPart
        icon={<IconColumns3 size={15} aria-hidden="true" />}
        label={t('many.move')}
        keys="S"
        disabled={busy}
        isOpen={field === 'COLUMN'}
        onOpen={(isOpen) => onField(isOpen ? 'COLUMN' : null)}
      >
        <ColumnChoice columns={columns} value={null} onChange={(columnId) => void wish({ kind: 'MOVE', columnId })} />
      </ManyPart>
      <ManyFields
        projectId={project.id}
        labels={project.labels}
        count={ids.length}
        withLabel={(labelId) => changes.withLabel(ids, labelId)}
        field={field}
        onField={onField}
        busy={busy}
        mayDelete={can(actor, 'ticket.delete', scopeOf(project))}
        hasKeys
        onWish={(wanted) => void wish(wanted)}
      />
      <CloseButton size="sm" aria-label={t('many.clear')} title={`${t('many.clear')} (Esc)`} onClick={() => selection.clear()} />
    </div>
  );
}
