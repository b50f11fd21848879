import type { TICKET_STATES } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { timeZone } from '../lists/export-address.ts';
import { Page, Section } from '../shell/Page.tsx';
import { Asked } from './Asked.tsx';
import { HomeRunsDocument, HomeTicketsDocument } from './blocks.generated.ts';
import { FirstOf } from './FirstOf.tsx';
import { RunLines } from './RunLines.tsx';
import { TicketLines } from './TicketLines.tsx';
import { WorkNews } from '../activity/WorkNews.tsx';

const MANY = 25;
/** What is in hand comes before what waits; of what is done, the last week. */
const GROUPS = [
  ['IN_PROGRESS', 'assignee:me state:in_progress sort:place'],
  ['OPEN', 'assignee:me state:open sort:place'],
  ['DONE', 'assignee:me state:done ended:-7d sort:-ended'],
] as const satisfies readonly (readonly [(typeof TICKET_STATES)[number], string])[];
const RUNS = [
  ['going', 'by:me is:going'],
  ['ended', 'by:me is:ended ended:-7d sort:-ended'],
] as const;

/** Everything that is mine: tickets by their state, and runs. */
export function MyWorkPage() {
  const { t } = useTranslation('home');
  return (
    <WorkNews>
      <Page title={t('myWork.title')} lead={t('myWork.lead')}>
        {GROUPS.map(([state, query]) => (
          <Section key={state} title={t(`myWork.${state}`)}>
            <Asked document={HomeTicketsDocument} variables={{ query, timeZone: timeZone(), first: MANY }} lines={3}>
              {({ tickets }) => (
                <div>
                  <FirstOf list="TICKETS" query={query} found={tickets} shown={MANY} empty={t(`myWork.empty.${state}`)}>
                    {(nodes) => <TicketLines tickets={nodes} />}
                  </FirstOf>
                </div>
              )}
            </Asked>
          </Section>
        ))}
        {RUNS.map(([name, query]) => (
          <Section key={name} title={t(`myWork.runs.${name}`)}>
            <Asked document={HomeRunsDocument} variables={{ query, timeZone: timeZone(), first: MANY }} lines={2}>
              {({ runs }) => (
                <div>
                  <FirstOf list="RUNS" query={query} found={runs} shown={MANY} empty={t(`myWork.empty.${name}`)}>
                    {(nodes) => <RunLines runs={nodes} />}
                  </FirstOf>
                </div>
              )}
            </Asked>
          </Section>
        ))}
      </Page>
    </WorkNews>
  );
}
