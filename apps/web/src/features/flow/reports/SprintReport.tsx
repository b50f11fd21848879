import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { Section } from '../../shell/Page.tsx';
import { Answered } from '../Answered.tsx';
import { Accounting } from '../Accounting.tsx';
import type { SprintAnswer } from '../burn-chart.ts';
import { SprintReportDocument } from '../flow.generated.ts';
import { NoSprint } from '../NoSprint.tsx';
import { useReport } from '../report-context.ts';
import { countedOf, measureOf } from '../report-search.ts';
import { chosenSprint, isRunningAt } from '../started-sprints.ts';
import { TicketTable } from '../TicketTable.tsx';
import { useReportAnswer } from '../useReportAnswer.ts';
import { useAmountText } from '../useAmountText.ts';

/** What became of a sprint, as an account that adds up. */
export function SprintReport() {
  const { project, search } = useReport();
  const sprint = chosenSprint(project.sprints, search.sprint);
  if (!sprint) return <NoSprint />;
  return <ReportOf key={sprint.id} sprint={sprint} />;
}

const LISTED = ['completed', 'carried', 'added', 'removed', 'reEstimated', 'cancelled'] as const;

function ReportOf({ sprint }: { sprint: { id: string; name: string; closedAt: string | null } }) {
  const { search } = useReport();
  const variables = { id: sprint.id, measure: measureOf(search), counted: countedOf(search), asOf: search.asOf ?? null };
  const answer = useReportAnswer(SprintReportDocument, variables, search.asOf === undefined);
  return (
    <Answered answer={answer}>
      {({ sprintReport }) =>
        sprintReport && (
          <>
            <Accounting answer={sprintReport} sprint={sprint} />
            {LISTED.map(
              (part) =>
                sprintReport[part].lines.length > 0 && (
                  <PartTickets key={part} part={part} answer={sprintReport} isRunning={isRunningAt(sprint, search.asOf)} />
                ),
            )}
          </>
        )
      }
    </Answered>
  );
}

function PartTickets({ part, answer, isRunning }: { part: (typeof LISTED)[number]; answer: SprintAnswer; isRunning: boolean }) {
  const { t } = useTranslation('flow');
  const format = useFormat();
  const amountText = useAmountText();
  const measure = measureOf(useReport().search);
  const { total, lines } = answer[part];
  const tickets = t('drill.count', { count: lines.length });
  const name = t(part === 'carried' && isRunning ? 'account.left' : `account.${part}`);
  return (
    <Section
      title={measure === 'COUNT' ? t('account.ofTickets', { name, tickets }) : t('account.heading', { name, tickets, amount: amountText(measure, total) })}
    >
      <TicketTable
        caption={name}
        columns={[t(`unit.${measure}`)]}
        lines={lines.map(({ ticketId, amount }) => ({ key: ticketId, ticketId, cells: [amount === null ? t('unestimated') : format.number(amount)] }))}
      />
    </Section>
  );
}
