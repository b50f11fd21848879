import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowSelection } from '../../lists/useRowSelection.ts';
import { useToast } from '../../shell/useToast.ts';
import { ManyFields } from './ManyFields.tsx';
import { TicketChanges, type ManyWish } from './ticket-changes.ts';
import { useTellMany } from './useTellMany.tsx';

const TOAST = 'list-many';

export interface ManyInListProps {
  projectId: string;
  labels: readonly { id: string; name: string; color: string }[];
  mayDelete: boolean;
  selection: RowSelection;
  /** What is shown is read again: a change may have taken rows out of it. */
  onChanged: () => Promise<unknown>;
}

/** What is set of the tickets that were ticked in a list, all at once and back by one press. */
export function ManyInList({ projectId, labels, mayDelete, selection, onChanged }: ManyInListProps) {
  const { t } = useTranslation('ticket');
  const client = useApolloClient();
  const toast = useToast();
  const tell = useTellMany();
  const [changes] = useState(() => new TicketChanges(client));
  const [field, setField] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const ids = [...selection.selected];

  const wish = async (wanted: ManyWish): Promise<void> => {
    setField(null);
    setBusy(true);
    try {
      const { outcome, takeBack } = await changes.do(ids, wanted);
      if (wanted.kind === 'DELETE') selection.clear();
      await onChanged();
      const undo = async (): Promise<void> => {
        try {
          const undone = await takeBack();
          await onChanged();
          if (undone.refused.length > 0) tell(TOAST, t('many.undone', { count: undone.changed.length }), undone, null);
        } catch (error) {
          toast.failed(error);
        }
      };
      tell(TOAST, t(wanted.kind === 'DELETE' ? 'many.deleted' : 'many.changed', { count: outcome.changed.length }), outcome, () => void undo());
    } catch (error) {
      toast.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <ManyFields
      projectId={projectId}
      labels={labels}
      count={ids.length}
      withLabel={(labelId) => changes.withLabel(ids, labelId)}
      field={field}
      onField={setField}
      busy={busy}
      mayDelete={mayDelete}
      onWish={(wanted) => void wish(wanted)}
    />
  );
}
