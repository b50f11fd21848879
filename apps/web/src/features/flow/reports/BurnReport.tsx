import { useTranslation } from 'react-i18next';
import { Answered } from '../Answered.tsx';
import { SprintReportDocument } from '../flow.generated.ts';
import { NoSprint } from '../NoSprint.tsx';
import { useReport } from '../report-context.ts';
import { countedOf, measureOf } from '../report-search.ts';
import { chosenSprint } from '../started-sprints.ts';
import { useReportAnswer } from '../useReportAnswer.ts';
import { BurnCard } from '../BurnCard.tsx';
import { ScopeChanges } from '../ScopeChanges.tsx';

/** What was left of a sprint from day to day, or what was done of it: two drawings of the same. */
export function BurnReport() {
  const { project, search } = useReport();
  const sprint = chosenSprint(project.sprints, search.sprint);
  if (!sprint) return <NoSprint />;
  return <BurnOf key={sprint.id} sprint={sprint} />;
}

function BurnOf({ sprint }: { sprint: { id: string; name: string; state: string; closedAt: string | null } }) {
  const { t } = useTranslation('flow');
  const { report, search } = useReport();
  const variables = { id: sprint.id, measure: measureOf(search), counted: countedOf(search), asOf: search.asOf ?? null };
  const answer = useReportAnswer(SprintReportDocument, variables, search.asOf === undefined);
  return (
    <Answered answer={answer}>
      {({ sprintReport }) =>
        sprintReport && (
          <>
            <BurnCard
              sprint={sprint}
              answer={sprintReport}
              as={report === 'burnup' ? 'UP' : 'DOWN'}
              title={t(`report.${report === 'burnup' ? 'burnup' : 'burndown'}.of`, { sprint: sprint.name })}
            />
            <ScopeChanges answer={sprintReport} />
          </>
        )
      }
    </Answered>
  );
}
