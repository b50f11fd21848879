import type { GraphqlClient } from './client.ts';

const PART = 'total lines { ticketId amount }';
const FORECAST = 'refusal tickets { p50 p85 p95 } days from to workingDays zeros completed people runTickets runHours isThinnedByAbsence isThinnedByRuns';
const FLOW = `timeZone behind days { day isWorking startsAt endsAt reached done }
  cycleTimes { n skipped cycle { p50 p85 p95 } tickets { ticketId days leadDays activeHours isSkipped reentries } }
  ageing { tickets { ticketId columnId age totalAge olderThan } columns { columnId n ages { p50 } } }
  efficiency { n workHours waitingHours ratio reasons { reason detail hours tickets ticketIds } bottleneck { columnId reason detail hours share } }`;
const SPRINT = `timeZone behind baseline days { day isWorking ideal reaimed burn { at scope remaining done unestimated } } points { at scope remaining done }
  steps { at ticketId kind delta } ${['committed', 'added', 'removed', 'reEstimated', 'cancelled', 'completed', 'carried'].map((part) => `${part} { ${PART} }`).join(' ')}`;
const VELOCITY = 'used spread { mean min max } perDay { mean } sprints { id name committed completed plannedDays workedDays mark isUsed }';
/** All that is kept: of a project, and of a sprint. */
const REPORTS = [
  `projectFlow(projectId: $p, days: 70) { ${FLOW} }`,
  `projectFlow(projectId: $p, days: 20, asOf: $then) { ${FLOW} }`,
  `projectFlow(projectId: $p, days: 20, asOf: $then, known: NOW) { ${FLOW} }`,
  `sprintReport(sprintId: $s) { ${SPRINT} }`,
  `sprintReport(sprintId: $s, measure: COUNT, asOf: $then) { ${SPRINT} }`,
  `projectVelocity(projectId: $p) { ${VELOCITY} }`,
  `projectVelocity(projectId: $p, counted: PARENTS, measure: COUNT, last: 3) { ${VELOCITY} }`,
  `projectForecast(projectId: $p, count: 20, absence: true, runners: 1) { ${FORECAST} }`,
  `projectForecast(projectId: $p, until: $until, asOf: $then) { ${FORECAST} }`,
  'forecastBacktest(projectId: $p) { rows { day until p50 p85 p95 actual } cameTrue { p50 p85 p95 } refused }',
  `projectEpics(projectId: $p, absence: true) { behind forecast { ${FORECAST} } epics { ticketId tickets done points pointsDone unestimated doneIds openIds place forecast } }`,
  `sprintLookBack(sprintId: $s) { from carried { key title deviceHours cpuHours } failedRuns { number ticketKey failureCode deviceHours cpuHours } forecast { ${FORECAST} } came cameOfIt }`,
].map(
  (report) =>
    `query(${['$p: ID!', '$s: ID!', '$then: DateTime!', '$until: String!'].filter((one) => report.includes(one.slice(0, one.indexOf(':')))).join(', ')}) { ${report} }`,
);

/** What a run that goes on took is more each time: whole hours of it are compared. */
const said = (answer: object): string =>
  JSON.stringify(answer, (name, value: unknown) => (/^(device|cpu|run)Hours$/.test(name) && typeof value === 'number' ? Math.round(value) : value));

/** What each report says to somebody, or with which code it is refused. */
export async function told(client: GraphqlClient, asked: Record<string, unknown>): Promise<string[]> {
  const answers: string[] = [];
  for (const report of REPORTS)
    answers.push(said(await client.send(report, Object.fromEntries(Object.entries(asked).filter(([name]) => report.includes(`$${name}`))))));
  return answers;
}

const MEASURED = [
  ['POINTS', 'LEAVES'],
  ['COUNT', 'PARENTS'],
] as const;
interface Picture {
  days: { done: string[] }[];
  ageing: { tickets: { ticketId: string }[] };
}
const pictureOf = async (client: GraphqlClient, p: string, asOf: string | null): Promise<Picture> => {
  const { projectFlow } = await client.ask<{ projectFlow: Picture }>(
    `query($p: ID!, $asOf: DateTime) { projectFlow(projectId: $p, days: 85, asOf: $asOf) { ${FLOW} } }`,
    { p, asOf },
  );
  return { ...projectFlow, ageing: { ...projectFlow.ageing, tickets: projectFlow.ageing.tickets.toSorted((a, b) => (a.ticketId < b.ticketId ? -1 : 1)) } };
};
const velocityOf = async (client: GraphqlClient, p: string): Promise<{ id: string; committed: number; completed: number }[][]> =>
  Promise.all(
    MEASURED.map(async ([measure, counted]) => {
      const { projectVelocity } = await client.ask<{ projectVelocity: { sprints: { id: string; committed: number; completed: number }[] } }>(
        'query($p: ID!, $measure: Measure!, $counted: Counted!) { projectVelocity(projectId: $p, measure: $measure, counted: $counted) { sprints { id committed completed } } }',
        { p, measure, counted },
      );
      return projectVelocity.sprints;
    }),
  );

/** What is read of tables that are kept, and summed there. */
export async function toldInSql(client: GraphqlClient, p: string): Promise<object> {
  const { projectForecast } = await client.ask<{ projectForecast: { completed: number } }>(
    'query($p: ID!) { projectForecast(projectId: $p, count: 1) { completed } }',
    { p },
  );
  return { picture: await pictureOf(client, p, null), velocity: await velocityOf(client, p), completed: projectForecast.completed };
}

/** The same by the rules of the domain, of all that tickets were: a picture of a moment ago, and each sprint replayed. */
export async function toldByRules(client: GraphqlClient, p: string): Promise<object> {
  const picture = await pictureOf(client, p, new Date().toISOString());
  const velocity: object[][] = [];
  for (const [i, sprints] of (await velocityOf(client, p)).entries()) {
    const [measure, counted] = MEASURED[i]!;
    const replayed: object[] = [];
    for (const { id } of sprints) {
      const { sprintReport } = await client.ask<{ sprintReport: { baseline: number; completed: { total: number } } }>(
        'query($id: ID!, $measure: Measure!, $counted: Counted!) { sprintReport(sprintId: $id, measure: $measure, counted: $counted) { baseline completed { total } } }',
        { id, measure, counted },
      );
      replayed.push({ id, committed: sprintReport.baseline, completed: sprintReport.completed.total });
    }
    velocity.push(replayed);
  }
  // Twelve weeks up to yesterday.
  return { picture, velocity, completed: picture.days.slice(0, -1).reduce((sum, { done }) => sum + done.length, 0) };
}
