import { Button, CloseButton, Menu, Popover } from '@mantine/core';
import { IconAntennaBars5, IconCalendarDue, IconColumns3, IconTag, IconTrash, IconUser } from '@tabler/icons-react';
import { useQuery } from '@apollo/client/react';
import { can, TICKETS_AT_ONCE } from '@trainyard/domain';
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../../access/project-scope.ts';
import { useActor } from '../../access/useActor.ts';
import { LabelDot } from '../../project/LabelDot.tsx';
import { DayField } from '../../ticket/DayField.tsx';
import { PriorityField } from '../../ticket/PriorityField.tsx';
import { PersonField } from '../../ticket/PersonField.tsx';
import { ProjectPeopleDocument } from '../../ticket/ticket.generated.ts';
import { useBoardParts, type QuickField } from '../board-context.ts';
import type { BoardFrameFragment } from '../board.generated.ts';
import { ColumnChoice } from './ColumnChoice.tsx';
import classes from './SelectionBar.module.css';
import type { ManyWish } from './ticket-changes.ts';

export interface SelectionBarProps {
  frame: BoardFrameFragment;
  /** What a key has opened. */
  field: QuickField | null;
  onField: (field: QuickField | null) => void;
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
  const part = (name: QuickField, icon: ReactNode, label: string, keys: string | undefined, content: ReactNode): ReactNode => (
    <Popover opened={field === name} onDismiss={() => onField(null)} position="top" width={248} trapFocus withinPortal>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={icon}
          disabled={busy}
          aria-keyshortcuts={keys}
          title={keys === undefined ? label : `${label} (${keys})`}
          onClick={() => onField(field === name ? null : name)}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={label} onKeyDown={(event) => event.key === 'Escape' && onField(null)}>
        {content}
      </Popover.Dropdown>
    </Popover>
  );
  return (
    <div role="toolbar" aria-label={t('many.label')} className={classes.bar}>
      <span className={classes.count} role="status">
        {t(ids.length < TICKETS_AT_ONCE ? 'many.chosen' : 'many.chosenMost', { count: ids.length })}
      </span>
      {part(
        'COLUMN',
        <IconColumns3 size={15} aria-hidden="true" />,
        t('many.move'),
        'S',
        <ColumnChoice columns={columns} value={null} onChange={(columnId) => void wish({ kind: 'MOVE', columnId })} />,
      )}
      {part(
        'ASSIGNEE',
        <IconUser size={15} aria-hidden="true" />,
        t('many.assign'),
        'A',
        <ManyAssignee projectId={project.id} onChange={(assigneeId) => void wish({ kind: 'ASSIGN', assigneeId })} />,
      )}
      {part(
        'PRIORITY',
        <IconAntennaBars5 size={15} aria-hidden="true" />,
        t('many.priority'),
        'P',
        <PriorityField label={t('many.priority')} value={null} onChange={(priority) => void wish({ kind: 'PRIORITY', priority })} />,
      )}
      {part(
        'DUE',
        <IconCalendarDue size={15} aria-hidden="true" />,
        t('many.due'),
        undefined,
        <ManyDue onChange={(dueDate) => void wish({ kind: 'DUE', dueDate })} />,
      )}
      <Menu opened={field === 'LABELS'} onChange={(opened) => onField(opened ? 'LABELS' : null)} position="top" withinPortal closeOnItemClick={false}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconTag size={15} aria-hidden="true" />}
            disabled={busy}
            aria-keyshortcuts="L"
            title={`${t('many.label')} (L)`}
          >
            {t('many.labels')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown aria-label={t('many.labels')}>
          {project.labels.length === 0 && <Menu.Label>{t('many.noLabels')}</Menu.Label>}
          {project.labels.map((label) => {
            const carrying = changes.withLabel(ids, label.id);
            const all = carrying === ids.length;
            return (
              <Menu.Item
                key={label.id}
                role="menuitemcheckbox"
                aria-checked={all ? true : carrying > 0 ? 'mixed' : false}
                leftSection={<LabelDot color={label.color} />}
                rightSection={carrying > 0 && <span className={classes.carrying}>{t('many.carrying', { count: carrying, total: ids.length })}</span>}
                onClick={() => void wish({ kind: 'LABEL', labelId: label.id, on: !all })}
              >
                {label.name}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
      {can(actor, 'ticket.delete', scopeOf(project)) && (
        <Button
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={15} aria-hidden="true" />}
          loading={busy}
          aria-keyshortcuts="Delete"
          title={`${t('many.delete')} (Del)`}
          onClick={() => void wish({ kind: 'DELETE' })}
        >
          {t('many.delete')}
        </Button>
      )}
      <CloseButton size="sm" aria-label={t('many.clear')} title={`${t('many.clear')} (Esc)`} onClick={() => selection.clear()} />
    </div>
  );
}

/** The day is given by a button: leaving the field must not change cards by the score. */
function ManyDue({ onChange }: { onChange: (day: string | null) => void }) {
  const { t } = useTranslation(['board', 'ticket']);
  const [day, setDay] = useState<string | null>(null);
  return (
    <>
      <DayField autoFocus label={t('ticket:field.due')} value={day} onSave={setDay} />
      <Button mt={6} fullWidth disabled={day === null} onClick={() => onChange(day)}>
        {t('many.setDue')}
      </Button>
      <Button mt={6} fullWidth variant="default" onClick={() => onChange(null)}>
        {t('ticket:day.clear')}
      </Button>
    </>
  );
}

function ManyAssignee({ projectId, onChange }: { projectId: string; onChange: (id: string | null) => void }) {
  const { t } = useTranslation(['board', 'ticket']);
  const { data } = useQuery(ProjectPeopleDocument, { variables: { id: projectId }, fetchPolicy: 'cache-and-network' });
  return (
    <>
      {data?.project && <PersonField autoOpen label={t('ticket:field.assignee')} people={data.project.people} value={null} onChange={onChange} />}
      <Button mt={6} fullWidth variant="default" onClick={() => onChange(null)}>
        {t('many.unassign')}
      </Button>
    </>
  );
}
