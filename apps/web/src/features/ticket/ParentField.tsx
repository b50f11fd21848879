import { parentKindsOf, type TicketKind } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { TicketPicker, type TicketPickerProps } from './TicketPicker.tsx';

export interface ParentFieldProps extends Pick<TicketPickerProps, 'value' | 'label' | 'labelled' | 'saving' | 'error' | 'onChange' | 'ref'> {
  projectId: string;
  type: TicketKind;
}

/** Chooses what a ticket is a part of, among those that may hold its kind. */
export function ParentField({ projectId, type, ...field }: ParentFieldProps) {
  const { t } = useTranslation('ticket');
  const kinds = parentKindsOf(type);
  return (
    <TicketPicker
      {...field}
      projectId={projectId}
      conditions={[{ field: 'type', negated: false, values: kinds.map((word) => ({ is: 'WORD', word })) }]}
      clearLabel={t('parent.clear')}
      placeholder={kinds.length === 0 ? t('parent.impossible') : t('parent.none')}
      disabled={kinds.length === 0 && field.value === null}
    />
  );
}
