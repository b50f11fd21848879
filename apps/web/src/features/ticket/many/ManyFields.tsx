import { useQuery } from '@apollo/client/react';
import { Button, Menu } from '@mantine/core';
import { IconAntennaBars5, IconCalendarDue, IconCircleHalf2, IconHash, IconTag, IconTrash, IconUser } from '@tabler/icons-react';
import { STANDINGS } from '@trainyard/domain';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LabelDot } from '../../project/LabelDot.tsx';
import { DayField } from '../DayField.tsx';
import { PersonField } from '../PersonField.tsx';
import { PointsField } from '../PointsField.tsx';
import { PriorityField } from '../PriorityField.tsx';
import { ProjectPeopleDocument } from '../ticket.generated.ts';
import { StandingIcon, standingWord } from '../TicketState.tsx';
import classes from './ManyFields.module.css';
import { ManyPart } from './ManyPart.tsx';
import type { ManyWish } from './ticket-changes.ts';

export type ManyField = 'STATE' | 'ASSIGNEE' | 'PRIORITY' | 'POINTS' | 'DUE' | 'LABELS';

export interface ManyFieldsProps {
  projectId: string;
  labels: readonly { id: string; name: string; color: string }[];
  count: number;
  /** How many of them carry a label. */
  withLabel: (labelId: string) => number;
  /** The one that is open. */
  field: string | null;
  onField: (field: ManyField | null) => void;
  busy: boolean;
  mayDelete: boolean;
  /** Without their keys, where a page has none. */
  hasKeys?: boolean;
  onWish: (wish: ManyWish) => void;
}

/** What can be set of many tickets at once. */
export function ManyFields({ projectId, labels, count, withLabel, field, onField, busy, mayDelete, hasKeys = false, onWish }: ManyFieldsProps) {
  const { t } = useTranslation('ticket');
  const keys = (key: string): string | undefined => (hasKeys ? key : undefined);
  const part = (name: ManyField, icon: ReactNode, label: string, key: string | undefined, content: ReactNode): ReactNode => (
    <ManyPart icon={icon} label={label} keys={key} disabled={busy} isOpen={field === name} onOpen={(isOpen) => onField(isOpen ? name : null)}>
      {content}
    </ManyPart>
  );
  return (
    <>
      <Menu opened={field === 'STATE'} onChange={(opened) => onField(opened ? 'STATE' : null)} position="top" withinPortal>
        <Menu.Target>
          <Button variant="subtle" color="gray" leftSection={<IconCircleHalf2 size={15} aria-hidden="true" />} disabled={busy}>
            {t('many.state')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown aria-label={t('many.state')}>
          {STANDINGS.map((standing) => (
            <Menu.Item key={standing} leftSection={<StandingIcon standing={standing} />} onClick={() => onWish({ kind: 'STATE', standing })}>
              {standingWord(t, standing)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {part(
        'ASSIGNEE',
        <IconUser size={15} aria-hidden="true" />,
        t('many.assign'),
        keys('A'),
        <ManyAssignee projectId={projectId} onChange={(assigneeId) => onWish({ kind: 'ASSIGN', assigneeId })} />,
      )}
      {part(
        'PRIORITY',
        <IconAntennaBars5 size={15} aria-hidden="true" />,
        t('many.priority'),
        keys('P'),
        <PriorityField label={t('many.priority')} value={null} onChange={(priority) => onWish({ kind: 'PRIORITY', priority })} />,
      )}
      {part(
        'POINTS',
        <IconHash size={15} aria-hidden="true" />,
        t('many.points'),
        keys('E'),
        <ManyPoints onChange={(points) => onWish({ kind: 'POINTS', points })} />,
      )}
      {part(
        'DUE',
        <IconCalendarDue size={15} aria-hidden="true" />,
        t('many.due'),
        undefined,
        <ManyDue onChange={(dueDate) => onWish({ kind: 'DUE', dueDate })} />,
      )}
      <Menu opened={field === 'LABELS'} onChange={(opened) => onField(opened ? 'LABELS' : null)} position="top" withinPortal closeOnItemClick={false}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconTag size={15} aria-hidden="true" />}
            disabled={busy}
            aria-keyshortcuts={keys('L')}
            title={hasKeys ? `${t('many.labels')} (L)` : t('many.labels')}
          >
            {t('many.labels')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown aria-label={t('many.labels')}>
          {labels.length === 0 && <Menu.Label>{t('many.noLabels')}</Menu.Label>}
          {labels.map((label) => {
            const carrying = withLabel(label.id);
            const all = carrying === count;
            return (
              <Menu.Item
                key={label.id}
                role="menuitemcheckbox"
                aria-checked={all ? true : carrying > 0 ? 'mixed' : false}
                leftSection={<LabelDot color={label.color} />}
                rightSection={carrying > 0 && <span className={classes.carrying}>{t('many.carrying', { count: carrying, total: count })}</span>}
                onClick={() => onWish({ kind: 'LABEL', labelId: label.id, on: !all })}
              >
                {label.name}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
      {mayDelete && (
        <Button
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={15} aria-hidden="true" />}
          loading={busy}
          aria-keyshortcuts={keys('Delete')}
          title={hasKeys ? `${t('many.delete')} (Del)` : t('many.delete')}
          onClick={() => onWish({ kind: 'DELETE' })}
        >
          {t('many.delete')}
        </Button>
      )}
    </>
  );
}

/** Only Enter sets it: leaving the field must not change tickets by the score. */
function ManyPoints({ onChange }: { onChange: (points: number | null) => void }) {
  const { t } = useTranslation('ticket');
  return (
    <>
      <PointsField autoFocus saveOnLeave={false} label={t('field.points')} value={null} onSave={onChange} />
      <Button mt={6} fullWidth variant="default" onClick={() => onChange(null)}>
        {t('many.noPoints')}
      </Button>
    </>
  );
}

/** The day is given by a button: leaving the field must not change cards by the score. */
function ManyDue({ onChange }: { onChange: (day: string | null) => void }) {
  const { t } = useTranslation('ticket');
  const [day, setDay] = useState<string | null>(null);
  return (
    <>
      <DayField autoFocus label={t('field.due')} value={day} onSave={setDay} />
      <Button mt={6} fullWidth disabled={day === null} onClick={() => onChange(day)}>
        {t('many.setDue')}
      </Button>
      <Button mt={6} fullWidth variant="default" onClick={() => onChange(null)}>
        {t('day.clear')}
      </Button>
    </>
  );
}

function ManyAssignee({ projectId, onChange }: { projectId: string; onChange: (id: string | null) => void }) {
  const { t } = useTranslation('ticket');
  const { data } = useQuery(ProjectPeopleDocument, { variables: { id: projectId }, fetchPolicy: 'cache-and-network' });
  return (
    <>
      {data?.project && <PersonField autoOpen label={t('field.assignee')} people={data.project.people} value={null} onChange={onChange} />}
      <Button mt={6} fullWidth variant="default" onClick={() => onChange(null)}>
        {t('many.unassign')}
      </Button>
    </>
  );
}
