import { useTranslation } from 'react-i18next';
import { Section } from '../shell/Page.tsx';
import type { SprintAnswer } from './burn-chart.ts';
import { useReport } from './report-context.ts';
import { measureOf } from './report-search.ts';
import { TicketTable } from './TicketTable.tsx';
import { useZoneMoment } from './useZoneMoment.ts';
import { useAmountText } from './useAmountText.ts';

/** Each change of the scope, the last one first: when, which ticket, and by how much. */
export function ScopeChanges({ answer: { steps, timeZone } }: { answer: SprintAnswer }) {
  const { t } = useTranslation('flow');
  const amountText = useAmountText();
  const { search } = useReport();
  const moment = useZoneMoment(timeZone);
  const measure = measureOf(search);
  if (steps.length === 0) return null;
  return (
    <Section title={t('changes.title')} lead={t('changes.lead')}>
      <TicketTable
        caption={t('changes.title')}
        columns={[t('changes.at'), t('changes.kind'), t('changes.by')]}
        lines={steps.toReversed().map(({ at, ticketId, kind, delta }, i) => ({
          key: `${at} ${ticketId} ${i}`,
          ticketId,
          cells: [
            moment(at).replace(/ \([^)]*\)$/, ''),
            t(delta > 0 && kind === 'CANCELLED' ? 'step.BACK' : `step.${kind}`),
            `${delta > 0 ? '+' : ''}${amountText(measure, delta)}`,
          ],
        }))}
      />
    </Section>
  );
}
